/** bzip2 and xz against the programs that define them, where they are installed. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { concatBytes, equalBytes, readAll, streamOf, utf8, type Bytes } from '../base/bytes.ts';
import { bunzip2 } from './bzip2.ts';
import { unxz } from './xz.ts';

const installed = (program: string): boolean => spawnSync(program, ['--version'], { input: '' }).status === 0;

function compress(program: string, flags: readonly string[], input: Uint8Array): Bytes {
  const { stdout, status } = spawnSync(program, ['-c', ...flags], { input, maxBuffer: 1 << 28 });
  expect(status).toBe(0);
  return new Uint8Array(stdout);
}

/** Bytes of several natures: text with repetitions, noise, long runs. */
function sample(length: number): Bytes {
  const out = new Uint8Array(length);
  const words = utf8('the quick brown fox jumps over the lazy dog, and again the quick brown fox ');
  let noise = 12345;
  for (let i = 0; i < length; i++) {
    const region = Math.floor((i * 6) / length);
    noise = (Math.imul(noise, 1103515245) + 12345) >>> 0;
    if (region === 0 || region === 3) out[i] = words[i % words.length]!;
    else if (region === 1 || region === 4) out[i] = noise >>> 24;
    else out[i] = region;
  }
  return out;
}

const CASES = [
  ['nothing', new Uint8Array(0)],
  ['one byte', Uint8Array.of(7)],
  ['runs around the lengths at which runs are coded', utf8('aaa bbbb ccccc ' + 'd'.repeat(259) + 'e'.repeat(260))],
  ['text, noise and runs', sample(200_000)],
] as const;

const FORMATS = [
  { name: 'bzip2', read: bunzip2, levels: [['-1'], ['-9']] },
  {
    name: 'xz',
    read: unxz,
    levels: [
      ['-0'],
      ['-9e'],
      ['--check=crc32'],
      ['--check=sha256'],
      ['--check=none'],
      ['--lzma2=preset=6,lc=0,lp=3,pb=1'],
    ],
  },
] as const;

describe.each(FORMATS)('$name', ({ name, read, levels }) => {
  it.skipIf(!installed(name)).each(CASES)(`reads what the program ${name} wrote: %s`, async (_title, bytes) => {
    for (const flags of levels) {
      const found = await readAll(read(streamOf(compress(name, flags, bytes))));
      expect(equalBytes(found, bytes), flags.join(' ')).toBe(true);
    }
  });

  it.skipIf(!installed(name))(`reads several ${name} streams as one`, async () => {
    const part = compress(name, [], utf8('once more '));
    expect(await readAll(read(streamOf(part, part)))).toEqual(utf8('once more once more '));
  });

  it.skipIf(!installed(name))(`finds damage to and the loss of any part of ${name} data`, async () => {
    const whole = compress(name, [], sample(3000));
    for (let at = 0; at < whole.byteLength; at += 37) {
      const damaged = concatBytes([whole]);
      damaged[at]! ^= 0x10;
      await expect(readAll(read(streamOf(damaged))), `byte ${at}`).rejects.toMatchObject({
        code: expect.stringMatching(/corrupt|unsupported|limit/) as string,
      });
      await expect(readAll(read(streamOf(whole.subarray(0, Math.max(at, 1))))), `cut at ${at}`).rejects.toMatchObject({
        code: 'corrupt',
      });
    }
  });
});
