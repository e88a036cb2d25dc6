/** Zstandard (RFC 8878), reading only: no browser has it natively. */
import { Decompress } from 'fzstd';
import { EMPTY_BYTES, ownBytes, type Bytes } from '../base/bytes.ts';
import { EngineError } from '../base/errors.ts';
import { chunkStream } from './chunk-stream.ts';

/** Compressed bytes decoded at a time. Four may stand for a block of 128 KiB, so this bounds what comes out at once to 32 MiB. */
const PIECE_BYTES = 1024;

/**
 * The uncompressed bytes of a Zstandard stream of any number of frames, skippable ones passed over. Fails with `corrupt` where
 * the data is damaged or cut short. Frame checksums are not verified: a layer's digest says more.
 */
export function unzstd(stream: ReadableStream<Uint8Array>): ReadableStream<Bytes> {
  return chunkStream(decodeFrames(stream));
}

async function* decodeFrames(stream: ReadableStream<Uint8Array>): AsyncGenerator<Bytes, void> {
  const output: Bytes[] = [];
  const decoder = new Decompress((bytes) => {
    if (bytes.byteLength > 0) output.push(ownBytes(bytes));
  });
  for await (const chunk of stream) {
    for (let at = 0; at < chunk.byteLength; at += PIECE_BYTES) {
      decode(decoder, chunk.subarray(at, at + PIECE_BYTES), false);
      yield* output.splice(0);
    }
  }
  decode(decoder, EMPTY_BYTES, true);
  yield* output.splice(0);
}

function decode(decoder: Decompress, bytes: Uint8Array, final: boolean): void {
  try {
    decoder.push(bytes, final);
  } catch (error) {
    throw new EngineError('corrupt', 'The zstd data is damaged or cut short.', {
      data: { format: 'zstd' },
      cause: error,
    });
  }
}
