/** Gzip as the browser's own DecompressionStream takes it apart: unlike Node's, it refuses a second member. */
import { describe, expect, it } from 'vitest';
import { concatBytes, readAll, streamOf, utf8, utf8Text, type Bytes } from '../base/bytes.ts';
import { gunzip, gzip } from './gzip.ts';
import { gzipLayer } from './gzip-layer.ts';
import { hashStream, sha256Hex } from './sha256.ts';

/** Bytes that do not compress, the same in every run. */
function noise(length: number): Bytes {
  let state = 12345;
  return Uint8Array.from({ length }, () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 24);
}

const pack = (...parts: Uint8Array[]): Promise<Bytes> => readAll(gzip(streamOf(...parts)));
const unpack = (...parts: Uint8Array[]): Promise<Bytes> => readAll(gunzip(streamOf(...parts)));

function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.byteLength / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}

describe('gzip in the browser', () => {
  it('compresses to the bytes it compresses to in Node', async () => {
    const packed = await pack(noise(1000), new Uint8Array(200_000), utf8('the end'));
    expect(await sha256Hex(packed)).toBe('e7cf5ada4ad23c1ee7891ea7e5abcf6af18895958470720c7338d36b1f18e272');
  });

  it('compresses layers to the bytes they are compressed to in Node', async () => {
    const squares = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) >>> 9);
    const packed = await readAll(gzipLayer(streamOf(squares, new Uint8Array(1_200_000), utf8('the end'))));
    expect(await sha256Hex(packed)).toBe('597d6e5287eb1234306991941cddb7ff44d6015cc748a5ad83d1f47bc0dafbbd');
  });

  it('has a native decompressor that takes one member only', async () => {
    const two = concatBytes([await pack(utf8('one')), await pack(utf8('two'))]);
    const native = new Blob([two]).stream().pipeThrough(new DecompressionStream('gzip'));
    await expect(readAll(native)).rejects.toThrow();
  });

  it('reads many members, of all sizes, however they are cut', async () => {
    const sizes = [3, 0, 100_000, 1, 700_000, 65_536, 0, 20];
    const bodies = sizes.map((size, i) => (i % 2 === 0 ? noise(size) : new Uint8Array(size).fill(i)));
    const members = concatBytes(await Promise.all(bodies.map((body) => pack(body))));
    const expected = await sha256Hex(concatBytes(bodies));
    for (const size of [1000, 65_536, members.byteLength]) {
      expect(await sha256Hex(await unpack(...cut(members, size))), `cut every ${size} bytes`).toBe(expected);
    }
  });

  it('reads a member that expands a thousandfold before and after others', async () => {
    const big = await pack(new Uint8Array(30_000_000));
    const stream = gunzip(streamOf(big, await pack(utf8('between')), big));
    expect((await hashStream(stream)).sizeBytes).toBe(60_000_007);
  });

  it('refuses junk behind a member, damage, and a cut', async () => {
    const good = await pack(utf8('hello hello'));
    const damaged = good.map((byte, i) => (i === good.byteLength - 8 ? byte ^ 1 : byte));
    for (const bad of [concatBytes([good, utf8('junk')]), damaged, good.subarray(0, -1), new Uint8Array(0)]) {
      await expect(unpack(bad)).rejects.toMatchObject({ code: 'corrupt' });
    }
    expect(utf8Text(await unpack(good))).toBe('hello hello');
  });
});
