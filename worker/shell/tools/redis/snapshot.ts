/**
 * A snapshot of the data as Redis keeps it in dump.rdb: the plain encodings of format 9 (strings, lists, sets, hashes and sorted sets
 * without compression), which later versions read too. The checksum is left at 0, which Redis takes as "none".
 */
import { concatBytes } from '../../../base/bytes.ts';
import { decodeText, encodeText } from '../../text.ts';
import type { Keyspace, Value } from './keyspace.ts';
import { RedisError } from './reply.ts';

const MAGIC = 'REDIS0009';
const [SELECT_DATABASE, EXPIRES_AT_MS, END] = [0xfe, 0xfc, 0xff];
/** By their codes; 3 is sorted sets whose scores are text, which nobody writes any more. */
const TYPES = ['string', 'list', 'set', undefined, 'hash', 'zset'] as const;
const CHECKSUM_BYTES = 8;

export function writeSnapshot(databases: readonly Keyspace[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [encodeText(MAGIC)];
  databases.forEach((keys, at) => {
    const names = keys.keys();
    if (names.length > 0) parts.push(Uint8Array.of(SELECT_DATABASE), lengthBytes(at));
    for (const key of names) parts.push(...entryBytes(keys, key));
  });
  parts.push(Uint8Array.of(END), new Uint8Array(CHECKSUM_BYTES));
  return concatBytes(parts);
}

function* entryBytes(keys: Keyspace, key: string): Generator<Uint8Array> {
  const value = keys.find(key)!;
  const expiresMs = keys.expiresMs(key);
  if (expiresMs !== undefined) {
    const time = new DataView(new ArrayBuffer(8));
    time.setBigUint64(0, BigInt(Math.round(expiresMs)), true);
    yield Uint8Array.of(EXPIRES_AT_MS);
    yield new Uint8Array(time.buffer);
  }
  yield Uint8Array.of(TYPES.indexOf(value.type));
  yield textBytes(key);
  yield* valueBytes(value);
}

function* valueBytes(value: Value): Generator<Uint8Array> {
  switch (value.type) {
    case 'string':
      yield textBytes(value.text);
      break;
    case 'list':
      yield lengthBytes(value.items.length);
      for (const item of value.items) yield textBytes(item);
      break;
    case 'set':
      yield lengthBytes(value.members.size);
      for (const member of value.members) yield textBytes(member);
      break;
    case 'hash':
      yield lengthBytes(value.fields.size);
      for (const text of [...value.fields].flat()) yield textBytes(text);
      break;
    case 'zset':
      yield lengthBytes(value.scores.size);
      for (const [member, score] of value.scores) {
        const bytes = new DataView(new ArrayBuffer(8));
        bytes.setFloat64(0, score, true);
        yield textBytes(member);
        yield new Uint8Array(bytes.buffer);
      }
  }
}

function lengthBytes(length: number): Uint8Array<ArrayBuffer> {
  if (length < 64) return Uint8Array.of(length);
  if (length < 16_384) return Uint8Array.of(0x40 | (length >> 8), length & 0xff);
  return Uint8Array.of(0x80, length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff);
}

function textBytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = encodeText(text);
  return concatBytes([lengthBytes(bytes.byteLength), bytes]);
}

/** Puts what a snapshot holds into the databases. Throws a `RedisError` for one in an encoding that is not read here. */
export function readSnapshot(bytes: Uint8Array, databases: readonly Keyspace[]): void {
  const reader = new Reader(bytes);
  if (!/^REDIS\d{4}$/.test(reader.ascii(MAGIC.length)))
    throw new RedisError('Wrong signature trying to load DB from file');
  let keys = databases[0];
  let expiresMs: number | undefined;
  for (;;) {
    const code = reader.byte();
    if (code === END) return;
    if (code === SELECT_DATABASE) keys = databases[reader.length()];
    else if (code === EXPIRES_AT_MS) expiresMs = reader.time();
    else {
      const key = reader.text();
      keys?.set(key, valueOf(reader, TYPES[code]), expiresMs);
      expiresMs = undefined;
    }
  }
}

function valueOf(reader: Reader, type: Value['type'] | undefined): Value {
  const times = <Item>(read: () => Item): Item[] => Array.from({ length: reader.length() }, read);
  switch (type) {
    case 'string':
      return { type, text: reader.text() };
    case 'list':
      return { type, items: times(() => reader.text()) };
    case 'set':
      return { type, members: new Set(times(() => reader.text())) };
    case 'hash':
      return { type, fields: new Map(times(() => [reader.text(), reader.text()] as const)) };
    case 'zset':
      return { type, scores: new Map(times(() => [reader.text(), reader.double()] as const)) };
    case undefined:
      throw new RedisError('The snapshot has an encoding that Strata does not read');
  }
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  byte(): number {
    return this.#take(1)[0]!;
  }

  ascii(length: number): string {
    return decodeText(this.#take(length));
  }

  text(): string {
    return decodeText(this.#take(this.length()));
  }

  length(): number {
    const first = this.byte();
    if (first < 0x40) return first;
    if (first < 0x80) return ((first & 0x3f) << 8) | this.byte();
    if (first === 0x80) return this.#view(4).getUint32(0);
    throw new RedisError('The snapshot has an encoding that Strata does not read');
  }

  time(): number {
    return Number(this.#view(8).getBigUint64(0, true));
  }

  double(): number {
    return this.#view(8).getFloat64(0, true);
  }

  #view(length: number): DataView {
    const { buffer, byteOffset } = this.#take(length);
    return new DataView(buffer, byteOffset, length);
  }

  #take(length: number): Uint8Array {
    if (this.#at + length > this.#bytes.byteLength) throw new RedisError('Unexpected EOF reading RDB file');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}
