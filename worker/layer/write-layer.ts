/**
 * Writing a layer: entries to a deterministic tar, its digest and its index, in one pass. Bodies go into the layer's Blob by
 * reference; nothing is read but for the hash. Equal entries give equal bytes on every machine.
 */
import { blobOf } from '../base/blob-like.ts';
import { baseName, childPath, parentPath, type AbsolutePath } from '../base/path.ts';
import type { Job } from '../base/job.ts';
import { digestOf, Sha256 } from '../codec/sha256.ts';
import type { TarExtent } from '../codec/tar-entry.ts';
import { TarWriter } from '../codec/tar-writer.ts';
import { sha256Digest, type Digest } from '../oci/digest.ts';
import type { NewLayer } from '../store/snapshots.ts';
import type { Inode } from '../vfs/inode.ts';
import type { LayerEntry } from '../vfs/layer-entry.ts';
import type { UnionView } from '../vfs/view.ts';
import { diffEntries, type DiffEntry, type DiffOptions } from './diff.ts';
import { WHITEOUT_PREFIX } from './entry-names.ts';

export interface WriteLayerOptions extends DiffOptions {
  /** Seconds since 1970; later times of files are written as this one (`SOURCE_DATE_EPOCH`). */
  readonly sourceDateEpoch?: number;
}

/** A layer that was just made. */
export interface WrittenLayer extends NewLayer {
  readonly tar: Blob;
  /** Logical size: the sum of its files' sizes. */
  readonly sizeBytes: number;
}

/** The one extended attribute that Docker puts into layers. */
const KEPT_XATTR = 'security.capability';

/** Layers up to this size are hashed in one piece, which is faster. */
const HASH_WHOLE_BYTES = 64 << 20;

/** The layer that makes a view's base into the view: what `docker commit`, RUN and COPY store. Throws `cancelled`. */
export async function commitLayer(view: UnionView, options: WriteLayerOptions, job: Job): Promise<WrittenLayer> {
  return writeLayer(await diffEntries(view, options, job), options, job);
}

/** The layer of these entries, in their order. Throws `cancelled`, `invalid-argument` for a name that tar cannot hold. */
export async function writeLayer(
  entries: readonly DiffEntry[],
  options: WriteLayerOptions,
  job: Job,
): Promise<WrittenLayer> {
  const writer = new TarWriter();
  const rows: LayerEntry[] = [];
  let sizeBytes = 0;
  for (const entry of entries) {
    const pause = job.budget.checkpoint();
    if (pause) await pause;
    const row = addEntry(writer, entry, options);
    sizeBytes += row.sizeBytes;
    rows.push(row);
  }
  const tar = await blobOf(writer.finish());
  const diffID = await digestOfBlob(tar, job);
  return { diffID, tar, index: { entries: rows, sizeBytes }, sizeBytes };
}

/** Writes an entry and returns what a reader of the tar would make of it. */
function addEntry(writer: TarWriter, entry: DiffEntry, options: WriteLayerOptions): LayerEntry {
  const { path } = entry;
  if (entry.kind === 'whiteout') {
    const plain = { mode: 0, uid: 0, gid: 0, mtimeMs: 0 };
    writer.add({ path: tarName(whiteoutPath(path)), type: 'file', ...plain });
    return { path, kind: 'whiteout', ...plain, sizeBytes: 0 };
  }
  const header = headerOf(entry.inode, options);
  if (entry.kind === 'hardlink') {
    writer.add({ path: tarName(path), type: 'hardlink', linkTarget: tarName(entry.target), ...header });
    return { path, kind: 'hardlink', target: entry.target, ...header, sizeBytes: 0 };
  }
  const { inode } = entry;
  switch (inode.kind) {
    case 'file': {
      const extents = writer.add({ path: tarName(path), type: 'file', ...header }, inode.body);
      return { path, kind: 'file', ...header, sizeBytes: inode.body.sizeBytes, ...withExtents(extents) };
    }
    case 'symlink':
      writer.add({ path: tarName(path), type: 'symlink', linkTarget: inode.target, ...header });
      return { path, kind: 'symlink', target: inode.target, ...header, sizeBytes: 0 };
    case 'character':
    case 'block':
      writer.add({ path: tarName(path), type: inode.kind, device: inode.device, ...header });
      return { path, kind: inode.kind, device: inode.device, ...header, sizeBytes: 0 };
    case 'directory':
    case 'fifo':
      writer.add({ path: tarName(path), type: inode.kind, ...header });
      return { path, kind: inode.kind, ...header, sizeBytes: 0 };
  }
}

function headerOf(inode: Inode, { sourceDateEpoch = Infinity }: WriteLayerOptions) {
  const { mode, uid, gid } = inode;
  const mtimeMs = Math.min(Math.floor(inode.mtimeMs / 1000), sourceDateEpoch) * 1000;
  const value = inode.xattrs?.get(KEPT_XATTR);
  return { mode, uid, gid, mtimeMs, ...(value === undefined ? {} : { xattrs: new Map([[KEPT_XATTR, value]]) }) };
}

const withExtents = (extents: readonly TarExtent[]): Pick<LayerEntry, 'extents'> =>
  extents.length === 0 ? {} : { extents };

const whiteoutPath = (path: AbsolutePath): AbsolutePath =>
  childPath(parentPath(path), WHITEOUT_PREFIX + baseName(path));

/** Names in layers are relative to the root. */
const tarName = (path: AbsolutePath): string => path.slice(1);

/** Bytes of a long layer that are read and hashed at a time. */
const READ_BYTES = 2 << 20;

/** Read back from the Blob: thousands of small slices come faster so, and each read lets a message in. */
async function digestOfBlob(tar: Blob, job: Job): Promise<Digest> {
  if (tar.size <= HASH_WHOLE_BYTES) return digestOf(new Uint8Array(await tar.arrayBuffer()));
  const hash = new Sha256();
  for (let start = 0; start < tar.size; start += READ_BYTES) {
    job.budget.throwIfCancelled();
    hash.update(new Uint8Array(await tar.slice(start, start + READ_BYTES).arrayBuffer()));
  }
  return sha256Digest(hash.digestHex());
}
