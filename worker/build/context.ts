/** Build contexts: the tree a build is given, without what its ignore file leaves out. */
import { utf8Text } from '../base/bytes.ts';
import { asEngineError, EngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import { resolvePath } from '../base/path.ts';
import { readIgnoreFile } from '../dockerfile/ignore/ignore-file.ts';
import { createPatternMatcher, type PatternMatcher } from '../dockerfile/ignore/pattern-matcher.ts';
import { readBody } from '../vfs/body.ts';
import type { Tree, TreeNode } from '../vfs/tree.ts';
import { createUnionView } from '../vfs/union-view.ts';
import type { Operation } from './operation.ts';
import { localContext } from './ops/index.ts';
import { withoutLaterTimes } from './step-time.ts';

/**
 * The operation that gives a context. `NAME.dockerignore` counts for the Dockerfile NAME, else `.dockerignore`. What they leave out is
 * left out when a step first needs the context; a malformed pattern fails it then, in Docker's words.
 */
export async function contextOperation(name: string, tree: Tree, dockerfileName?: string): Promise<Operation> {
  const text =
    (dockerfileName === undefined ? undefined : await readText(tree, `${dockerfileName}.dockerignore`)) ??
    (await readText(tree, '.dockerignore'));
  const patterns = readIgnoreFile(text ?? '').map(({ pattern }) => pattern);
  const dated = withoutLaterTimes(tree);
  return localContext(name, async (job) => {
    const matcher = compile(patterns);
    if (matcher.size === 0) return dated;
    return { ...dated, root: { ...dated.root, children: await filterChildren(dated.root, '', matcher, job) } };
  });
}

function compile(patterns: readonly string[]): PatternMatcher {
  try {
    return createPatternMatcher(patterns);
  } catch (error) {
    const { message } = asEngineError(error);
    throw new EngineError(
      'dockerfile',
      `rpc error: code = Unknown desc = invalid excludepatterns: [${patterns.join(' ')}]: ${message}`,
      { cause: error },
    );
  }
}

async function readText(tree: Tree, path: string): Promise<string | undefined> {
  const inode = createUnionView(tree, { now: () => 0 }).lookup(resolvePath(path));
  return inode?.kind === 'file' ? utf8Text(await readBody(inode.body)) : undefined;
}

/** What is left of a directory's children. One that is left out stays where an exception keeps something below it. */
async function filterChildren(
  directory: TreeNode,
  prefix: string,
  matcher: PatternMatcher,
  job: Job,
): Promise<ReadonlyMap<string, TreeNode>> {
  const kept = new Map<string, TreeNode>();
  for (const [name, node] of directory.children ?? []) {
    const pause = job.budget.checkpoint();
    if (pause) await pause;
    const path = `${prefix}${name}`;
    const ignored = matcher.matches(path);
    if (node.children === undefined) {
      if (!ignored) kept.set(name, node);
      continue;
    }
    if (ignored && !matcher.hasExceptions) continue;
    const children = await filterChildren(node, `${path}/`, matcher, job);
    if (!ignored || children.size > 0) kept.set(name, { ...node, children });
  }
  return kept;
}
