/** Layers made the long way, from tar bytes, and trees told as lists of paths: what tests of vfs and layer are written with. */
import { utf8, utf8Text, type Bytes } from '../../worker/base/bytes.ts';
import { createUnstoppableJob, type Job } from '../../worker/base/job.ts';
import { resolvePath } from '../../worker/base/path.ts';
import { partsStream } from '../../worker/codec/byte-parts.ts';
import type { TarEntryType, TarHeader } from '../../worker/codec/tar-entry.ts';
import { TarWriter } from '../../worker/codec/tar-writer.ts';
import { indexLayer, type IndexedLayer } from '../../worker/layer/index-layer.ts';
import { bodyOf, readBody } from '../../worker/vfs/body.ts';
import { applyLayerEntries, EMPTY_TREE } from '../../worker/vfs/merge.ts';
import type { Tree } from '../../worker/vfs/tree.ts';
import { createUnionView } from '../../worker/vfs/union-view.ts';
import type { UnionView } from '../../worker/vfs/view.ts';
import { walkTree } from '../../worker/vfs/walk.ts';

/** A tar entry; names are written as they stand here. */
export interface ArchiveEntry extends Partial<Omit<TarHeader, 'path' | 'type'>> {
  readonly path: string;
  readonly type?: TarEntryType;
  readonly text?: string;
}

export const file = (path: string, text = '', more: Partial<ArchiveEntry> = {}): ArchiveEntry => ({
  ...more,
  path,
  text,
});
export const directory = (path: string, mode = 0o755): ArchiveEntry => ({ path, type: 'directory', mode });
export const symlink = (path: string, linkTarget: string): ArchiveEntry => ({ path, type: 'symlink', linkTarget });
export const hardlink = (path: string, linkTarget: string): ArchiveEntry => ({ path, type: 'hardlink', linkTarget });

export const job: Job = createUnstoppableJob('test', {
  nowMs: () => 0,
  monotonicMs: () => 0,
  sleep: () => Promise.resolve(),
  yieldTask: () => Promise.resolve(),
});

export function tarOf(entries: readonly ArchiveEntry[]): ReadableStream<Bytes> {
  const writer = new TarWriter();
  for (const { text, type = 'file', mode = 0o644, ...rest } of entries) {
    const header = { uid: 0, gid: 0, mtimeMs: 1_000_000, type, mode, ...rest };
    writer.add(header, type === 'file' ? bodyOf(utf8(text ?? '')) : undefined);
  }
  return partsStream(writer.finish());
}

export const layerOf = async (...entries: readonly ArchiveEntry[]): Promise<IndexedLayer> =>
  indexLayer(tarOf(entries), job);

/** The merged tree of layers given as the entries of their tars, bottom up. */
export async function treeOf(...layers: readonly (readonly ArchiveEntry[])[]): Promise<Tree> {
  let tree = EMPTY_TREE;
  for (const entries of layers) tree = applyLayerEntries(tree, await layerOf(...entries));
  return tree;
}

/** A view whose clock goes one second on with each change. */
export function viewOf(tree: Tree, startMs = 2_000_000): UnionView {
  let now = startMs;
  return createUnionView(tree, { now: () => (now += 1000) });
}

/** Every path of a tree without the leading slash, sorted, directories with a slash behind. */
export function listing(tree: Tree): string[] {
  const names = Array.from(
    walkTree(tree.root),
    ({ path, inode }) => path.slice(1) + (inode.kind === 'directory' ? '/' : ''),
  );
  return names.slice(1).sort();
}

/** The text of a file, links followed; undefined where there is none. */
export async function textAt(source: Tree | UnionView, path: string): Promise<string | undefined> {
  const view = 'base' in source ? source : viewOf(source);
  const inode = view.lookup(resolvePath(path));
  return inode?.kind === 'file' ? utf8Text(await readBody(inode.body)) : undefined;
}

/** True when both paths name one file, links in their parents followed but not in their last segment. */
export function areOneFile(tree: Tree, a: string, b: string): boolean {
  const view = viewOf(tree);
  const [first, second] = [a, b].map((path) => view.lookup(resolvePath(path), { follow: false }));
  return first?.kind === 'file' && second?.kind === 'file' && first.linkGroup !== undefined
    ? first.linkGroup === second.linkGroup
    : false;
}
