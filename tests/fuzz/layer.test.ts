/** Random tars, hostile ones among them, read as layers and put on each other. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEngineError } from '../../worker/base/errors.ts';
import { resolvePath } from '../../worker/base/path.ts';
import { treeRows } from '../../worker/layer/analyse.ts';
import { decodeLayerIndex, encodeLayerIndex } from '../../worker/vfs/layer-index-codec.ts';
import { applyLayerEntries, EMPTY_TREE } from '../../worker/vfs/merge.ts';
import type { Tree } from '../../worker/vfs/tree.ts';
import { walkTree } from '../../worker/vfs/walk.ts';
import { layerOf, listing, viewOf, type ArchiveEntry } from './layer-fixtures.ts';

const part = fc.constantFrom(
  'a',
  'b',
  'c',
  'a',
  'b',
  '..',
  '.',
  '',
  '.wh.a',
  '.wh.b',
  '.wh..wh..opq',
  '.wh.',
  '.wh..wh.aufs',
);
const name = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/') || '/');
const plainName = fc
  .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join('/'));

const entry: fc.Arbitrary<ArchiveEntry> = fc.oneof(
  fc.record({ path: name, type: fc.constantFrom('file' as const, 'directory' as const, 'fifo' as const) }),
  fc.record({ path: plainName, type: fc.constantFrom('file' as const, 'directory' as const), text: fc.constant('x') }),
  fc.record({ path: name, type: fc.constant('symlink' as const), linkTarget: fc.oneof(name, plainName) }),
  fc.record({ path: name, type: fc.constant('hardlink' as const), linkTarget: fc.oneof(name, plainName) }),
);
const layers = fc.array(fc.array(entry, { maxLength: 12 }), { minLength: 1, maxLength: 4 });

/** Puts on what can be put on; anything else than a refusal of the layer is a failure. */
async function stackOf(archives: readonly (readonly ArchiveEntry[])[]): Promise<Tree> {
  let tree = EMPTY_TREE;
  for (const entries of archives) {
    const below = tree;
    const before = listing(below);
    try {
      const layer = await layerOf(...entries);
      expect(decodeLayerIndex(encodeLayerIndex(layer.index))).toEqual(layer.index);
      tree = applyLayerEntries(below, layer);
    } catch (error) {
      if (!isEngineError(error, 'invalid-document')) throw error;
    }
    expect(listing(below)).toEqual(before);
  }
  return tree;
}

describe('layers, by random tars', () => {
  it('give a tree with clean paths or are refused, and leave the tree below alone', async () => {
    await fc.assert(
      fc.asyncProperty(layers, async (archives) => {
        const tree = await stackOf(archives);
        for (const { path, inode, layer } of walkTree(tree.root)) {
          expect(resolvePath(path)).toBe(path);
          expect(path.split('/')).not.toContain('..');
          expect(layer).toBeLessThanOrEqual(tree.layers.length);
          expect(inode.kind === 'directory').toBe(viewOf(tree).lookup(path, { follow: false })?.kind === 'directory');
        }
      }),
      { numRuns: 150 },
    );
  });

  it('have a history that ends in the merged tree, and a trace whose top is what is seen', async () => {
    await fc.assert(
      fc.asyncProperty(layers, async (archives) => {
        const tree = await stackOf(archives);
        const merged = [...walkTree(tree.root)].slice(1);
        const rows = treeRows(tree);
        const seen = rows.filter(({ deleted }) => !deleted);
        expect(seen.map(({ path, kind, layer }) => [path, kind, layer])).toEqual(
          merged.map(({ path, inode, layer }) => [path, inode.kind, layer]),
        );
        const view = viewOf(tree);
        for (const { path, layer, deleted } of rows) {
          const visible = view.trace(path).find((hit) => hit.says === 'found' && hit.visible);
          expect([path, visible?.layer]).toEqual([path, deleted ? undefined : layer]);
        }
      }),
      { numRuns: 150 },
    );
  });
});
