/**
 * A replica's layer as a tar: every entry with its true name, mode, owner and size; bodies that are not kept are holes (PAX
 * sparse entries, format 1.0), which cost the tar two kilobytes however large the file.
 */
import { utf8 } from '../../worker/base/bytes.ts';
import type { BytePart } from '../../worker/codec/byte-parts.ts';
import type { TarBody, TarHeader, TarSegment } from '../../worker/codec/tar-entry.ts';
import { TarWriter } from '../../worker/codec/tar-writer.ts';
import type { ListedEntry } from './tree-list.ts';

/** What a layer holds: entries, and the bodies (or how they begin) that are known. */
export interface MirrorLayer {
  readonly entries: readonly ListedEntry[];
  readonly bodies: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** Modification time of everything in it, milliseconds. */
  readonly mtimeMs: number;
}

/**
 * Unknown bodies up to this size are written as zeros: a hole costs the tar 1.5 KB of headers, and they compress worse than
 * zeros do. Larger would save little more and make the unpacked layer grow.
 */
const MAX_ZEROS_BYTES = 4096;
const ZEROS = new Uint8Array(MAX_ZEROS_BYTES);

/** The first bytes of an x86-64 program (ELF-64, little-endian, ET_DYN, EM_X86_64): enough for whoever asks what the file is. */
const ELF_HEADER = new Uint8Array(64);
ELF_HEADER.set(utf8('\x7fELF'), 0);
ELF_HEADER.set([2, 1, 1], 4);
ELF_HEADER.set([3, 0, 62, 0, 1, 0, 0, 0], 16);

/** The layer's uncompressed tar, as parts. Equal layers give equal bytes. */
export function layerTar({ entries, bodies, mtimeMs }: MirrorLayer): readonly BytePart[] {
  const writer = new TarWriter();
  for (const entry of entries) {
    if (entry.path === '/') continue;
    const path = entry.path.slice(1);
    switch (entry.kind) {
      case 'directory':
        writer.add(header('directory', path, entry, mtimeMs));
        break;
      case 'file':
        writer.add(
          header('file', path, entry, mtimeMs),
          fileBody(entry.sizeBytes, bodies.get(entry.path) ?? headOf(entry)),
        );
        break;
      case 'symlink':
        writer.add({ ...header('symlink', path, LINK, mtimeMs), linkTarget: entry.target });
        break;
      case 'hardlink':
        writer.add({ ...header('hardlink', path, LINK, mtimeMs), linkTarget: entry.target.slice(1) });
        break;
      case 'whiteout':
        writer.add(header('file', path.replace(/[^/]*$/, '.wh.$&'), WHITEOUT, mtimeMs));
    }
  }
  return writer.finish();
}

const LINK = { mode: 0o777, uid: 0, gid: 0 };
const WHITEOUT = { mode: 0, uid: 0, gid: 0 };

function header(
  type: TarHeader['type'],
  path: string,
  { mode, uid, gid }: { readonly mode: number; readonly uid: number; readonly gid: number },
  mtimeMs: number,
): TarHeader {
  return { type, path, mode, uid, gid, mtimeMs };
}

function headOf(entry: Extract<ListedEntry, { kind: 'file' }>): Uint8Array<ArrayBuffer> {
  return entry.elf && entry.sizeBytes >= ELF_HEADER.byteLength ? ELF_HEADER : new Uint8Array();
}

/** A body of `sizeBytes` that begins with `head` and is zeros from there on, stored where that is cheaper than a hole. */
function fileBody(sizeBytes: number, head: Uint8Array<ArrayBuffer>): TarBody {
  const rest = sizeBytes - head.byteLength;
  if (rest < 0) throw new RangeError(`a body of ${head.byteLength} bytes in a file of ${sizeBytes}`);
  const segments: TarSegment[] = [];
  if (head.byteLength > 0) segments.push({ kind: 'data', source: head, start: 0, end: head.byteLength });
  if (rest > MAX_ZEROS_BYTES) segments.push({ kind: 'hole', length: rest });
  else if (rest > 0) segments.push({ kind: 'data', source: ZEROS, start: 0, end: rest });
  return { sizeBytes, segments };
}
