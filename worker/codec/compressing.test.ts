/** What is written in a format reads back as it was, whatever it is made of and however it comes in pieces. */
import { expect, it } from 'vitest';
import { concatBytes } from '../base/bytes.ts';
import { compressed } from './compressing.ts';
import { decompress, detectCompression } from './decompress.ts';

function streamOf(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) if (piece.byteLength > 0) controller.enqueue(piece);
      controller.close();
    },
  });
}

async function all(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part.slice());
  return concatBytes(parts);
}

/** Bytes that repeat themselves and do not, from a generator that is always the same. */
function mixed(size: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length: size }, (_, at) => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return at % 3000 < 2000 ? 97 + (at % 7) : state >>> 16;
  });
}

const INPUTS: readonly (readonly [what: string, bytes: Uint8Array])[] = [
  ['nothing', new Uint8Array()],
  ['one byte', Uint8Array.of(0)],
  ['runs of every length about the shortest', Uint8Array.from(Array.from({ length: 9 }, (_, at) => Array<number>(at).fill(at)).flat())],
  ['a run longer than one count tells', new Uint8Array(1000).fill(7)],
  ['more than a block', mixed(450_000)],
  ['every byte', Uint8Array.from({ length: 512 }, (_, at) => at % 256)],
]; // prettier-ignore

it.each(['gzip', 'bzip2', 'xz', 'zstd'] as const)('%s reads back as it was written', async (format) => {
  for (const [what, bytes] of INPUTS) {
    const pieces = [bytes.subarray(0, 10), bytes.subarray(10, 300_000), bytes.subarray(300_000)];
    const packed = await all(compressed(streamOf(pieces), format));
    expect(detectCompression(packed), what).toBe(format);
    expect(Buffer.compare(await all(decompress(streamOf([packed]))), bytes), what).toBe(0);
  }
});

it('bzip2 makes text smaller', async () => {
  const text = new TextEncoder().encode('the quick brown fox jumps over the lazy dog\n'.repeat(2000));
  expect((await all(compressed(streamOf([text]), 'bzip2'))).byteLength).toBeLessThan(1000);
});
