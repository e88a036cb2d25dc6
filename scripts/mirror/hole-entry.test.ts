import { describe, expect, it } from 'vitest';
import { utf8 } from '../../worker/base/bytes.ts';
import type { TarEntry } from '../../worker/codec/tar-entry.ts';
import { TarReader } from '../../worker/codec/tar-reader.ts';
import { holeEntry } from './hole-entry.ts';

function readBack(blocks: Uint8Array): readonly TarEntry[] {
  const entries: TarEntry[] = [];
  const reader = new TarReader((entry) => entries.push(entry));
  reader.write(blocks);
  reader.write(new Uint8Array(1024));
  reader.end();
  return entries;
}

const header = (path: string) => ({ type: 'file' as const, path, mode: 0o755, uid: 3, gid: 4, mtimeMs: 5000 });

const CASES: readonly (readonly [about: string, path: string, sizeBytes: number])[] = [
  ['a short name', 'a', 513],
  ['a long name', `usr/${'share/'.repeat(60)}name`, 1_000_000_000],
  ['a name that is not ASCII', 'usr/share/ca-certificates/Főtanúsítvány.crt', 4096],
  ...Array.from({ length: 12 }, (_, i) => [`a name of ${400 + i} bytes`, 'n'.repeat(400 + i), 98_765] as const),
];

describe('a file of holes', () => {
  it.each(CASES)('says its name, size and owner with %s', (_, path, sizeBytes) => {
    const blocks = holeEntry(header(path), sizeBytes, utf8('\x7fELF'));
    expect(blocks.byteLength % 512).toBe(0);
    expect(readBack(blocks)).toEqual([
      {
        ...header(path),
        sizeBytes,
        extents: [{ tarOffset: blocks.byteLength - 512, length: 4 }, { length: sizeBytes - 4 }],
      },
    ]);
  });

  it('has headers that do not depend on name and size', () => {
    const [one, other] = [
      holeEntry(header('usr/bin/sort'), 123_456, new Uint8Array()),
      holeEntry(header('bin/ls'), 9, new Uint8Array()),
    ];
    expect(one.subarray(0, 512)).toEqual(other.subarray(0, 512));
    expect(one.subarray(1024)).toEqual(other.subarray(1024));
  });
});
