/**
 * The header block of tar: V7, ustar, GNU and star forms read, ustar written. Fields are laid out as POSIX pax,
 * "ustar Interchange Format", and the GNU tar manual, "Basic Tar Format", give them; what is lenient here is what Go's
 * archive/tar, and so Docker, is lenient about.
 */
import { utf8Text, type Bytes } from '../base/bytes.ts';
import { TAR_BLOCK_BYTES } from './tar-entry.ts';
import { invalidTar } from './tar-error.ts';
import { decodeShortText } from './tar-text.ts';

/** Offset and length of a field in the block. */
type Field = readonly [offset: number, length: number];

const NAME: Field = [0, 100];
const MODE: Field = [100, 8];
const UID: Field = [108, 8];
const GID: Field = [116, 8];
const SIZE: Field = [124, 12];
const MTIME: Field = [136, 12];
const CHECKSUM: Field = [148, 8];
const TYPE_FLAG = 156;
const LINK_NAME: Field = [157, 100];
const MAGIC: Field = [257, 8];
const UNAME: Field = [265, 32];
const GNAME: Field = [297, 32];
const DEVICE_MAJOR: Field = [329, 8];
const DEVICE_MINOR: Field = [337, 8];
const PREFIX: Field = [345, 155];
const STAR_PREFIX: Field = [345, 131];
const STAR_TRAILER: Field = [508, 4];

const USTAR_MAGIC = 'ustar\u000000';
const GNU_MAGIC = 'ustar  \0';

/** What a ustar header can say; every field fits (see `fitsText`, `fitsOctal`) or is cut, a PAX record then says it whole. */
export interface UstarFields {
  readonly prefix: string;
  readonly name: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly mtimeSeconds: number;
  /** One character; NUL for the files of V7. */
  readonly typeFlag: string;
  readonly linkName: string;
  readonly uname: string;
  readonly gname: string;
  readonly deviceMajor: number;
  readonly deviceMinor: number;
}

/** A header block taken apart; numbers are what they say, nothing is interpreted yet. Its name has its prefix. */
export interface HeaderBlock extends Omit<UstarFields, 'prefix'> {
  readonly gnu: boolean;
}

/** True for the block of zeros that ends an archive. */
export function isZeroBlock(block: Uint8Array): boolean {
  for (const byte of block) if (byte !== 0) return false;
  return true;
}

/**
 * Takes header blocks apart. Archives repeat them: those of the extension headers of one writer differ in little but their size, so
 * that of each type the last one is remembered, and one that is the same is not read again.
 */
export class HeaderDecoder {
  readonly #recent = new Map<number, { readonly block: Uint8Array; readonly header: HeaderBlock }>();

  /** What the block says. `offset` is where in the archive it stands, for the errors. Throws `invalid-document`. */
  decode(block: Uint8Array, offset: number): HeaderBlock {
    const typeFlag = block[TYPE_FLAG]!;
    const recent = this.#recent.get(typeFlag);
    if (recent !== undefined && sameBlock(recent.block, block)) return recent.header;
    const header = decodeHeader(block, offset);
    this.#recent.set(typeFlag, { block: block.slice(), header });
    return header;
  }
}

function sameBlock(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < TAR_BLOCK_BYTES; i++) if (a[i] !== b[i]) return false;
  return true;
}

function decodeHeader(block: Uint8Array, offset: number): HeaderBlock {
  const number = (field: Field): number => decodeNumber(fieldBytes(block, field), offset + field[0]);
  verifyChecksum(block, number(CHECKSUM), offset);
  const gnu = holds(block, MAGIC, GNU_MAGIC);
  const posix = holds(block, MAGIC, 'ustar\0');
  const star = posix && holds(block, STAR_TRAILER, 'tar\0');
  const prefix = posix ? decodeText(fieldBytes(block, star ? STAR_PREFIX : PREFIX)) : '';
  const name = decodeText(fieldBytes(block, NAME));
  const extended = gnu || posix;
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    mode: number(MODE),
    uid: number(UID),
    gid: number(GID),
    size: number(SIZE),
    mtimeSeconds: number(MTIME),
    typeFlag: String.fromCharCode(block[TYPE_FLAG]!),
    linkName: decodeText(fieldBytes(block, LINK_NAME)),
    uname: extended ? decodeText(fieldBytes(block, UNAME)) : '',
    gname: extended ? decodeText(fieldBytes(block, GNAME)) : '',
    deviceMajor: extended ? number(DEVICE_MAJOR) : 0,
    deviceMinor: extended ? number(DEVICE_MINOR) : 0,
    gnu,
  };
}

function fieldBytes(block: Uint8Array, [start, length]: Field): Uint8Array {
  return block.subarray(start, start + length);
}

