/**
 * What the unpacking library does not tell of a zip file, from its central directory (APPNOTE 4.3.12): modes, sums and encryption.
 */
import { strFromU8 } from 'fflate';

/** An entry that was packed on Unix has a mode. */
export const UNIX = 3;

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
/** The place of the directory is told in the end record of Zip64, which a locator before the end leads to (4.3.14, 4.3.15). */
const IN_ZIP64_END = 0xffffffff;
const ZIP64_LOCATOR_BYTES = 20;
/** Bits of an entry's flags (APPNOTE 4.4.4). */
const ENCRYPTED = 1;
const UTF8_NAME = 1 << 11;

export interface ZipEntry {
  /** Type and permissions, as `stat` has them; undefined for what was not packed on Unix. */
  readonly unixMode: number | undefined;
  /** CRC-32 of its unpacked bytes. */
  readonly crc: number;
  readonly isEncrypted: boolean;
}

/** The entries by name, which is read as the unpacking library reads it. A file without a directory has none. */
export function directoryOf(bytes: Uint8Array): ReadonlyMap<string, ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = new Map<string, ZipEntry>();
  let at = startOfDirectory(view);
  while (at + ENTRY_BYTES <= view.byteLength && view.getUint32(at, true) === ENTRY_SIGNATURE) {
    const flags = view.getUint16(at + 8, true);
    const nameBytes = view.getUint16(at + 28, true);
    const name = strFromU8(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes), (flags & UTF8_NAME) === 0);
    entries.set(name, {
      unixMode: view.getUint8(at + 5) === UNIX ? view.getUint16(at + 40, true) : undefined,
      crc: view.getUint32(at + 16, true),
      isEncrypted: (flags & ENCRYPTED) !== 0,
    });
    at += ENTRY_BYTES + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** Where the entries begin; behind all bytes in a file without a directory. */
function startOfDirectory(view: DataView): number {
  const end = endOfDirectory(view);
  if (end === undefined) return view.byteLength;
  const start = view.getUint32(end + 16, true);
  if (start !== IN_ZIP64_END || end < ZIP64_LOCATOR_BYTES) return start;
  const zip64End = view.getUint32(end - ZIP64_LOCATOR_BYTES + 8, true);
  return zip64End + 56 <= end ? view.getUint32(zip64End + 48, true) : view.byteLength;
}

/** The last place of the end's signature: a comment may stand behind it. */
function endOfDirectory(view: DataView): number | undefined {
  for (let at = view.byteLength - END_BYTES; at >= 0; at -= 1) {
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  }
  return undefined;
}

/** What each byte does to a sum: CRC-32 as ISO 3309 has it, its highest term in the lowest bit. */
const CRC_TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ 0xedb88320;
  return crc;
});

/** The CRC-32 that a zip file has of an entry (APPNOTE 4.4.7). */
export function crcOf(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ byte) & 0xff]!;
  return ~crc >>> 0;
}
