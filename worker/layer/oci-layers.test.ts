/** Cases of containerd, moby and umoci on what a layer means (vectors `oci_layers`; its `notes` say the shapes). */
import { expect, it } from 'vitest';
import {
  directory,
  file,
  job,
  layerOf,
  listing,
  textAt,
  viewOf,
  type ArchiveEntry,
} from '../../tests/fuzz/layer-fixtures.ts';
import { describeVectors } from '../../tests/vectors.ts';
import { streamOf } from '../base/bytes.ts';
import { resolvePath } from '../base/path.ts';
import { gunzip } from '../codec/gzip.ts';
import { digestOf } from '../codec/sha256.ts';
import { applyLayerEntries, EMPTY_TREE } from '../vfs/merge.ts';
import type { Tree } from '../vfs/tree.ts';
import { walkTree } from '../vfs/walk.ts';
import { indexLayer } from './index-layer.ts';

interface VectorEntry {
  readonly type: 'file' | 'dir' | 'symlink' | 'link' | 'fifo';
  readonly path: string;
  readonly text?: string;
  readonly mode?: string;
  readonly target?: string;
}
interface VectorOperation {
  readonly op: 'dir' | 'file';
  readonly path: string;
  readonly text?: string;
  readonly mode?: string;
}

const TYPES = { file: 'file', dir: 'directory', symlink: 'symlink', link: 'hardlink', fifo: 'fifo' } as const;

const archive = (entries: readonly VectorEntry[]): ArchiveEntry[] =>
  entries.map(({ type, path, text = '', mode, target }) => ({
    path,
    type: TYPES[type],
    ...(type === 'file' ? { text } : {}),
    ...(mode === undefined ? {} : { mode: parseInt(mode, 8) }),
    ...(target === undefined ? {} : { linkTarget: target }),
  }));

const put = async (tree: Tree, entries: readonly ArchiveEntry[]): Promise<Tree> =>
  applyLayerEntries(tree, await layerOf(...entries));

const isThere = (tree: Tree, path: string): boolean =>
  viewOf(tree).lookup(resolvePath('/' + path), { follow: false }) !== undefined;

describeVectors<{ layers: string[][] }, { listings: string[][] }>('oci_layers', 'apply-sequence', (cases) => {
  it.each(cases)('$name', async ({ input, expect: expected }) => {
    let tree = EMPTY_TREE;
    for (const [i, names] of input.layers.entries()) {
      tree = await put(
        tree,
        names.map((name) => (name.endsWith('/') ? directory(name) : file(name))),
      );
      expect(listing(tree)).toEqual(expected.listings[i]);
    }
  });
});

describeVectors<
  { folder: string; lower: VectorEntry[]; upper: VectorEntry[] },
  { survive: string[]; gone: string[]; folder_empty: boolean }
>('oci_layers', 'opaque', (cases) => {
  it.each(cases)('$name', async ({ input, expect: expected }) => {
    const lower = await put(EMPTY_TREE, [directory(input.folder), ...archive(input.lower)]);
    const tree = await put(lower, [...archive(input.upper), file(`${input.folder}/.wh..wh..opq`)]);
    for (const path of expected.survive) expect(isThere(tree, path), path).toBe(true);
    for (const path of expected.gone) expect(isThere(tree, path), path).toBe(false);
    const below = [...walkTree(tree.root)].filter(({ path }) => path.startsWith(`/${input.folder}/`));
    expect(below.length === 0).toBe(expected.folder_empty);
  });
});

describeVectors<
  { base: VectorOperation[]; layer: VectorEntry[] },
  { error?: string; checks?: { absent?: string; exists?: string; dir?: string; file?: string; text?: string }[] }
>('oci_layers', 'whiteout', (cases) => {
  it.each(cases)('$name', async ({ input, expect: expected }) => {
    const base = await put(
      EMPTY_TREE,
      input.base.map(({ op, path, text, mode = '755' }) =>
        op === 'dir' ? directory(path, parseInt(mode, 8)) : file(path, text ?? '', { mode: parseInt(mode, 8) }),
      ),
    );
    if (expected.error !== undefined) {
      await expect(put(base, archive(input.layer))).rejects.toThrow(expected.error);
      return;
    }
    const tree = await put(base, archive(input.layer));
    expect(expected.checks?.length).toBeGreaterThan(0);
    for (const check of expected.checks ?? []) {
      if (check.absent !== undefined) expect(isThere(tree, check.absent), check.absent).toBe(false);
      if (check.exists !== undefined) expect(isThere(tree, check.exists), check.exists).toBe(true);
      if (check.dir !== undefined) expect(viewOf(tree).lookup(resolvePath('/' + check.dir))?.kind).toBe('directory');
      if (check.file !== undefined) expect(await textAt(tree, '/' + check.file)).toBe(check.text);
    }
  });
});

describeVectors<{ base64: string }, { diff_id: string; digest: string }>('oci_layers', 'gunzip', (cases) => {
  it.each(cases)('$name', async ({ input, expect: expected }) => {
    const compressed = Uint8Array.from(atob(input.base64), (character) => character.charCodeAt(0));
    expect(await digestOf(compressed)).toBe(expected.digest);
    const layer = await indexLayer(gunzip(streamOf(compressed)), job);
    expect(layer.diffID).toBe(expected.diff_id);
    expect(listing(applyLayerEntries(EMPTY_TREE, layer)).length).toBeGreaterThan(0);
  });
});
