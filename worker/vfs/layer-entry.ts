/**
 * What one layer says, entry by entry: the meaning of a layer's tar (image-spec, "layer.md"), whiteouts told apart
 * from files. The rows of a layer's index record; metadata only, so that 50,000 of them fit one stored record.
 */
import type { AbsolutePath } from '../base/path.ts';
import type { DeviceNumber, FileKind } from './inode.ts';

/**
 * - a {@link FileKind}: the path is this file in the layer
 * - `hardlink`: another name of the file at `target` (a path of this layer or of one below)
 * - `whiteout`: the path of a lower layer is gone (`.wh.NAME`); `path` is the path that goes
 * - `opaque`: nothing of the lower layers is seen below this directory (`.wh..wh..opq`); `path` is the directory
 */
export type LayerEntryKind = FileKind | 'hardlink' | 'whiteout' | 'opaque';

/** A run of a file's bytes in the layer's uncompressed tar; `tarOffset` undefined is a hole of `length` zeros. */
export interface TarExtent {
  readonly tarOffset?: number;
  readonly length: number;
}

export interface LayerEntry {
  readonly path: AbsolutePath;
  readonly kind: LayerEntryKind;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtimeMs: number;
  /** Logical size of a file; 0 for the others. */
  readonly sizeBytes: number;
  /** A file's bytes; absent for an empty file and for the others. */
  readonly extents?: readonly TarExtent[];
  /** Link text of a symlink, absolute path for a hardlink. */
  readonly target?: string;
  readonly device?: DeviceNumber;
  readonly xattrs?: ReadonlyMap<string, Uint8Array>;
}

/** All entries of one layer in the order of its tar. */
export interface LayerIndex {
  readonly entries: readonly LayerEntry[];
  /** Sum of the logical sizes of its files, each hard-linked file once: what `docker history` shows as SIZE. */
  readonly sizeBytes: number;
}
