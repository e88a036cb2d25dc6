/**
 * A replica's layer as a tar: every entry with its true name, mode, owner and size; bodies that are not kept are holes,
 * which cost the tar three blocks however large the file (see `hole-entry.ts`).
 */
import { utf8 } from '../../worker/base/bytes.ts';
import type { BytePart } from '../../worker/codec/byte-parts.ts';
import { TAR_BLOCK_BYTES, type TarHeader } from '../../worker/codec/tar-entry.ts';
import { TarWriter } from '../../worker/codec/tar-writer.ts';
import { holeEntry } from './hole-entry.ts';
import type { ListedEntry } from './tree-list.ts';

/** What a layer holds: entries, and the bodies (or how they begin) that are known. */
export interface MirrorLayer {
  readonly entries: readonly ListedEntry[];
  readonly bodies: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** Modification time of everything in it, milliseconds. */
  readonly mtimeMs: number;
}

/** Unknown bodies up to this size are written as zeros: one block more than a header is still less than a hole takes. */
const MAX_ZEROS_BYTES = 512;

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
        addFile(writer, header('file', path, entry, mtimeMs), entry, bodies.get(entry.path));
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

function headOf(entry: ListedFile): Uint8Array<ArrayBuffer> {
  return entry.elf && entry.sizeBytes >= ELF_HEADER.byteLength ? ELF_HEADER : new Uint8Array();
}

type ListedFile = Extract<ListedEntry, { kind: 'file' }>;

function addFile(
  writer: TarWriter,
  header: TarHeader,
  file: ListedFile,
  known: Uint8Array<ArrayBuffer> | undefined,
): void {
  const { sizeBytes } = file;
  const head = known ?? headOf(file);
  if (head.byteLength > sizeBytes) throw new RangeError(`a body of ${head.byteLength} bytes in a file of ${sizeBytes}`);
  if (head.byteLength < sizeBytes && sizeBytes > MAX_ZEROS_BYTES && head.byteLength <= TAR_BLOCK_BYTES) {
    writer.addEncoded(holeEntry(header, sizeBytes, head));
    return;
  }
  const body = new Uint8Array(sizeBytes);
  body.set(head);
  writer.add(header, { sizeBytes, segments: [{ kind: 'data', source: body, start: 0, end: sizeBytes }] });
}
