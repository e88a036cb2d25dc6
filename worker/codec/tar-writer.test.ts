import { describe, expect, it } from 'vitest';
import { concatBytes, readAll, utf8, utf8Text, type Bytes } from '../base/bytes.ts';
import { hashParts, partsSize, partsStream, type BytePart } from './byte-parts.ts';
import { sha256OfSmall } from './sha256.ts';
import type { TarBody, TarEntry, TarHeader } from './tar-entry.ts';
import { TarReader } from './tar-reader.ts';
import { TarWriter } from './tar-writer.ts';

const FILE: TarHeader = { path: 'f', type: 'file', mode: 0o644, uid: 0, gid: 0, mtimeMs: 0 };

function bodyOf(...segments: (string | Bytes | Blob | number)[]): TarBody {
  const list = segments.map((segment) => {
    if (typeof segment === 'number') return { kind: 'hole' as const, length: segment };
    const source = typeof segment === 'string' ? utf8(segment) : segment;
    return { kind: 'data' as const, source, start: 0, end: source instanceof Blob ? source.size : source.byteLength };
  });
  return { sizeBytes: list.reduce((sum, s) => sum + (s.kind === 'hole' ? s.length : s.end), 0), segments: list };
}

const tarBytes = (parts: readonly BytePart[]): Promise<Bytes> => readAll(partsStream(parts));

async function written(...entries: (readonly [TarHeader, TarBody?])[]): Promise<Bytes> {
  const writer = new TarWriter();
  for (const [header, body] of entries) writer.add(header, body);
  return tarBytes(writer.finish());
}

function entriesOf(tar: Bytes): TarEntry[] {
  const entries: TarEntry[] = [];
  const reader = new TarReader((entry) => entries.push(entry));
  reader.write(tar);
  reader.end();
  return entries;
}

function contentOf(tar: Bytes, entry: TarEntry): Bytes {
  return concatBytes(
    entry.extents.map(({ tarOffset, length }) =>
      tarOffset === undefined ? new Uint8Array(length) : tar.subarray(tarOffset, tarOffset + length),
    ),
  );
}

