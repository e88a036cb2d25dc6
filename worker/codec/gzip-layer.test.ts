import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 as zlibCrc32, gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, equalBytes, readAll, streamOf, utf8, type Bytes } from '../base/bytes.ts';
import { crc32, joinedCrc32 } from './crc32.ts';
import { SEGMENT_BYTES, SegmentDeflater, type PackedSegment, type SegmentPacker } from './deflate/segment.ts';
import { gunzip } from './gzip.ts';
import { gzipLayer } from './gzip-layer.ts';
import { sha256Hex } from './sha256.ts';

const pack = (...parts: Uint8Array[]): Promise<Bytes> => readAll(gzipLayer(streamOf(...parts)));

/** Bytes of an alphabet of `letters`, the same in every run: 256 letters do not compress. */
function noise(length: number, letters = 256): Bytes {
  let state = 12345;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 16) % letters;
  });
}

function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.byteLength / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}

/** Letters with frequencies like Fibonacci's numbers, of which an unlimited Huffman code would be 24 bits deep. */
function skewed(): Bytes {
  const parts: Bytes[] = [];
  let [count, next] = [1, 1];
  for (let letter = 0; letter < 22; letter++) {
    parts.push(new Uint8Array(count).fill(letter * 3));
    [count, next] = [next, count + next];
  }
  const letters = concatBytes(parts);
  // spread, so that there are no repetitions to copy
  return Uint8Array.from({ length: letters.byteLength }, (_, i) => letters[(i * 7919) % letters.byteLength] ?? 0);
}

/** A kilobyte of noise that comes again just within, and just beyond, how far a copy reaches back. */
function farRepetition(distance: number): Bytes {
  return concatBytes([noise(1024), noise(distance - 1024).map((byte) => byte ^ 0x5a), noise(1024)]);
}

/** Gives segments back in a later task, the last first; tells how many it had at once. */
function slowPacker(width: number): SegmentPacker & { most(): number } {
  const deflater = new SegmentDeflater();
  let waiting: (() => void)[] = [];
  let most = 0;
  return {
    width,
    most: () => most,
    pack: (segment) =>
      new Promise<PackedSegment>((resolve) => {
        waiting.push(() => {
          resolve(deflater.deflate(segment));
        });
        most = Math.max(most, waiting.length);
        setImmediate(() => {
          const ready = waiting.toReversed();
          waiting = [];
          for (const done of ready) done();
        });
      }),
  };
}

const INPUTS: readonly (readonly [string, Bytes])[] = [
  ['nothing', new Uint8Array(0)],
  ['one byte', utf8('a')],
  ['three bytes', utf8('aaa')],
  ['one letter over and over', new Uint8Array(300_000).fill(97)],
  ['matches of every length', concatBytes(Array.from({ length: 600 }, (_, i) => concatBytes([noise(i), utf8('|')])))],
  ['noise', noise(200_000)],
  ['text of few letters', noise(200_000, 5)],
  ['every letter once', Uint8Array.from({ length: 256 }, (_, i) => i)],
  ['a very uneven alphabet', skewed()],
  ['a repetition 32,768 bytes back', farRepetition(32_768)],
  ['a repetition 32,769 bytes back', farRepetition(32_769)],
  ['more than a segment', concatBytes([noise(600_000, 40), new Uint8Array(700_000), noise(100_000)])],
];

describe('gzipLayer', () => {
  it.each(INPUTS)('is read back by zlib and by gunzip: %s', async (_, bytes) => {
    const packed = await pack(bytes);
    expect(equalBytes(gunzipSync(packed), bytes)).toBe(true);
    expect(equalBytes(await readAll(gunzip(streamOf(packed))), bytes)).toBe(true);
  });

  it('is read back whatever it is given', async () => {
    const repetitive = fc.array(fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.nat(60)), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(repetitive, async (runs) => {
        const bytes = concatBytes(runs.flatMap(([piece, times]) => Array.from({ length: times }, () => piece)));
        expect(equalBytes(gunzipSync(await pack(bytes)), bytes)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same bytes however its input is cut', async () => {
    const input = concatBytes([noise(900_000, 90), new Uint8Array(200_000)]);
    const whole = await pack(input);
    for (const size of [9973, 65_536, 1_048_560]) {
      expect(equalBytes(await pack(...cut(input, size)), whole), `cut every ${size} bytes`).toBe(true);
    }
  });

  it('gives the bytes it always gave: they are layer digests', async () => {
    const squares = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) >>> 9);
    const packed = await pack(squares, new Uint8Array(1_200_000), utf8('the end'));
    expect([...packed.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
    expect(await sha256Hex(packed)).toBe('597d6e5287eb1234306991941cddb7ff44d6015cc748a5ad83d1f47bc0dafbbd');
  });

  it.each([0, 1, 5])('gives the same bytes with %d segments under way, of which none are more', async (width) => {
    const input = concatBytes([new Uint8Array(3 * SEGMENT_BYTES), noise(SEGMENT_BYTES, 90), noise(1000)]);
    const packer = slowPacker(width);
    const packed = await readAll(gzipLayer(streamOf(...cut(input, 300_000)), packer));
    expect(equalBytes(packed, await pack(input))).toBe(true);
    expect(packer.most()).toBe(Math.min(width + 1, 5));
  });

  it('fails with what its packer fails with, and leaves the source', async () => {
    let cancelled = false;
    const source = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(SEGMENT_BYTES)),
      cancel: () => void (cancelled = true),
    });
    const packer = { width: 2, pack: () => Promise.reject(new Error('a thread is gone')) };
    await expect(readAll(gzipLayer(source, packer))).rejects.toThrow('a thread is gone');
    expect(cancelled).toBe(true);
  });

  it('adds next to nothing to what does not compress, and takes most of what does', async () => {
    expect((await pack(noise(500_000))).byteLength).toBeLessThan(500_000 * 1.001);
    expect((await pack(new Uint8Array(1_500_000))).byteLength).toBeLessThan(7_500);
  });

  it('makes of source code hardly more than gzip does by default', async () => {
    const folder = import.meta.dirname;
    const sources = readdirSync(folder).filter((name) => name.endsWith('.ts'));
    const text = concatBytes(sources.map((name) => new Uint8Array(readFileSync(join(folder, name)))));
    expect((await pack(text)).byteLength).toBeLessThan(gzipSync(text, { level: 6 }).byteLength * 1.06);
  });

  it('ends its source when it is cancelled', async () => {
    let cancelled = false;
    const source = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(2_000_000)),
      cancel: () => void (cancelled = true),
    });
    const reader = gzipLayer(source).getReader();
    await reader.read();
    await reader.read();
    await reader.cancel();
    expect(cancelled).toBe(true);
  });
});

describe('crc32', () => {
  it('is the sum of zlib, in one piece or several', () => {
    const bytes = noise(1000);
    for (const length of [0, 1, 7, 8, 9, 63, 1000]) {
      const part = bytes.subarray(0, length);
      expect(crc32(part)).toBe(zlibCrc32(part));
      expect(crc32(part.subarray(3), crc32(part.subarray(0, 3)))).toBe(zlibCrc32(part));
    }
  });

  it('of two parts makes that of both', () => {
    const bytes = noise(70_000);
    for (const at of [0, 1, 9, 1023, 65_536, 70_000]) {
      const [before, behind] = [bytes.subarray(0, at), bytes.subarray(at)];
      expect(joinedCrc32(crc32(before), crc32(behind), behind.byteLength)).toBe(zlibCrc32(bytes));
    }
  });
});
