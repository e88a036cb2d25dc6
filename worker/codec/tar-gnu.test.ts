/** The tar reader and writer beside GNU tar: each reads what the other writes. Skipped where the program is not GNU tar. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { concatBytes, equalBytes, readAll, utf8, utf8Text, type Bytes } from '../base/bytes.ts';
import { partsStream } from './byte-parts.ts';
import type { TarBody, TarEntry, TarHeader } from './tar-entry.ts';
import { TarReader } from './tar-reader.ts';
import { TarWriter } from './tar-writer.ts';

const gnuTar = spawnSync('tar', ['--version'], { encoding: 'utf8' });
const missing = gnuTar.status !== 0 || !gnuTar.stdout.includes('GNU tar');

const LONG_FOLDER = 'a folder with a long name '.repeat(3).trim();
const LONG_NAME = `${LONG_FOLDER}/${'f'.repeat(200)}`;
const LONG_TARGET = 'target/'.repeat(40);
const SPARSE_SIZE = 5_000_000;
const MTIME = 1_600_000_000.25;

let folder = '';

function entriesOf(tar: Uint8Array, chunkBytes = tar.byteLength): Map<string, TarEntry> {
  const entries = new Map<string, TarEntry>();
  const reader = new TarReader((entry) => entries.set(entry.path, entry));
  for (let at = 0; at < tar.byteLength; at += chunkBytes) reader.write(tar.subarray(at, at + chunkBytes));
  reader.end();
  return entries;
}

function contentOf(tar: Uint8Array, entry: TarEntry): Bytes {
  return concatBytes(
    entry.extents.map(({ tarOffset, length }) =>
      tarOffset === undefined ? new Uint8Array(length) : tar.subarray(tarOffset, tarOffset + length),
    ),
  );
}

/** A file with data at its start, in its middle and at its end, and holes between. */
function makeSparseFile(path: string): void {
  const file = openSync(path, 'w');
  writeSync(file, utf8('start'), 0, 5, 0);
  writeSync(file, utf8('middle'), 0, 6, 2_000_123);
  writeSync(file, utf8('end'), 0, 3, SPARSE_SIZE - 3);
  closeSync(file);
}