describe('the tar writer', () => {
  it('writes what the reader reads back', async () => {
    const entries: (readonly [TarHeader, TarBody?])[] = [
      [{ ...FILE, path: 'etc/', type: 'directory', mode: 0o755, mtimeMs: 1_700_000_000_000 }],
      [{ ...FILE, path: 'etc/hosts', uid: 5, gid: 6, uname: 'root', gname: 'staff' }, bodyOf('127.0.0.1 localhost\n')],
      [{ ...FILE, path: 'etc/link', type: 'symlink', linkTarget: 'hosts', mode: 0o777 }],
      [{ ...FILE, path: 'etc/hard', type: 'hardlink', linkTarget: 'etc/hosts' }],
      [{ ...FILE, path: 'dev/sda', type: 'block', device: { major: 8, minor: 17 }, mode: 0o660 }],
      [{ ...FILE, path: 'dev/null', type: 'character', device: { major: 1, minor: 3 }, mode: 0o666 }],
      [{ ...FILE, path: 'run/pipe', type: 'fifo' }],
      [
        {
          ...FILE,
          path: 'bin/su',
          mode: 0o4755,
          xattrs: new Map([['security.capability', Uint8Array.of(0, 1, 10, 255)]]),
        },
      ],
      [{ ...FILE, path: `${'long/'.repeat(60)}name`, uid: 3_000_000, mtimeMs: -1500.5 }, bodyOf('x')],
      [{ ...FILE, path: 'überall/日本', type: 'symlink', linkTarget: 'ü'.repeat(80) }],
    ];
    const tar = await written(...entries);
    const read = entriesOf(tar);
    expect(read).toMatchObject(entries.map(([header]) => header));
    expect(read.map((entry) => utf8Text(contentOf(tar, entry)))).toEqual([
      '',
      '127.0.0.1 localhost\n',
      ...Array<string>(6).fill(''),
      'x',
      '',
    ]);
    expect(tar.byteLength % 512).toBe(0);
  });

  it('puts a slash behind the names of directories', async () => {
    const [entry] = entriesOf(await written([{ ...FILE, path: 'usr', type: 'directory' }]));
    expect(entry?.path).toBe('usr/');
  });

  it('needs no extended header for a name that splits into prefix and name', async () => {
    const path = `${'d'.repeat(90)}/${'f'.repeat(90)}`;
    const tar = await written([{ ...FILE, path }]);
    expect(tar.byteLength).toBe(512 + 1024);
    expect(entriesOf(tar)[0]?.path).toBe(path);
  });

  it('stores a body with holes sparse, and at its full size for readers', async () => {
    const body = bodyOf('head', 1_000_000, 'middle', 5, 'more', 300_000_000);
    const tar = await written([{ ...FILE, path: 'usr/bin/big' }, body], [FILE, bodyOf('next')]);
    expect(tar.byteLength).toBeLessThan(8192);
    const [big, next] = entriesOf(tar);
    expect(big).toMatchObject({ path: 'usr/bin/big', sizeBytes: 301_000_019 });
    const whole = contentOf(tar, { ...big!, extents: big!.extents.slice(0, -1) });
    expect(utf8Text(whole.subarray(0, 5))).toBe('head\0');
    expect(utf8Text(whole.subarray(1_000_004, 1_000_019))).toBe('middle\0\0\0\0\0more');
    expect(utf8Text(contentOf(tar, next!))).toBe('next');
  });

  it('keeps a file that is one hole', async () => {
    const tar = await written([FILE, bodyOf(4096)]);
    expect(entriesOf(tar)[0]).toMatchObject({ sizeBytes: 4096, extents: [{ length: 4096 }] });
  });

  it('writes out a hole that is shorter than telling of it', async () => {
    const tar = await written([FILE, bodyOf('a', 1000, 'b')]);
    expect(tar.byteLength).toBe(512 + 1024 + 1024);
    const [entry] = entriesOf(tar);
    expect(entry?.extents).toEqual([{ tarOffset: 512, length: 1002 }]);
    expect(utf8Text(contentOf(tar, entry!))).toBe(`a${'\0'.repeat(1000)}b`);
  });

  it('passes large bodies on as slices, without a copy', () => {
    const blob = new Blob([new Uint8Array(1 << 20)]);
    const buffer = new Uint8Array(1 << 20);
    const writer = new TarWriter();
    writer.add(FILE, bodyOf(blob));
    writer.add(FILE, bodyOf(buffer));
    const parts = writer.finish();
    expect(parts).toContain(blob);
    expect(parts.some((part) => part instanceof Uint8Array && part.buffer === buffer.buffer)).toBe(true);
    expect(partsSize(parts)).toBe(2 * (512 + (1 << 20)) + 1024);
  });

  it('hashes to what its bytes hash to', async () => {
    const writer = new TarWriter();
    writer.add(FILE, bodyOf(new Blob(['some text'])));
    const parts = writer.finish();
    const tar = await tarBytes(parts);
    expect(await hashParts(parts)).toEqual({ digest: `sha256:${sha256OfSmall(tar)}`, sizeBytes: tar.byteLength });
  });

  it.each([
    ['a NUL in the name', { ...FILE, path: 'a\0b' }, undefined],
    ['no name', { ...FILE, path: '' }, undefined],
    ['a body on a directory', { ...FILE, type: 'directory' as const }, bodyOf('x')],
    ['a body of another length', FILE, { sizeBytes: 3, segments: [] }],
    ['a device number too large', { ...FILE, type: 'block' as const, device: { major: 2 ** 21, minor: 0 } }, undefined],
    ['an attribute with an equals sign', { ...FILE, xattrs: new Map([['user.a=b', utf8('x')]]) }, undefined],
  ])('refuses %s', (_, header, body) => {
    const refusal = (): unknown => new TarWriter().add(header, body);
    expect(refusal).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
  });
});
