/** What can be told of an ELF file from its headers (System V ABI, chapters 4 and 5): enough for `file` and `ldd`. */
import { readBody, type Body } from '../../vfs/body.ts';

export interface ElfFacts {
  readonly bits: 32 | 64;
  readonly littleEndian: boolean;
  /** `e_type`: 1 relocatable, 2 executable, 3 shared object. */
  readonly type: number;
  readonly machine: number;
  /** The dynamic loader it asks for. */
  readonly interpreter: string | undefined;
  /** Names of the libraries it needs. */
  readonly needed: readonly string[];
  readonly dynamic: boolean;
  readonly stripped: boolean;
}

const MAGIC = [0x7f, 0x45, 0x4c, 0x46];
const HEADER_BYTES = 64;
const [LOAD, DYNAMIC, INTERPRETER] = [1, 2, 3];
const [NEEDED, STRING_TABLE] = [1n, 5n];
const SYMBOL_TABLE = 2;
/** Tables beyond this are not read: no honest program has them. */
const MAX_TABLE_BYTES = 1 << 20;

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: bigint;
  readonly sizeBytes: number;
}

/** The facts of a 64-bit little-endian ELF file, the bare ones of any other; undefined for what is no ELF file. */
export async function readElf(body: Body): Promise<ElfFacts | undefined> {
  const header = await readBody(body, 0, HEADER_BYTES);
  if (header.byteLength < 20 || !MAGIC.every((byte, at) => header[at] === byte)) return undefined;
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const littleEndian = header[5] === 1;
  const bare = {
    bits: header[4] === 1 ? 32 : 64,
    littleEndian,
    type: view.getUint16(16, littleEndian),
    machine: view.getUint16(18, littleEndian),
    interpreter: undefined,
    needed: [],
    dynamic: false,
    stripped: true,
  } as const;
  if (bare.bits === 32 || !littleEndian || header.byteLength < HEADER_BYTES) return bare;
  const segments = await readSegments(body, view);
  const dynamic = segments.find(({ type }) => type === DYNAMIC);
  return {
    ...bare,
    interpreter: await interpreterOf(body, segments),
    dynamic: dynamic !== undefined,
    needed: dynamic === undefined ? [] : await neededBy(body, dynamic, segments),
    stripped: !(await hasSymbols(body, view)),
  };
}

async function table(body: Body, offset: number, sizeBytes: number): Promise<DataView> {
  const bytes = await readBody(body, offset, Math.min(sizeBytes, MAX_TABLE_BYTES));
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

async function readSegments(body: Body, header: DataView): Promise<Segment[]> {
  const [size, count] = [header.getUint16(54, true), header.getUint16(56, true)];
  const view = await table(body, Number(header.getBigUint64(32, true)), size * count);
  const segments: Segment[] = [];
  for (let at = 0; size >= 56 && at + 56 <= view.byteLength; at += size) {
    segments.push({
      type: view.getUint32(at, true),
      offset: Number(view.getBigUint64(at + 8, true)),
      address: view.getBigUint64(at + 16, true),
      sizeBytes: Number(view.getBigUint64(at + 32, true)),
    });
  }
  return segments;
}

async function interpreterOf(body: Body, segments: readonly Segment[]): Promise<string | undefined> {
  const segment = segments.find(({ type }) => type === INTERPRETER);
  return segment === undefined ? undefined : textAt(await table(body, segment.offset, segment.sizeBytes), 0);
}

async function neededBy(body: Body, dynamic: Segment, segments: readonly Segment[]): Promise<string[]> {
  const view = await table(body, dynamic.offset, dynamic.sizeBytes);
  const names: number[] = [];
  let strings: bigint | undefined;
  for (let at = 0; at + 16 <= view.byteLength; at += 16) {
    const [tag, value] = [view.getBigUint64(at, true), view.getBigUint64(at + 8, true)];
    if (tag === NEEDED) names.push(Number(value));
    if (tag === STRING_TABLE) strings = value;
  }
  const home = segments.find(
    ({ type, address, sizeBytes }) =>
      type === LOAD && strings !== undefined && strings >= address && strings < address + BigInt(sizeBytes),
  );
  if (home === undefined || strings === undefined) return [];
  const text = await table(body, home.offset + Number(strings - home.address), MAX_TABLE_BYTES);
  return names.map((name) => textAt(text, name));
}

async function hasSymbols(body: Body, header: DataView): Promise<boolean> {
  const [size, count] = [header.getUint16(58, true), header.getUint16(60, true)];
  const view = await table(body, Number(header.getBigUint64(40, true)), size * count);
  for (let at = 0; size >= 64 && at + 64 <= view.byteLength; at += size) {
    if (view.getUint32(at + 4, true) === SYMBOL_TABLE) return true;
  }
  return false;
}

function textAt(view: DataView, start: number): string {
  let end = start;
  while (end < view.byteLength && view.getUint8(end) !== 0) end++;
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + start, Math.max(0, end - start)));
}
