/**
 * xz, reading only (the .xz file format 1.1 with the LZMA2 filter, which is all that `xz` writes unless told otherwise): `ADD` unpacks
 * archives in it. Streams one after another read as one. Memory: the compressed bytes, and the dictionary they ask for.
 */
import { hex, readAll, type Bytes } from '../base/bytes.ts';
import { EngineError } from '../base/errors.ts';
import { chunkStream } from './chunk-stream.ts';
import { LzmaDecoder, LzmaDictionary } from './lzma-decoder.ts';
import { crc32 } from './crc32.ts';
import { createXzChecksum, XZ_CHECK_BYTES, type XzChecksum } from './xz-checksum.ts';

const STREAM_MAGIC = 'fd377a585a00';
const FOOTER_MAGIC = '595a';
const HEADER_BYTES = 12;
const LZMA2_FILTER = 0x21;
/** Four times what `xz -9` asks for. */
const MAX_DICTIONARY_BYTES = 256 << 20;

/** The uncompressed bytes of an xz file. Fails with `corrupt` for damaged data, `unsupported` for other filters, `limit` for huge dictionaries. */
export function unxz(stream: ReadableStream<Uint8Array>): ReadableStream<Bytes> {
  return chunkStream(decodeFile(stream));
}

async function* decodeFile(stream: ReadableStream<Uint8Array>): AsyncGenerator<Bytes, void> {
  const input = new Input(await readAll(stream));
  try {
    while (!input.atEnd()) {
      yield* decodeStream(input);
      // streams are padded to multiples of four bytes
      while (!input.atEnd() && input.peekByte() === 0) input.take(4);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new EngineError('corrupt', `The xz data is damaged or cut short: ${error.message}.`, {
      data: { format: 'xz' },
      cause: error,
    });
  }
}

function* decodeStream(input: Input): Generator<Bytes, void> {
  const header = input.take(HEADER_BYTES);
  if (hex(header.subarray(0, 6)) !== STREAM_MAGIC) throw new RangeError('no stream begins here');
  const flags = header.subarray(6, 8);
  if (crc32(flags) !== wordAt(header, 8)) throw new RangeError('its header has another checksum');
  const checkKind = flags[1]! & 0x0f;
  while (input.peekByte() !== 0) yield* decodeBlock(input, checkKind);
  skipIndex(input);
  const footer = input.take(HEADER_BYTES);
  if (hex(footer.subarray(10)) !== FOOTER_MAGIC) throw new RangeError('its footer is missing');
  if (crc32(footer.subarray(4, 10)) !== wordAt(footer, 0)) throw new RangeError('its footer has another checksum');
}

function* decodeBlock(input: Input, checkKind: number): Generator<Bytes, void> {
  const start = input.offset;
  const dictionary = new LzmaDictionary(readBlockHeader(input));
  const checksum = createXzChecksum(checkKind);
  yield* decodeLzma2(input, dictionary, checksum);
  while ((input.offset - start) % 4 !== 0) input.take(1);
  const stated = hex(input.take(XZ_CHECK_BYTES[checkKind] ?? 0));
  if (checksum !== undefined && checksum.finish() !== stated) throw new RangeError('a block has another checksum');
}

/** Reads a block's header; gives the size of its dictionary. */
function readBlockHeader(input: Input): number {
  const header = input.take((input.peekByte() + 1) * 4);
  const content = header.subarray(0, -4);
  if (crc32(content) !== wordAt(header, content.byteLength)) throw new RangeError('a header has another checksum');
  const fields = new Input(content);
  fields.take(1);
  const flags = fields.take(1)[0]!;
  if ((flags & 0x40) !== 0) fields.number();
  if ((flags & 0x80) !== 0) fields.number();
  const filter = fields.number();
  if ((flags & 0x03) !== 0 || filter !== LZMA2_FILTER) {
    throw new EngineError('unsupported', 'Reading xz data with filters other than LZMA2 is not supported.', {
      data: { format: 'xz', filter },
    });
  }
  fields.number();
  const bits = fields.take(1)[0]! & 0x3f;
  if (bits > 40) throw new RangeError('its dictionary has an impossible size');
  const dictionaryBytes = bits === 40 ? 0xffffffff : (2 | (bits & 1)) * 2 ** ((bits >> 1) + 11);
  if (dictionaryBytes > MAX_DICTIONARY_BYTES) {
    throw new EngineError('limit', 'The xz data asks for a dictionary of more than 256 MiB.', {
      data: { format: 'xz' },
    });
  }
  return dictionaryBytes;
}

/** LZMA2: chunks, each with what it resets, its sizes, and its bytes. */
function* decodeLzma2(
  input: Input,
  dictionary: LzmaDictionary,
  checksum: XzChecksum | undefined,
): Generator<Bytes, void> {
  const decoder = new LzmaDecoder(dictionary);
  for (;;) {
    const control = input.take(1)[0]!;
    if (control === 0) return;
    if (control === 1 || control >= 0xe0) {
      dictionary.reset();
      decoder.restartPositions();
    }
    const out = control < 0x80 ? storedChunk(input, control, dictionary, decoder) : lzmaChunk(input, control, decoder);
    checksum?.update(out);
    yield out;
  }
}

function storedChunk(input: Input, control: number, dictionary: LzmaDictionary, decoder: LzmaDecoder): Bytes {
  if (control > 2) throw new RangeError('a chunk is of no known kind');
  const bytes = input.take(input.short() + 1);
  for (const byte of bytes) dictionary.put(byte);
  decoder.skip(bytes.byteLength);
  return bytes.slice();
}

function lzmaChunk(input: Input, control: number, decoder: LzmaDecoder): Bytes {
  const out = new Uint8Array(((control & 0x1f) << 16) + input.short() + 1);
  const packedBytes = input.short() + 1;
  if (control >= 0xc0) decoder.setProperties(input.take(1)[0]!);
  else if (control >= 0xa0) decoder.reset();
  decoder.decode(input.take(packedBytes), out);
  return out;
}

/** The index repeats the sizes of the blocks: nothing that is not known by then. */
function skipIndex(input: Input): void {
  const start = input.offset;
  input.take(1);
  for (let records = input.number(); records > 0; records--) {
    input.number();
    input.number();
  }
  while ((input.offset - start) % 4 !== 0) input.take(1);
  const index = input.between(start, input.offset);
  if (crc32(index) !== wordAt(input.take(4), 0)) throw new RangeError('its index has another checksum');
}

function wordAt(bytes: Uint8Array, offset: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(offset, true);
}

/** A buffer that is read from its start. Every method throws RangeError past the end. */
class Input {
  readonly #bytes: Bytes;
  #offset = 0;

  constructor(bytes: Bytes) {
    this.#bytes = bytes;
  }

  get offset(): number {
    return this.#offset;
  }

  atEnd(): boolean {
    return this.#offset >= this.#bytes.byteLength;
  }

  between(start: number, end: number): Bytes {
    return this.#bytes.subarray(start, end);
  }

  peekByte(): number {
    const byte = this.#bytes[this.#offset];
    if (byte === undefined) throw new RangeError('it ends too early');
    return byte;
  }

  take(count: number): Bytes {
    const end = this.#offset + count;
    if (end > this.#bytes.byteLength) throw new RangeError('it ends too early');
    const taken = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return taken;
  }

  /** Two bytes, the most significant first. */
  short(): number {
    const [high = 0, low = 0] = this.take(2);
    return (high << 8) | low;
  }

  /** A number of up to nine bytes, seven bits in each, the least significant first. */
  number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.take(1)[0]!;
      value += (byte & 0x7f) * scale;
      if ((byte & 0x80) === 0) return value;
      if (scale > 2 ** 56) throw new RangeError('a number is too long');
    }
  }
}
