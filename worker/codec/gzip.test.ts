import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, equalBytes, readAll, streamOf, utf8, utf8Text, type Bytes } from '../base/bytes.ts';
import { gunzip, gzip } from './gzip.ts';
import { sha256Hex } from './sha256.ts';

const zip = (text: string | Uint8Array): Bytes => new Uint8Array(gzipSync(text));
const unzip = (...parts: Uint8Array[]): Promise<Bytes> => readAll(gunzip(streamOf(...parts)));

/** Bytes that do not compress, the same in every run. */
function noise(length: number): Bytes {
  let state = 12345;
  return Uint8Array.from({ length }, () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 24);
}

function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.byteLength / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}

describe('gunzip', () => {
  it('reads one member', async () => {
    expect(utf8Text(await unzip(zip('hello')))).toBe('hello');
    expect((await unzip(zip(''))).byteLength).toBe(0);
  });

  it('reads all members of a stream, however it is cut', async () => {
    const members = concatBytes([zip('one '), zip(''), zip('two '), zip(noise(500)), zip(' end')]);
    const expected = concatBytes([utf8('one two '), noise(500), utf8(' end')]);
    for (const size of [1, 3, 64, members.byteLength]) {
      expect(await unzip(...cut(members, size)), `cut every ${size} bytes`).toEqual(expected);
    }
  });

  it('takes no header look-alike in the data for a member', async () => {
    // stored blocks: the bytes 1f 8b 08 00 stand in the compressed stream as they are, hundreds of times
    const lookAlike = concatBytes(Array.from({ length: 300 }, () => Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 3)));
    const stored = new Uint8Array(gzipSync(lookAlike, { level: 0 }));
    expect(await unzip(...cut(concatBytes([stored, stored]), 100))).toEqual(concatBytes([lookAlike, lookAlike]));
  });

  it('gives megabytes from a few bytes, piece by piece', async () => {
    const reader = gunzip(streamOf(zip(new Uint8Array(50_000_000)))).getReader();
    let total = 0;
    let largest = 0;
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      total += next.value.byteLength;
      largest = Math.max(largest, next.value.byteLength);
    }
    expect(total).toBe(50_000_000);
    expect(largest).toBeLessThan(1 << 20);
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['no gzip', utf8('this is not gzip at all')],
    ['a member cut short', zip('hello hello hello').subarray(0, -9)],
    ['a trailer cut short', zip('hello').subarray(0, -1)],
    ['a wrong checksum', zip('hello').map((byte, i, all) => (i === all.length - 8 ? byte ^ 1 : byte))],
    ['a second member cut short', concatBytes([zip('one'), zip('two and three and four').subarray(0, -12)])],
  ])('refuses %s', async (_, bytes) => {
    await expect(unzip(bytes)).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('passes on the error of its source as it is', async () => {
    const broken = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(zip('hello').subarray(0, 12)),
      pull: (controller) => controller.error(new Error('the network is gone')),
    });
    await expect(readAll(gunzip(broken))).rejects.toThrow('the network is gone');
  });

  it('cancels its source when it is cancelled', async () => {
    let cancelled = false;
    const source = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(zip(noise(1000))),
      cancel: () => void (cancelled = true),
    });
    const reader = gunzip(source).getReader();
    await reader.read();
    await reader.cancel();
    expect(cancelled).toBe(true);
  });
});

describe('gzip', () => {
  const pack = (...parts: Uint8Array[]): Promise<Bytes> => readAll(gzip(streamOf(...parts)));

  it('writes what gunzip reads', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
        const packed = await pack(bytes);
        expect(new Uint8Array(gunzipSync(packed))).toEqual(new Uint8Array(bytes));
      }),
      { numRuns: 50 },
    );
  });

  it('gives the same bytes however its input is cut', async () => {
    const input = concatBytes([noise(150_000), new Uint8Array(100_000), noise(70_000)]);
    const whole = await pack(input);
    for (const size of [1000, 65_536, 65_537, 200_000]) {
      expect(equalBytes(await pack(...cut(input, size)), whole), `cut every ${size} bytes`).toBe(true);
    }
    expect(equalBytes(gunzipSync(whole), input)).toBe(true);
  });

  it('gives the bytes it always gave: they are in layers', async () => {
    const packed = await pack(noise(1000), new Uint8Array(200_000), utf8('the end'));
    expect([...packed.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
    expect(await sha256Hex(packed)).toBe('e7cf5ada4ad23c1ee7891ea7e5abcf6af18895958470720c7338d36b1f18e272');
  });
});

const vectors = resolve(import.meta.dirname, '../../../shared/vectors/oci_layers.json');
const missing = !existsSync(vectors);

interface GunzipCase {
  readonly name: string;
  readonly kind: string;
  readonly input: { readonly base64: string };
  readonly expect: { readonly diff_id: string; readonly digest: string };
}

describe.skipIf(missing)('gzip layers of other projects (skipped where ../shared/vectors is missing)', () => {
  const cases = missing ? [] : (JSON.parse(readFileSync(vectors, 'utf8')) as { cases: GunzipCase[] }).cases;
  it.each(cases.filter(({ kind }) => kind === 'gunzip').map((test) => [test.name, test] as const))(
    '%s',
    async (_, test) => {
      const packed = Uint8Array.from(Buffer.from(test.input.base64, 'base64'));
      expect(`sha256:${await sha256Hex(packed)}`).toBe(test.expect.digest);
      expect(`sha256:${await sha256Hex(await unzip(packed))}`).toBe(test.expect.diff_id);
    },
  );
});
