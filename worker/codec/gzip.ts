/**
 * Gzip (RFC 1952). Reading is native and streaming, several members in one stream included; writing is fflate's at a fixed level,
 * because the browsers' own compressors differ, and what a program in RUN writes is part of a layer. Layers themselves are
 * compressed by `gzip-layer.ts`, which is faster.
 */
import { Gzip } from 'fflate';
import { EMPTY_BYTES, ownBytes, type Bytes } from '../base/bytes.ts';
import { EngineError } from '../base/errors.ts';
import { chunkStream } from './chunk-stream.ts';
import { MemberSplitter } from './gzip-members.ts';

/** Compressed bytes given to the decompressor at a time: bounds what may come out at once (a thousand times as much). */
const PIECE_BYTES = 64 * 1024;

/**
 * The uncompressed bytes of a gzip stream. Fails with `corrupt` where the data is damaged, cut short, or followed by
 * something that is no further member.
 *
 * A browser's DecompressionStream takes one member and calls a second one junk, so they are told apart before it sees them.
 */
export function gunzip(stream: ReadableStream<Uint8Array>): ReadableStream<Bytes> {
  return chunkStream(inflateMembers(stream));
}

async function* inflateMembers(stream: ReadableStream<Uint8Array>): AsyncGenerator<Bytes, void> {
  const splitter = new MemberSplitter();
  let member = new MemberInflater();
  try {
    for await (const chunk of stream) {
      for (const { bytes, statedSize } of splitter.split(chunk)) {
        yield* member.feed(bytes);
        if (statedSize === undefined || member.producedBytes % 2 ** 32 !== statedSize) continue;
        yield* member.finish();
        member = new MemberInflater();
        splitter.startMember();
      }
    }
    yield* member.feed(splitter.rest());
    yield* member.finish();
  } finally {
    member.discard();
  }
}

/** One native decompressor, driven so that after each `feed` all that its input gives has come out. */
class MemberInflater {
  readonly #writer: WritableStreamDefaultWriter<BufferSource>;
  readonly #reader: ReadableStreamDefaultReader<Bytes>;
  #reading: Promise<ReadableStreamReadResult<Bytes>> | undefined;
  #fedBytes = 0;
  #producedBytes = 0;

  constructor() {
    const native = new DecompressionStream('gzip');
    this.#writer = native.writable.getWriter();
    this.#reader = native.readable.getReader();
  }

  /** Uncompressed bytes so far. */
  get producedBytes(): number {
    return this.#producedBytes;
  }

  async *feed(bytes: Uint8Array): AsyncGenerator<Bytes, void> {
    for (let start = 0; start < bytes.byteLength; start += PIECE_BYTES) {
      const piece = ownBytes(bytes.subarray(start, start + PIECE_BYTES));
      this.#fedBytes += piece.byteLength;
      const written = this.#writer.write(piece);
      yield* this.#outputUntil(written);
    }
  }

  /** Ends the member: what is left of it, once its trailer was found right. */
  async *finish(): AsyncGenerator<Bytes, void> {
    if (this.#fedBytes === 0) throw damaged(undefined);
    const closed = this.#writer.close();
    yield* this.#outputUntil(closed);
  }

  /** Gives the decompressor up, finished or not. */
  discard(): void {
    // both fail where the stream has failed before, which was told already
    this.#writer.abort().catch(ignore);
    this.#reader.cancel().catch(ignore);
  }

  /** What comes out until `step`, a write or the close, is done and nothing more is queued. */
  async *#outputUntil(step: Promise<void>): AsyncGenerator<Bytes, void> {
    const stepDone = step.then(() => undefined);
    stepDone.catch(ignore);
    try {
      for (;;) {
        this.#reading ??= this.#reader.read();
        // of two settled promises a race takes the first: queued output goes before the end of the step
        const output = await Promise.race([this.#reading, stepDone]);
        if (output === undefined || output.done) return;
        this.#reading = undefined;
        this.#producedBytes += output.value.byteLength;
        yield output.value;
      }
    } catch (error) {
      throw damaged(error);
    }
  }
}

function ignore(): void {
  // nothing to do: see the callers
}

function damaged(cause: unknown): EngineError {
  return new EngineError('corrupt', 'The gzip data is damaged or cut short.', { data: { format: 'gzip' }, cause });
}

/** What gzip does unless told otherwise. It shows in the digests of layers that hold compressed files, so it never changes. */
const DEFAULT_LEVEL = 6;
/** Bytes compressed at a time. Shows in those digests too: fflate's output depends on how its input is cut. */
const BLOCK_BYTES = 64 * 1024;

/**
 * The stream's bytes as one gzip member. The same bytes give the same result, on every machine and however they are cut. `level` is
 * 1 (fast) to 9 (small).
 */
export function gzip(stream: ReadableStream<Uint8Array>, level = DEFAULT_LEVEL): ReadableStream<Bytes> {
  return chunkStream(deflateBlocks(stream, level));
}

async function* deflateBlocks(stream: ReadableStream<Uint8Array>, level: number): AsyncGenerator<Bytes, void> {
  const compressor = new FixedGzip(level);
  for await (const chunk of stream) yield* compressor.add(chunk);
  yield* compressor.finish();
}

/** The number as the compressor's own type has it. */
function compressionLevel(level: number): 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 {
  return ([1, 2, 3, 4, 5, 6, 7, 8, 9] as const)[level - 1] ?? DEFAULT_LEVEL;
}

/** Cuts its input into equal blocks and compresses them: no timestamp in the header, "Unix" as the system. */
class FixedGzip {
  readonly #gzip: Gzip;
  readonly #block = new Uint8Array(BLOCK_BYTES);
  #filled = 0;
  #output: Bytes[] = [];

  constructor(level: number) {
    this.#gzip = new Gzip({ level: compressionLevel(level), mtime: 0 }, (bytes) => {
      if (bytes.byteLength > 0) this.#output.push(ownBytes(bytes));
    });
  }

  *add(chunk: Uint8Array): Generator<Bytes, void> {
    for (let at = 0; at < chunk.byteLength;) {
      const taken = Math.min(BLOCK_BYTES - this.#filled, chunk.byteLength - at);
      this.#block.set(chunk.subarray(at, at + taken), this.#filled);
      this.#filled += taken;
      at += taken;
      if (this.#filled < BLOCK_BYTES) return;
      this.#gzip.push(this.#block);
      this.#filled = 0;
      yield* this.#takeOutput();
    }
  }

  *finish(): Generator<Bytes, void> {
    this.#gzip.push(this.#filled === 0 ? EMPTY_BYTES : this.#block.subarray(0, this.#filled), true);
    yield* this.#takeOutput();
  }

  #takeOutput(): Bytes[] {
    const output = this.#output;
    this.#output = [];
    return output;
  }
}