function makeTree(root: string): void {
  mkdirSync(join(root, LONG_FOLDER), { recursive: true });
  mkdirSync(join(root, 'empty'), { mode: 0o700 });
  writeFileSync(join(root, 'plain'), 'some text\n', { mode: 0o640 });
  writeFileSync(join(root, 'empty-file'), '');
  writeFileSync(join(root, 'block'), new Uint8Array(512).fill(65));
  writeFileSync(join(root, LONG_NAME), 'long');
  writeFileSync(join(root, 'ünïcode 日本'), 'unicode');
  linkSync(join(root, 'plain'), join(root, 'second name'));
  symlinkSync('plain', join(root, 'link'));
  symlinkSync(LONG_TARGET, join(root, 'long link'));
  execFileSync('mkfifo', [join(root, 'pipe')]);
  makeSparseFile(join(root, 'sparse'));
  utimesSync(join(root, 'plain'), MTIME, MTIME);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-tar-'));
  if (missing) return;
  mkdirSync(join(folder, 'tree'));
  makeTree(join(folder, 'tree'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function archive(...options: string[]): Bytes {
  const path = join(folder, 'made.tar');
  execFileSync('tar', ['--create', '--file', path, '--directory', join(folder, 'tree'), ...options, '.']);
  return new Uint8Array(readFileSync(path));
}

describe.skipIf(missing)('archives that GNU tar writes (skipped where tar is not GNU tar)', () => {
  const formats = [
    ['--format=gnu'],
    ['--format=oldgnu'],
    ['--format=pax'],
    ['--format=gnu', '--sparse'],
    ['--format=pax', '--sparse', '--sparse-version=0.0'],
    ['--format=pax', '--sparse', '--sparse-version=0.1'],
    ['--format=pax', '--sparse', '--sparse-version=1.0'],
  ];
  it.each(formats.map((options) => [options.join(' '), options] as const))('%s', (_, options) => {
    const root = join(folder, 'tree');
    const tar = archive(...options, '--owner=someone:3000000', '--group=others:5');
    for (const chunkBytes of [tar.byteLength, 1000]) {
      const entries = entriesOf(tar, chunkBytes);
      expect([...entries.keys()].sort()).toEqual(
        [
          './',
          `./${LONG_FOLDER}/`,
          './block',
          './empty-file',
          './empty/',
          './link',
          './long link',
          './pipe',
          './plain',
          './second name',
          './sparse',
          './ünïcode 日本',
          `./${LONG_NAME}`,
        ].sort(),
      );
      for (const [path, entry] of entries) {
        expect(entry, path).toMatchObject({ uid: 3_000_000, gid: 5, uname: 'someone', gname: 'others' });
        const onDisk = lstatSync(join(root, path));
        expect(entry.mode, path).toBe(onDisk.mode & 0o7777);
        const exact = options.includes('--format=pax');
        expect(
          Math.abs(entry.mtimeMs - (exact ? onDisk.mtimeMs : Math.floor(onDisk.mtimeMs / 1000) * 1000)),
          path,
        ).toBeLessThan(0.001);
        if (entry.type !== 'file') continue;
        expect(entry.sizeBytes, path).toBe(onDisk.size);
        expect(equalBytes(contentOf(tar, entry), readFileSync(join(root, path))), path).toBe(true);
      }
      const links = ['./plain', './second name'].map((path) => entries.get(path)!);
      expect(links.map(({ type }) => type).sort()).toEqual(['file', 'hardlink']);
      expect(links.find(({ type }) => type === 'hardlink')?.linkTarget).toMatch(/^\.\/(plain|second name)$/);
      expect(entries.get('./long link')).toMatchObject({ type: 'symlink', linkTarget: LONG_TARGET });
      expect(entries.get('./pipe')?.type).toBe('fifo');
      const holes = entries.get('./sparse')!.extents.filter(({ tarOffset }) => tarOffset === undefined);
      expect(holes.length).toBe(options.includes('--sparse') ? 2 : 0);
    }
  });

  it('a sparse file of more runs than a header holds', () => {
    const path = join(folder, 'tree', 'many-runs');
    const file = openSync(path, 'w');
    for (let i = 0; i < 100; i++) writeSync(file, utf8(`run ${i}`), 0, undefined, i * 65_536);
    closeSync(file);
    for (const options of [['--format=gnu'], ['--format=pax', '--sparse-version=0.1'], ['--format=pax']]) {
      const tar = archive('--sparse', ...options);
      const entry = entriesOf(tar).get('./many-runs')!;
      expect(
        entry.extents.filter(({ tarOffset }) => tarOffset === undefined).length,
        options.join(' '),
      ).toBeGreaterThan(90);
      expect(equalBytes(contentOf(tar, entry), readFileSync(path)), options.join(' ')).toBe(true);
    }
    rmSync(path);
  });

  it('--format=ustar and --format=v7, with what these can say', () => {
    const plain = ['--exclude=*long*', '--exclude=*n?code*', '--exclude=f*f', '--exclude=pipe'];
    for (const format of ['--format=ustar', '--format=v7']) {
      const tar = archive(format, ...plain);
      const entries = entriesOf(tar);
      expect(entries.get('./empty/')?.type, format).toBe('directory');
      expect(utf8Text(contentOf(tar, entries.get('./block')!)), format).toBe('A'.repeat(512));
      expect(entries.get('./link')).toMatchObject({ type: 'symlink', linkTarget: 'plain' });
    }
  });

  it('extended attributes, binary ones too', ({ skip }) => {
    const path = join(folder, 'tree', 'block');
    const set = spawnSync('python3', [
      '-c',
      `import os; os.setxattr(${JSON.stringify(path)}, 'user.bin', bytes([0,255,10,61]))`,
    ]);
    skip(set.status !== 0, 'extended attributes cannot be set here');
    const entry = entriesOf(archive('--format=pax', '--xattrs', '--xattrs-include=*')).get('./block');
    expect(entry?.xattrs?.get('user.bin')).toEqual(Uint8Array.of(0, 255, 10, 61));
  });

  it('appended and concatenated blocks after the end are passed over', () => {
    const tar = concatBytes([archive('--format=gnu'), new Uint8Array(20_000), utf8('junk')]);
    expect(entriesOf(tar).has('./plain')).toBe(true);
  });
});

const FILE: TarHeader = { path: 'f', type: 'file', mode: 0o644, uid: 1234, gid: 4321, mtimeMs: 1_600_000_000_000 };

function bodyOf(...runs: (string | number)[]): TarBody {
  const segments = runs.map((run) => {
    if (typeof run === 'number') return { kind: 'hole' as const, length: run };
    const source = utf8(run);
    return { kind: 'data' as const, source, start: 0, end: source.byteLength };
  });
  return { sizeBytes: segments.reduce((sum, run) => sum + (run.kind === 'hole' ? run.length : run.end), 0), segments };
}

describe.skipIf(missing)('archives that GNU tar reads (skipped where tar is not GNU tar)', () => {
  const path = (): string => join(folder, 'ours.tar');

  async function write(...entries: (readonly [TarHeader, TarBody?])[]): Promise<void> {
    const writer = new TarWriter();
    for (const [header, body] of entries) writer.add(header, body);
    writeFileSync(path(), await readAll(partsStream(writer.finish())));
  }

  const list = (): string[] =>
    execFileSync('tar', ['--list', '--verbose', '--numeric-owner', '--utc', '--full-time', '--file', path()], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    })
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/ +/g, ' '));

  it('lists them as they were meant', async () => {
    await write(
      [{ ...FILE, path: 'etc', type: 'directory', mode: 0o755 }],
      [{ ...FILE, path: 'etc/passwd' }, bodyOf('root:x:0:0\n')],
      [{ ...FILE, path: 'etc/link', type: 'symlink', linkTarget: '../x', mode: 0o777 }],
      [{ ...FILE, path: 'etc/hard', type: 'hardlink', linkTarget: 'etc/passwd' }],
      [{ ...FILE, path: 'dev/sda', type: 'block', device: { major: 8, minor: 3 }, mode: 0o660 }],
      [{ ...FILE, path: 'dev/tty', type: 'character', device: { major: 5, minor: 0 }, mode: 0o666 }],
      [{ ...FILE, path: 'run/fifo', type: 'fifo', mode: 0o600 }],
      [{ ...FILE, path: 'bin/su', mode: 0o4755, uid: 3_000_000, mtimeMs: 1_600_000_000_123.25 }],
      [{ ...FILE, path: LONG_NAME, mtimeMs: -86_400_000 }],
      [{ ...FILE, path: 'sparse' }, bodyOf('a', 1_000_000, 'b', 10_000_000_000)],
    );
    expect(list()).toEqual([
      'drwxr-xr-x 1234/4321 0 2020-09-13 12:26:40 etc/',
      '-rw-r--r-- 1234/4321 11 2020-09-13 12:26:40 etc/passwd',
      'lrwxrwxrwx 1234/4321 0 2020-09-13 12:26:40 etc/link -> ../x',
      'hrw-r--r-- 1234/4321 0 2020-09-13 12:26:40 etc/hard link to etc/passwd',
      'brw-rw---- 1234/4321 8,3 2020-09-13 12:26:40 dev/sda',
      'crw-rw-rw- 1234/4321 5,0 2020-09-13 12:26:40 dev/tty',
      'prw------- 1234/4321 0 2020-09-13 12:26:40 run/fifo',
      '-rwsr-xr-x 3000000/4321 0 2020-09-13 12:26:40.12325 bin/su',
      `-rw-r--r-- 1234/4321 0 1969-12-31 00:00:00 ${LONG_NAME}`,
      '-rw-r--r-- 1234/4321 10001000002 2020-09-13 12:26:40 sparse',
    ]);
  });

  it('extracts the same bytes, links and holes', async () => {
    const runs = ['head', 700_000, 'x'.repeat(3000), 5, 'y'.repeat(513), 1_234_567, 'tail'] as const;
    await write(
      [{ ...FILE, path: 'sparse' }, bodyOf(...runs)],
      [{ ...FILE, path: 'ends-in-a-hole' }, bodyOf('start', 1_000_001)],
      [{ ...FILE, path: 'hole' }, bodyOf(123_456)],
      [{ ...FILE, path: LONG_NAME }, bodyOf('long')],
      [{ ...FILE, path: 'ünïcode' }, bodyOf('unicode')],
      [{ ...FILE, path: 'link', type: 'symlink', linkTarget: LONG_TARGET }],
      [{ ...FILE, path: 'hard', type: 'hardlink', linkTarget: LONG_NAME }],
    );
    const out = mkdtempSync(join(folder, 'out-'));
    execFileSync('tar', ['--extract', '--no-same-owner', '--file', path(), '--directory', out]);
    const expected = runs.map((run) => (typeof run === 'number' ? new Uint8Array(run) : utf8(run)));
    expect(equalBytes(readFileSync(join(out, 'sparse')), concatBytes(expected))).toBe(true);
    const start = concatBytes([utf8('start'), new Uint8Array(1_000_001)]);
    expect(equalBytes(readFileSync(join(out, 'ends-in-a-hole')), start)).toBe(true);
    expect(statSync(join(out, 'hole')).size).toBe(123_456);
    expect(readFileSync(join(out, LONG_NAME), 'utf8')).toBe('long');
    expect(readFileSync(join(out, 'ünïcode'), 'utf8')).toBe('unicode');
    expect(readlinkSync(join(out, 'link'))).toBe(LONG_TARGET);
    expect(statSync(join(out, 'hard')).ino).toBe(statSync(join(out, LONG_NAME)).ino);
  });
});
