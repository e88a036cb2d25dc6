/** Writes a zip archive (PKWARE APPNOTE 6.3) as Info-ZIP does on Unix: sizes known, Unix modes in the directory. */
import { deflateSync } from 'fflate';
import { concatBytes, type Bytes } from '../../../base/bytes.ts';
import { encodeText } from '../../text.ts';

/** A member that is ready to be written, or was read from an archive. */
export interface PackedMember {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: Uint8Array;
  readonly sizeBytes: number;
  /** Date and time as MS-DOS has them, to two seconds, in one number of 32 bits. */
  readonly dosTime: number;
  /** Unix mode with the file type. */
  readonly mode: number;
}

export const STORED = 0;
const DEFLATED = 8;
/** Version 3.0 made it, on Unix. */
const MADE_BY = 0x031e;
const NEEDS_STORED = 10;
const NEEDS_DEFLATED = 20;
const DIRECTORY_ATTRIBUTE = 0x10;
const DIRECTORY_TYPE = 0o040000;
const TYPE_MASK = 0o170000;

/** Packs bytes; stored where that is no longer, or where `level` is 0. */
export function packBytes(bytes: Uint8Array, level: number): Pick<PackedMember, 'method' | 'packed'> {
  const packed = level === 0 || bytes.byteLength === 0 ? bytes : deflateSync(bytes, { level: fflateLevel(level) });
  return packed.byteLength < bytes.byteLength ? { method: DEFLATED, packed } : { method: STORED, packed: bytes };
}

const LEVELS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
const fflateLevel = (level: number): (typeof LEVELS)[number] => LEVELS[level] ?? 6;

/** Milliseconds since 1970 as MS-DOS writes a time. */
export function dosTimeOf(mtimeMs: number): number {
  const date = new Date(Math.max(mtimeMs, Date.UTC(1980, 0, 1)));
  const day = ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  return ((day << 16) | time) >>> 0;
}

/** The whole archive. */
export function zipBytes(members: readonly PackedMember[]): Bytes {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const member of members) {
    const name = encodeText(member.name);
    const local = record(30, [[0, 0x04034b50, 4], [4, needs(member), 2], ...shared(member, name.byteLength, 8)]);
    directory.push(
      record(46, [
        [0, 0x02014b50, 4],
        [4, MADE_BY, 2],
        [6, needs(member), 2],
        ...shared(member, name.byteLength, 10),
        [38, attributes(member.mode), 4],
        [42, offset, 4],
      ]),
      name,
    );
    parts.push(local, name, member.packed);
    offset += local.byteLength + name.byteLength + member.packed.byteLength;
  }
  const directoryBytes = directory.reduce((total, part) => total + part.byteLength, 0);
  const end = record(22, [
    [0, 0x06054b50, 4],
    [8, members.length, 2],
    [10, members.length, 2],
    [12, directoryBytes, 4],
    [16, offset, 4],
  ]);
  return concatBytes([...parts, ...directory, end]);
}

type Field = readonly [offset: number, value: number, bytes: 2 | 4];

/** Method, time, checksum, sizes and the length of the name: the same in both places, from `at` on. */
function shared({ method, dosTime, crc, packed, sizeBytes }: PackedMember, nameBytes: number, at: number): Field[] {
  return [
    [at, method, 2],
    [at + 2, dosTime, 4],
    [at + 6, crc, 4],
    [at + 10, packed.byteLength, 4],
    [at + 14, sizeBytes, 4],
    [at + 18, nameBytes, 2],
  ];
}

const needs = ({ method }: PackedMember): number => (method === STORED ? NEEDS_STORED : NEEDS_DEFLATED);

function attributes(mode: number): number {
  return ((mode << 16) | ((mode & TYPE_MASK) === DIRECTORY_TYPE ? DIRECTORY_ATTRIBUTE : 0)) >>> 0;
}

function record(length: number, fields: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  for (const [offset, value, size] of fields) {
    if (size === 2) view.setUint16(offset, value, true);
    else view.setUint32(offset, value, true);
  }
  return bytes;
}
