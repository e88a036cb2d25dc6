/** Random operations on a union view, compared with a file system too simple to be wrong. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8, utf8Text } from '../../worker/base/bytes.ts';
import { resolvePath, type AbsolutePath } from '../../worker/base/path.ts';
import { commitLayer } from '../../worker/layer/write-layer.ts';
import { squash } from '../../worker/layer/squash.ts';
import { indexLayer } from '../../worker/layer/index-layer.ts';
import { treeRows } from '../../worker/layer/analyse.ts';
import { restoreUpper } from '../../worker/layer/restore-upper.ts';
import { bodyOf, readBody } from '../../worker/vfs/body.ts';
import { applyLayerEntries, EMPTY_TREE } from '../../worker/vfs/merge.ts';
import type { Tree } from '../../worker/vfs/tree.ts';
import type { UnionView } from '../../worker/vfs/view.ts';
import { walkTree } from '../../worker/vfs/walk.ts';
import { job, viewOf } from './layer-fixtures.ts';
import { ModelFileSystem, type Operation } from './vfs-model.ts';

const segment = fc.constantFrom('a', 'b', 'c');
const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => resolvePath('/' + parts.join('/')));
const mode = fc.constantFrom(0o755, 0o700, 0o1777);
const target = fc.constantFrom('a', '../b', '/a/b', '..', '../../c/a', 'b/', 'c/../a', '/');

const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constant('write' as const),
      path,
      text: fc.constantFrom('x', 'y', 'zz'),
      mtimeMs: fc.constantFrom(1000, 2000),
    }),
  },
  { weight: 4, arbitrary: fc.record({ op: fc.constant('mkdir' as const), path, mode }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('symlink' as const), path, target }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('link' as const), from: path, path }) },
  {
    weight: 3,
    arbitrary: fc.record({ op: fc.constantFrom('unlink' as const, 'rmdir' as const, 'removeAll' as const), path }),
  },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('rename' as const), from: path, path }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('chmod' as const), path, mode }) },
);
const operations = fc.array(operation, { minLength: 1, maxLength: 30 });
const stack = fc.array(operations, { minLength: 1, maxLength: 4 });

function run(view: UnionView, step: Operation): string {
  try {
    perform(view, step);
    return 'ok';
  } catch (error) {
    const errno = (error as { data?: { errno?: string } }).data?.errno;
    if (errno === undefined) throw error;
    return errno;
  }
}

function perform(view: UnionView, step: Operation): void {
  switch (step.op) {
    case 'write':
      view.writeFile(step.path, bodyOf(utf8(step.text)), { mode: 0o644, uid: 0, gid: 0, mtimeMs: step.mtimeMs });
      break;
    case 'mkdir':
      view.mkdir(step.path, { mode: step.mode, uid: 0, gid: 0 });
      break;
    case 'symlink':
      view.symlink(step.path, step.target, { mode: 0o777, uid: 0, gid: 0, mtimeMs: 1000 });
      break;
    case 'link':
      view.link(step.from, step.path);
      break;
    case 'chmod':
      view.setAttributes(step.path, { mode: step.mode });
      break;
    case 'rename':
      view.rename(step.from, step.path);
      break;
    default:
      view[step.op](step.path);
  }
}

/** A tree in the words of the model. */
async function describeTree(tree: Tree): Promise<string[]> {
  const lines: string[] = [];
  const firstNames = new Map<number, AbsolutePath>();
  for (const { path: at, inode } of walkTree(tree.root)) {
    if (at === '/') continue;
    if (inode.kind === 'symlink') lines.push(`${at} -> ${inode.target}`);
    if (inode.kind === 'directory') lines.push(`${at}/ ${inode.mode.toString(8)}`);
    if (inode.kind !== 'file') continue;
    const group = inode.linkGroup;
    const first = (group === undefined ? undefined : firstNames.get(group)) ?? at;
    if (group !== undefined) firstNames.set(group, first);
    const text = utf8Text(await readBody(inode.body));
    lines.push(`${at} ${inode.mode.toString(8)} ${inode.mtimeMs} ${JSON.stringify(text)} ${first}`);
  }
  return lines;
}

const at = (text: string): AbsolutePath => text as AbsolutePath;

/** Two names of one symbolic link, of which one is renamed to the other in the next layer: in one layer that does nothing. */
const LINKED_LINK: Operation[][] = [
  [
    { op: 'symlink', path: at('/a'), target: 'a' },
    { op: 'link', from: at('/a'), path: at('/b') },
    { op: 'rename', from: at('/b'), path: at('/a') },
  ],
  [{ op: 'rename', from: at('/b'), path: at('/a') }],
];

describe('a union view, by random operations', () => {
  it('does what a plain file system does, fails as it does, and its layers give the same state', async () => {
    await fc.assert(
      fc.asyncProperty(stack, async (layers) => {
        const model = new ModelFileSystem();
        let tree = EMPTY_TREE;
        for (const steps of layers) {
          const below = await describeTree(tree);
          const view = viewOf(tree);
          for (const step of steps) expect([step, run(view, step)]).toEqual([step, model.run(step)]);
          expect(await describeTree(view.freeze())).toEqual(model.describe());
          expect(await describeTree(tree)).toEqual(below);
          const layer = await commitLayer(view, {}, job);
          expect((await indexLayer(layer.tar.stream(), job)).index).toEqual(layer.index);
          tree = applyLayerEntries(tree, layer);
          model.commit();
          expect(await describeTree(tree)).toEqual(model.describe());
        }
        const flat = applyLayerEntries(EMPTY_TREE, await squash(tree, {}, job));
        expect(await describeTree(flat)).toEqual(model.describe());
      }),
      { numRuns: 150, examples: [[LINKED_LINK]] },
    );
  });

  it('counts links, lists rows and restores a saved upper as the tree has them', async () => {
    await fc.assert(
      fc.asyncProperty(operations, operations, async (first, second) => {
        const below = viewOf(EMPTY_TREE);
        for (const step of first) run(below, step);
        const tree = applyLayerEntries(EMPTY_TREE, await commitLayer(below, {}, job));
        const view = viewOf(tree);
        // counts are made when first asked for and kept up from then on: ask before the second half
        for (const { path: at, inode } of walkTree(tree.root)) if (inode.kind === 'file') view.linkCount(at);
        for (const step of second) run(view, step);

        const now = view.freeze();
        const names = new Map<number, number>();
        for (const { inode } of walkTree(now.root)) {
          if (inode.kind === 'file' && inode.linkGroup !== undefined)
            names.set(inode.linkGroup, (names.get(inode.linkGroup) ?? 0) + 1);
        }
        for (const { path: at, inode } of walkTree(now.root)) {
          if (inode.kind !== 'file') continue;
          expect(view.linkCount(at), at).toBe(inode.linkGroup === undefined ? 1 : names.get(inode.linkGroup));
        }

        const seen = treeRows(view).filter(({ deleted }) => !deleted);
        expect(seen.map((row) => row.path)).toEqual([...walkTree(now.root)].slice(1).map((entry) => entry.path));

        const again = viewOf(tree);
        restoreUpper(again, await commitLayer(view, {}, job));
        expect(await describeTree(again.freeze())).toEqual(await describeTree(now));
      }),
      { numRuns: 150 },
    );
  });
});
