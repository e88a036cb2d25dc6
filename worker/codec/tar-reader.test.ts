import { describe, expect, it } from 'vitest';
import { concatBytes, utf8, type Bytes } from '../base/bytes.ts';
import type { TarEntry } from './tar-entry.ts';
import { encodeHeader, type UstarFields } from './tar-header.ts';
import { formatPaxRecords } from './tar-pax.ts';
import { TarReader, type TarReaderOptions } from './tar-reader.ts';

const END = new Uint8Array(1024);

function block(fields: Partial<UstarFields> = {}): Bytes {
  return encodeHeader({
    prefix: '',
    name: 'f',
    mode: 0o644,
    uid: 0,
    gid: 0,
    size: 0,
    mtimeSeconds: 0,
    typeFlag: '0',
    linkName: '',
    uname: '',
    gname: '',
    deviceMajor: 0,
    deviceMinor: 0,
    ...fields,
  });
}

/** A header block with bytes put over it and its checksum set again. */
function patched(base: Bytes, ...patches: (readonly [at: number, bytes: readonly number[]])[]): Bytes {
  const copy = base.slice();
  for (const [at, bytes] of patches) copy.set(bytes, at);
  copy.fill(0x20, 148, 156);
  const sum = copy.reduce((total, byte) => total + byte, 0);
  copy.set(utf8(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  return copy;
}

const padded = (bytes: Uint8Array): Bytes =>
  concatBytes([bytes, new Uint8Array((512 - (bytes.byteLength % 512)) % 512)]);

function extension(typeFlag: string, body: Uint8Array): Bytes {
  return concatBytes([block({ name: 'extension', typeFlag, size: body.byteLength }), padded(body)]);
}

function pax(records: Readonly<Record<string, string>>, typeFlag = 'x'): Bytes {
  const encoded = new Map(Object.entries(records).map(([key, value]) => [key, utf8(value)] as const));
  return extension(typeFlag, formatPaxRecords(encoded));
}

function read(blocks: readonly Uint8Array[], options?: TarReaderOptions): TarEntry[] {
  const entries: TarEntry[] = [];
  const reader = new TarReader((entry) => entries.push(entry), options);
  reader.write(concatBytes(blocks));
  reader.end();
  return entries;
}

const codeOf = (blocks: readonly Uint8Array[], options?: TarReaderOptions): unknown => {
  try {
    read(blocks, options);
    return undefined;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};

describe('the header block', () => {
  it('joins the prefix of ustar, and of star, which is shorter', () => {
    expect(read([block({ prefix: 'some/where', name: 'file' }), END])[0]?.path).toBe('some/where/file');
    const star = patched(
      block({ prefix: 'p'.repeat(131), name: 'f' }),
      [345 + 131, [...utf8('00000000000 ')]],
      [508, [...utf8('tar\0')]],
    );
    expect(read([star, END])[0]?.path).toBe(`${'p'.repeat(131)}/f`);
  });

  it('reads base-256 numbers, large and negative', () => {
    const large = patched(block(), [108, [0x80, 0, 0, 0, 0xff, 0xff, 0xff, 0xfe]]);
    expect(read([large, END])[0]?.uid).toBe(4_294_967_294);
    const before1970 = patched(block(), [136, Array<number>(12).fill(0xff)]);
    expect(read([before1970, END])[0]?.mtimeMs).toBe(-1000);
    const tooLarge = patched(block(), [124, [0x80, 0x7f, ...Array<number>(10).fill(0xff)]]);
    expect(codeOf([tooLarge, END])).toBe('invalid-document');
  });

  it('reads octal numbers with blanks around them', () => {
    expect(read([patched(block(), [100, [...utf8(' 0755 \0 ')]]), END])[0]?.mode).toBe(0o755);
    expect(read([patched(block(), [100, Array<number>(8).fill(0)]), END])[0]?.mode).toBe(0);
    expect(codeOf([patched(block(), [100, [...utf8('0899\0')]]), END])).toBe('invalid-document');
  });

  it('takes a checksum of signed bytes, as old writers made it, and no other', () => {
    const named = block({ name: 'x' });
    named.set([0xc3, 0xbc], 0);
    const signed = patched(named);
    const sum = signed.reduce(
      (total, byte, i) => total + (i >= 148 && i < 156 ? 0x20 : byte > 0x7f ? byte - 256 : byte),
      0,
    );
    signed.set(utf8(sum.toString(8).padStart(6, '0')), 148);
    expect(read([signed, END])[0]?.path).toBe('ü');
    signed[0] = 0x41;
    expect(codeOf([signed, END])).toBe('invalid-document');
  });

  it('knows the directories of V7 by their slash', () => {
    const v7 = patched(block({ name: 'dir/', typeFlag: '\0' }), [257, Array<number>(8).fill(0)]);
    expect(read([v7, END])[0]?.type).toBe('directory');
    expect(read([block({ name: 'not-a-dir/' }), END])[0]?.type).toBe('file');
  });

  it('refuses entry types that Docker refuses', () => {
    expect(codeOf([block({ typeFlag: 'V' }), END])).toBe('unsupported');
  });
});

describe('PAX headers', () => {
  it('lay over the block, and an empty record takes nothing', () => {
    const records = { path: 'päth', uid: '5000000', mtime: '1.5', uname: '', linkpath: 'ignored' };
    expect(read([pax(records), block({ uname: 'block' }), END])).toEqual([
      {
        path: 'päth',
        type: 'file',
        mode: 0o644,
        uid: 5_000_000,
        gid: 0,
        uname: 'block',
        mtimeMs: 1500,
        sizeBytes: 0,
        extents: [],
      },
    ]);
  });

  it('give the size that the block cannot', () => {
    const entries = read([
      pax({ size: '600' }),
      block({ size: 0 }),
      new Uint8Array(1024),
      block({ name: 'next' }),
      END,
    ]);
    expect(entries[0]).toMatchObject({ sizeBytes: 600, extents: [{ tarOffset: 1536, length: 600 }] });
    expect(entries[1]?.path).toBe('next');
  });

  it('hold for one entry, global ones for all, if asked', () => {
    const blocks = [pax({ uid: '7' }, 'g'), pax({ gid: '8' }), block({ name: 'a' }), block({ name: 'b' }), END];
    const owners = (options?: TarReaderOptions): number[][] => read(blocks, options).map(({ uid, gid }) => [uid, gid]);
    expect(owners()).toEqual([
      [0, 8],
      [0, 0],
    ]);
    expect(owners({ applyGlobalHeaders: true })).toEqual([
      [7, 8],
      [7, 0],
    ]);
    expect(read([pax({ comment: 'a commit' }, 'g'), END])).toEqual([]);
  });

  it.each([
    ['no length', 'path=x\n'],
    ['a length too long', '99 path=x\n'],
    ['a length too short', '5 path=x\n'],
    ['no newline', '9 path=xy'],
    ['no key', '5 =x\n'],
    ['no equals sign', '7 path\n'],
    ['a NUL in a path', '10 path=a\0\n'],
    ['an owner that is no number', '11 uid=root\n'],
    ['a size that is negative', '11 size=-5\n'],
    ['a time that is none', '14 mtime=soon\n'],
  ])('are refused with %s', (_, body) => {
    expect(codeOf([extension('x', utf8(body)), block(), END])).toBe('invalid-document');
  });

  it('need an entry after them', () => {
    expect(codeOf([pax({ path: 'x' })])).toBe('corrupt');
    expect(codeOf([pax({ path: 'x' }), END])).toBe('corrupt');
  });
});

describe('GNU headers', () => {
  it('give long names, up to their NUL', () => {
    const entries = read([
      extension('K', utf8(`${'t'.repeat(200)}\0`)),
      extension('L', utf8(`${'n'.repeat(200)}\0`)),
      block({ typeFlag: '2', linkName: 'cut' }),
      END,
    ]);
    expect(entries[0]).toMatchObject({ path: 'n'.repeat(200), linkTarget: 't'.repeat(200), type: 'symlink' });
  });
});

describe('sparse maps', () => {
  const sparse = (records: Readonly<Record<string, string>>, stored: string): TarEntry | undefined =>
    read([pax(records), block({ size: stored.length }), padded(utf8(stored)), END])[0];

  it('stand in one record (0.1), or repeat (0.0, here by hand)', () => {
    expect(sparse({ 'GNU.sparse.map': '2,3,10,1', 'GNU.sparse.size': '12' }, 'abcd')).toMatchObject({
      sizeBytes: 12,
      extents: [
        { length: 2 },
        { tarOffset: 1536, length: 3 },
        { length: 5 },
        { tarOffset: 1539, length: 1 },
        { length: 1 },
      ],
    });
    const repeated = ['GNU.sparse.size=4', 'GNU.sparse.offset=1', 'GNU.sparse.numbytes=2']
      .map((record) => `${record.length + 4} ${record}\n`)
      .join('');
    const entries = read([extension('x', utf8(repeated)), block({ size: 2 }), padded(utf8('ab')), END]);
    expect(entries[0]?.extents).toEqual([{ length: 1 }, { tarOffset: 1536, length: 2 }, { length: 1 }]);
  });

  it.each([
    ['runs that overlap', '0,3,2,1', '9', 'abcd'],
    ['runs beyond the end', '0,4', '3', 'abcd'],
    ['less stored than the map says', '0,4', '9', 'abc'],
    ['more stored than the map says', '0,2', '9', 'abc'],
    ['half a run', '0,2,5', '9', 'ab'],
    ['no numbers', 'x,y', '9', ''],
  ])('are refused with %s', (_, map, size, stored) => {
    expect(() => sparse({ 'GNU.sparse.map': map, 'GNU.sparse.size': size }, stored)).toThrow(
      expect.objectContaining({ code: 'invalid-document' }),
    );
  });

  it('of form 1.0 must end within the entry', () => {
    const records = { 'GNU.sparse.major': '1', 'GNU.sparse.minor': '0', 'GNU.sparse.realsize': '9' };
    expect(() => sparse(records, '3\n0\n1\n')).toThrow(expect.objectContaining({ code: 'invalid-document' }));
    expect(() => sparse(records, `99999999\n${'1\n'.repeat(400)}`)).toThrow(expect.objectContaining({ code: 'limit' }));
    expect(() => sparse(records, '7'.repeat(2000))).toThrow(expect.objectContaining({ code: 'invalid-document' }));
  });
});

describe('the archive', () => {
  it('ends at two blocks of zeros, at one, or where it stops', () => {
    expect(read([block(), END, utf8('what follows is no matter')]).length).toBe(1);
    expect(read([block(), new Uint8Array(512)]).length).toBe(1);
    expect(read([block()]).length).toBe(1);
    expect(read([])).toEqual([]);
    expect(codeOf([new Uint8Array(512), block(), END])).toBe('invalid-document');
  });

  it('names the byte at which it is broken', () => {
    const damaged = block();
    damaged[0] = 0x7a;
    expect(() => read([block(), damaged, END])).toThrow(/byte 512: its checksum/);
  });

  it('has limits', () => {
    expect(codeOf([block(), block(), block(), END], { maxEntries: 2 })).toBe('limit');
    expect(codeOf([block({ typeFlag: 'x', size: (1 << 20) + 1 })])).toBe('limit');
    expect(codeOf([extension('L', new Uint8Array(70_000).fill(65)), block(), END])).toBe('limit');
  });

  it('passes over what directories and links claim to hold, as Go does', () => {
    const entries = read([block({ name: 'd/', typeFlag: '5', size: 4096 }), block({ name: 'next' }), END]);
    expect(entries.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
      ['d/', 0],
      ['next', 0],
    ]);
  });
});