/** True when the field begins with this ASCII text. */
function holds(block: Uint8Array, [start]: Field, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (block[start + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** The text up to the first NUL. */
export function decodeText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return decodeShortText(bytes, 0, end < 0 ? bytes.byteLength : end);
}

/**
 * A numeric field: octal digits with blanks or NULs around them, or, with the first bit set, a big-endian two's
 * complement number (base-256, as GNU and star write what octal cannot hold). An empty field is 0.
 */
export function decodeNumber(bytes: Uint8Array, offset: number): number {
  if ((bytes[0]! & 0x80) !== 0) return decodeBase256(bytes, offset);
  let start = 0;
  let end = bytes.byteLength;
  while (start < end && isFiller(bytes[start]!)) start++;
  while (start < end && isFiller(bytes[end - 1]!)) end--;
  let value = 0;
  for (let i = start; i < end && bytes[i] !== 0; i++) {
    const digit = bytes[i]! - 0x30;
    if (digit < 0 || digit > 7) {
      throw invalidTar(offset, `${JSON.stringify(utf8Text(bytes.subarray(start, end)))} is not an octal number`);
    }
    value = value * 8 + digit;
  }
  return value;
}

const isFiller = (byte: number): boolean => byte === 0x20 || byte === 0;

function decodeBase256(bytes: Uint8Array, offset: number): number {
  let value = BigInt((bytes[0]! & 0x40) === 0 ? bytes[0]! & 0x3f : (bytes[0]! & 0x3f) - 0x40);
  for (let i = 1; i < bytes.byteLength; i++) value = (value << 8n) | BigInt(bytes[i]!);
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw invalidTar(offset, `the number ${value.toString()} is out of range`);
  return number;
}

function verifyChecksum(block: Uint8Array, expected: number, offset: number): void {
  const unsigned = checksum(block);
  // Some old writers summed signed bytes.
  if (expected === unsigned || expected === unsigned - 0x100 * highBytes(block)) return;
  throw invalidTar(offset, `its checksum is ${expected}, the bytes sum to ${unsigned}`);
}

/** Sum of the block's bytes, its checksum field read as blanks. */
function checksum(block: Uint8Array): number {
  const [start, length] = CHECKSUM;
  let sum = length * 0x20;
  for (let i = start; i < start + length; i++) sum -= block[i]!;
  if (block.byteOffset % 4 !== 0) {
    for (let i = 0; i < TAR_BLOCK_BYTES; i++) sum += block[i]!;
    return sum;
  }
  // Four bytes at a time, each pair in the halves of a sum of its own: 128 words add up to less than 2^16 in each half.
  let even = 0;
  let odd = 0;
  for (const word of new Uint32Array(block.buffer, block.byteOffset, TAR_BLOCK_BYTES / 4)) {
    even += word & 0x00ff00ff;
    odd += (word >>> 8) & 0x00ff00ff;
  }
  return sum + (even & 0xffff) + (even >>> 16) + (odd & 0xffff) + (odd >>> 16);
}

/** Bytes outside the checksum field whose first bit is set. */
function highBytes(block: Uint8Array): number {
  const [start, length] = CHECKSUM;
  let count = 0;
  for (let i = 0; i < TAR_BLOCK_BYTES; i++) if (block[i]! > 0x7f && (i < start || i >= start + length)) count++;
  return count;
}

export const NAME_BYTES = NAME[1];
export const PREFIX_BYTES = PREFIX[1];
export const LINK_NAME_BYTES = LINK_NAME[1];
export const OWNER_NAME_BYTES = UNAME[1];
/** Characters of the numeric fields, their terminator included. */
export const ID_FIELD_BYTES = UID[1];
export const SIZE_FIELD_BYTES = SIZE[1];

/** True when the number can stand in an octal field of this many bytes. */
export function fitsOctal(value: number, fieldLength: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 8 ** (fieldLength - 1);
}

/** Writes a ustar header block. Characters beyond ASCII are left out; numbers that do not fit are 0. */
export function encodeHeader(fields: UstarFields): Bytes {
  const block = new Uint8Array(TAR_BLOCK_BYTES);
  putText(block, NAME, fields.name);
  putOctal(block, MODE, fields.mode);
  putOctal(block, UID, fields.uid);
  putOctal(block, GID, fields.gid);
  putOctal(block, SIZE, fields.size);
  putOctal(block, MTIME, fields.mtimeSeconds);
  block[TYPE_FLAG] = fields.typeFlag.charCodeAt(0);
  putText(block, LINK_NAME, fields.linkName);
  putText(block, MAGIC, USTAR_MAGIC);
  putText(block, UNAME, fields.uname);
  putText(block, GNAME, fields.gname);
  putOctal(block, DEVICE_MAJOR, fields.deviceMajor);
  putOctal(block, DEVICE_MINOR, fields.deviceMinor);
  putText(block, PREFIX, fields.prefix);
  // six digits, NUL, blank: the one numeric field that ends this way
  putOctal(block, [CHECKSUM[0], CHECKSUM[1] - 1], checksum(block));
  block[CHECKSUM[0] + CHECKSUM[1] - 1] = 0x20;
  return block;
}

function putText(block: Uint8Array, [start, length]: Field, text: string): void {
  let ascii = '';
  for (const character of text) if (character <= '\x7f') ascii += character;
  // A cut that ends in a slash would make old readers take a file for a directory.
  const cut = ascii.length > length ? ascii.slice(0, length).replace(/\/+$/, '') : ascii;
  for (let i = 0; i < cut.length; i++) block[start + i] = cut.charCodeAt(i);
}

function putOctal(block: Uint8Array, [start, length]: Field, value: number): void {
  const digits = (fitsOctal(value, length) ? value : 0).toString(8).padStart(length - 1, '0');
  putText(block, [start, length], digits);
}
