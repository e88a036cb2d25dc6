/** What a tar archive says of one file: the shapes that its reader and its writer share. */
import type { BlobLike } from '../base/blob-like.ts';

/** Archives are a sequence of blocks of this size (POSIX pax, "ustar Interchange Format"). */
export const TAR_BLOCK_BYTES = 512;

export type TarEntryType = 'file' | 'directory' | 'symlink' | 'hardlink' | 'character' | 'block' | 'fifo';

/** Metadata of an entry. */
export interface TarHeader {
  /**
   * The name as it stands in the archive, neither normalised nor made safe: it may be absolute, hold `..`, or end in `/`.
   * Bytes that are not UTF-8 read as U+FFFD.
   */
  readonly path: string;
  readonly type: TarEntryType;
  /** Permission bits with set-uid, set-gid and sticky: 0o0000 to 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Owner's and group's names; absent where the archive gives none. */
  readonly uname?: string;
  readonly gname?: string;
  /** Milliseconds since 1970, negative before; with a fraction where the archive is finer than that. */
  readonly mtimeMs: number;
  /** Text of a symlink; name of the entry a hardlink repeats, as it stands. Absent for other types. */
  readonly linkTarget?: string;
  /** Of `character` and `block` entries. */
  readonly device?: { readonly major: number; readonly minor: number };
  /** Extended attributes by their full name (`security.capability`); absent when there are none. */
  readonly xattrs?: ReadonlyMap<string, Uint8Array>;
}

/** A run of a file's bytes in the archive; `tarOffset` undefined is a hole of `length` zeros. */
export interface TarExtent {
  readonly tarOffset?: number;
  readonly length: number;
}

/** An entry as read: metadata, and where in the uncompressed archive its bytes are. */
export interface TarEntry extends TarHeader {
  /** Logical size of a file, holes included; 0 for other types. */
  readonly sizeBytes: number;
  /** The file's bytes in order; empty for an empty file and for other types. */
  readonly extents: readonly TarExtent[];
}

/** A run of a file's bytes to write: a slice of a buffer or Blob, or zeros that are stored nowhere. */
export type TarSegment =
  | {
      readonly kind: 'data';
      readonly source: Uint8Array<ArrayBuffer> | BlobLike;
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: 'hole'; readonly length: number };

/** A file's bytes to write: the segments in order make `sizeBytes`. */
export interface TarBody {
  readonly sizeBytes: number;
  readonly segments: readonly TarSegment[];
}

/** Bytes that fill `length` up to whole blocks. */
export function paddingOf(length: number): number {
  return (TAR_BLOCK_BYTES - (length % TAR_BLOCK_BYTES)) % TAR_BLOCK_BYTES;
}
