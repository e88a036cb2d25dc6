import { execFileSync, spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { concatBytes, equalBytes, readAll, streamOf, utf8, utf8Text, type Bytes } from '../base/bytes.ts';
import { decompress, detectCompression } from './decompress.ts';
import { unzstd } from './zstd.ts';

const plain = (...parts: Uint8Array[]): Promise<Bytes> => readAll(decompress(streamOf(...parts)));

/** `Strata` as one zstd frame with one raw block (RFC 8878, section 3.1.1), by hand. */
const HAND_MADE = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x20, 6, 0x31, 0, 0, ...utf8('Strata'));
/** A skippable frame that holds three bytes. */
const SKIPPABLE = Uint8Array.of(0x5e, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3);

describe('detectCompression', () => {
  it.each([
    ['gzip', [0x1f, 0x8b, 0x08, 0]],
    ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
    ['zstd', [0x50, 0x2a, 0x4d, 0x18]],
    ['bzip2', [...utf8('BZh91')]],
    ['xz', [0xfd, ...utf8('7zXZ'), 0]],
    ['none', [...utf8('hello')]],
    ['none', [0x1f, 0x8b]],
    ['none', []],
  ])('tells %s by its first bytes', (compression, head) => {
    expect(detectCompression(Uint8Array.from(head))).toBe(compression);
  });
});

describe('decompress', () => {
  it('reads gzip and zstd, and passes plain bytes on, also when they come one by one', async () => {
    const text = utf8('some bytes');
    expect(utf8Text(await plain(gzipSync(text)))).toBe('some bytes');
    expect(utf8Text(await plain(HAND_MADE))).toBe('Strata');
    expect(utf8Text(await plain(...Array.from(text, (byte) => Uint8Array.of(byte))))).toBe('some bytes');
    expect(utf8Text(await plain(...Array.from(gzipSync(text), (byte) => Uint8Array.of(byte))))).toBe('some bytes');
    expect((await plain()).byteLength).toBe(0);
  });

  it('reads bzip2 and xz', async () => {
    const hello = {
      bzip2: 'QlpoOTFBWSZTWcHAgOIAAAFBAAAQAkSgADDNAMNGKZcXckU4UJDBwIDi',
      xz: '/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAFaGVsbG8KAAAApWCX8ZT2/eAAAR4GwS+kHR+2830BAAAAAARZWg==',
    };
    for (const text of Object.values(hello)) {
      expect(utf8Text(await plain(new Uint8Array(Buffer.from(text, 'base64'))))).toBe('hello\n');
    }
  });

  it('cancels its source', async () => {
    let cancelled = false;
    const source = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(utf8('plain text')),
      cancel: () => void (cancelled = true),
    });
    const reader = decompress(source).getReader();
    await reader.read();
    await reader.cancel();
    expect(cancelled).toBe(true);
  });
});

describe('unzstd', () => {
  const unpack = (bytes: Uint8Array): Promise<Bytes> => readAll(unzstd(streamOf(bytes)));

  it('reads several frames and passes skippable ones over', async () => {
    expect(utf8Text(await unpack(concatBytes([SKIPPABLE, HAND_MADE, SKIPPABLE, HAND_MADE])))).toBe('StrataStrata');
    expect(utf8Text(await unpack(concatBytes([HAND_MADE, SKIPPABLE])))).toBe('Strata');
  });

  it('refuses what is damaged or cut short', async () => {
    await expect(unpack(HAND_MADE.subarray(0, -1))).rejects.toMatchObject({ code: 'corrupt' });
    await expect(unpack(HAND_MADE.subarray(0, 7))).rejects.toMatchObject({ code: 'corrupt' });
    await expect(unpack(utf8('no zstd here, not at all'))).rejects.toMatchObject({ code: 'corrupt' });
    await expect(unpack(concatBytes([HAND_MADE, utf8('trailing')]))).rejects.toMatchObject({ code: 'corrupt' });
  });

  const noZstd = spawnSync('zstd', ['--version']).status !== 0;
  it.skipIf(noZstd)('reads what the zstd program writes (skipped where there is none)', async () => {
    const input = concatBytes(
      Array.from({ length: 4000 }, (_, i) => utf8(`line ${i * 7919} of a compressible text\n`)),
    );
    for (const level of ['-1', '-12', '-3 --long=24'].flatMap((flags) => [flags, `${flags} --check`])) {
      const packed = execFileSync('zstd', [...level.split(' '), '--stdout'], { input });
      expect(equalBytes(await unpack(packed), input), level).toBe(true);
      expect(equalBytes(await unpack(concatBytes([packed, packed])), concatBytes([input, input])), level).toBe(true);
    }
  });
});
