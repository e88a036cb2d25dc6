/** The central directory of a zip archive (PKWARE APPNOTE 6.3): which members there are, and where their bytes begin. */
import { readBody, sliceBody, type Body } from '../../../vfs/body.ts';
import { decodeText } from '../../text.ts';

const END_SIGNATURE = 0x06054b50;
const MEMBER_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const MEMBER_BYTES = 46;
const LOCAL_BYTES = 30;
/** The end record may be followed by a comment of this length. */
const MAX_COMMENT_BYTES = 0xffff;
const UNIX = 3;

export interface ZipMember {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly sizeBytes: number;
  /** Local time, as zip has it: to two seconds. */
  readonly time: {
    readonly year: number;
    readonly month: number;
    readonly day: number;
    readonly hour: number;
    readonly minute: number;
    readonly second: number;
  };
  /** Unix mode with the file type, where a Unix made the archive. */
  readonly mode: number | undefined;
  readonly headerOffset: number;
}

/** The members in the order of the directory; undefined when the bytes are no zip archive. */
export async function readZipDirectory(body: Body): Promise<ZipMember[] | undefined> {
  const tailStart = Math.max(0, body.sizeBytes - END_BYTES - MAX_COMMENT_BYTES);
  const tail = await readBody(body, tailStart);
  const end = lastEndRecord(tail);
  if (end === undefined) return undefined;
  const record = new DataView(tail.buffer, tail.byteOffset + end, END_BYTES);
  const count = record.getUint16(10, true);
  const start = record.getUint32(16, true);
  const bytes = await readBody(body, start, start + record.getUint32(12, true));
  const members: ZipMember[] = [];
  let at = 0;
  while (members.length < count) {
    const member = readMember(bytes, at);
    if (member === undefined) return undefined;
    members.push(member.value);
    at = member.next;
  }
  return members;
}

function lastEndRecord(tail: Uint8Array): number | undefined {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) if (view.getUint32(at, true) === END_SIGNATURE) return at;
  return undefined;
}

function readMember(bytes: Uint8Array, at: number): { readonly value: ZipMember; readonly next: number } | undefined {
  if (at + MEMBER_BYTES > bytes.byteLength) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at);
  if (view.getUint32(0, true) !== MEMBER_SIGNATURE) return undefined;
  const nameBytes = view.getUint16(28, true);
  const next = at + MEMBER_BYTES + nameBytes + view.getUint16(30, true) + view.getUint16(32, true);
  const time = view.getUint16(12, true);
  const date = view.getUint16(14, true);
  const value: ZipMember = {
    name: decodeText(bytes.subarray(at + MEMBER_BYTES, at + MEMBER_BYTES + nameBytes)),
    method: view.getUint16(10, true),
    crc: view.getUint32(16, true),
    packedBytes: view.getUint32(20, true),
    sizeBytes: view.getUint32(24, true),
    time: {
      year: 1980 + (date >> 9),
      month: (date >> 5) & 15,
      day: date & 31,
      hour: time >> 11,
      minute: (time >> 5) & 63,
      second: (time & 31) * 2,
    },
    mode: view.getUint8(5) === UNIX ? view.getUint32(38, true) >>> 16 : undefined,
    headerOffset: view.getUint32(42, true),
  };
  return { value, next };
}

/** The packed bytes of a member; undefined where no member begins. */
export async function packedBody(body: Body, member: ZipMember): Promise<Body | undefined> {
  const header = await readBody(body, member.headerOffset, member.headerOffset + LOCAL_BYTES);
  if (header.byteLength < LOCAL_BYTES) return undefined;
  const view = new DataView(header.buffer, header.byteOffset);
  if (view.getUint32(0, true) !== LOCAL_SIGNATURE) return undefined;
  const start = member.headerOffset + LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
  return sliceBody(body, start, start + member.packedBytes);
}
