/** Build contexts: the tree a build is given, without what its ignore file leaves out. */
import { utf8Text } from '../base/bytes.ts';
import type { Job } from '../base/job.ts';
import { resolvePath } from '../base/path.ts';
import { readIgnoreFile } from '../dockerfile/ignore/ignore-file.ts';
import { createPatternMatcher, type PatternMatcher } from '../dockerfile/ignore/pattern-matcher.ts';
import { readBody } from '../vfs/body.ts';
import type { Tree, TreeNode } from '../vfs/tree.ts';
import { createUnionView } from '../vfs/union-view.ts';

/**
 * The context as a build sees it. `NAME.dockerignore` counts for the Dockerfile NAME, else `.dockerignore`. Throws
 * `invalid-argument` for a malformed pattern.
 */
export async function loadContext(tree: Tree, dockerfileName: string | undefined, job: Job): Promise<Tree> {
  const text =
    (dockerfileName === undefined ? undefined : await readText(tree, `${dockerfileName}.dockerignore`)) ??
    (await readText(tree, '.dockerignore'));
  if (text === undefined) return tree;
  const matcher = createPatternMatcher(readIgnoreFile(text).map(({ pattern }) => pattern));
  if (matcher.size === 0) return tree;
  const children = await filterChildren(tree.root, '', matcher, job);
  return { ...tree, root: { ...tree.root, children } };
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
