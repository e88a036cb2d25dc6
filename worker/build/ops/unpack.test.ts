import { describe, expect, it } from 'vitest';
import { treeOf } from '../../../tests/build/build-world.ts';
import { readAll, streamOf, utf8, utf8Text, type Bytes } from '../../base/bytes.ts';
import { createUnstoppableJob } from '../../base/job.ts';
import { resolvePath, ROOT } from '../../base/path.ts';
import { partsStream } from '../../codec/byte-parts.ts';
import { gzip } from '../../codec/gzip.ts';
import type { TarHeader } from '../../codec/tar-entry.ts';
import { TarWriter } from '../../codec/tar-writer.ts';
import { bodyOf, readBody } from '../../vfs/body.ts';
import { EMPTY_TREE } from '../../vfs/merge.ts';
import { createUnionView } from '../../vfs/union-view.ts';
import type { UnionView } from '../../vfs/view.ts';
import type { CopySettings } from './copy/tree-copier.ts';
import { readTar, unpackArchive, unpackEntries } from './unpack.ts';

const job = createUnstoppableJob('test', {
  nowMs: () => 0,
  monotonicMs: () => 0,
  sleep: () => Promise.resolve(),
  yieldTask: () => Promise.resolve(),
});
const SETTINGS: CopySettings = {
  owner: undefined,
  mode: undefined,
  excludes: undefined,
  timeMs: 9000,
  rootName: '',
  job,
};
const p = resolvePath;

type Row = Pick<TarHeader, 'path' | 'type'> & Partial<TarHeader> & { readonly text?: string };

async function tarOf(rows: readonly Row[]): Promise<Bytes> {
  const writer = new TarWriter();
  for (const { text, ...row } of rows) {
    const header = { mode: 0o644, uid: 1, gid: 2, mtimeMs: 5000, ...row };
    const source = utf8(text ?? '');
    const segments = [{ kind: 'data', source, start: 0, end: source.byteLength } as const];
    if (row.type === 'file') writer.add(header, { sizeBytes: source.byteLength, segments });
    else writer.add(header);
  }
  return readAll(partsStream(writer.finish()));
}

/** Unpacks bytes, as a file of a context, into `/into` of a view. */
async function unpack(bytes: Bytes, to: UnionView, settings = SETTINGS): Promise<boolean> {
  const from = createUnionView(EMPTY_TREE, { now: () => 0 });
  from.writeFile(p('/a'), bodyOf(bytes), { mode: 0o644, uid: 0, gid: 0 });
  return unpackArchive(from, p('/a'), to, '/into', settings);
}

const emptyView = (): UnionView => createUnionView(EMPTY_TREE, { now: () => 9000 });

async function textAt(view: UnionView, path: string): Promise<string> {
  const inode = view.lookup(p(path));
  return inode?.kind === 'file' ? utf8Text(await readBody(inode.body)) : `no file but ${inode?.kind ?? 'nothing'}`;
}

describe('unpacking an archive', () => {
  it('keeps owners, modes, times, links and hard links', async () => {
    const tar = await tarOf([
      { path: 'd', type: 'directory', mode: 0o750 },
      { path: 'd/f', type: 'file', mode: 0o4711, text: 'text' },
      { path: 'd/h', type: 'hardlink', linkTarget: 'd/f', mode: 0o4711 },
      { path: 'd/s', type: 'symlink', linkTarget: 'f' },
    ]);
    const view = emptyView();
    expect(await unpack(tar, view, { ...SETTINGS, owner: { uid: 7, gid: 8 } })).toBe(true);
    expect(view.lookup(p('/into'))).toMatchObject({ mode: 0o755, uid: 7, gid: 8, mtimeMs: 9000 });
    expect(view.lookup(p('/into/d'))).toMatchObject({ mode: 0o750, uid: 1, gid: 2, mtimeMs: 5000 });
    expect(view.lookup(p('/into/d/f'))).toMatchObject({ mode: 0o4711, uid: 1, gid: 2, mtimeMs: 5000 });
    expect(view.linkCount(p('/into/d/h'))).toBe(2);
    expect(await textAt(view, '/into/d/s')).toBe('text');
  });

  it('gives a file what the archive says of a hard link to it', async () => {
    const tar = await tarOf([
      { path: 'f', type: 'file', mode: 0o4711, text: 'text' },
      { path: 'h', type: 'hardlink', linkTarget: 'f', mode: 0o600, uid: 5 },
    ]);
    const view = emptyView();
    await unpack(tar, view);
    expect(view.lookup(p('/into/f'))).toMatchObject({ mode: 0o600, uid: 5 });
  });

  it('reads compressed ones, by their content', async () => {
    const tar = await tarOf([{ path: 'f', type: 'file', text: 'text' }]);
    const view = emptyView();
    expect(await unpack(await readAll(gzip(streamOf(tar))), view)).toBe(true);
    expect(await textAt(view, '/into/f')).toBe('text');
  });

  it('does nothing with what is none, compressed or not', async () => {
    const view = emptyView();
    for (const text of ['', 'not an archive', 'x'.repeat(2000)]) {
      expect(await unpack(utf8(text), view)).toBe(false);
      expect(await unpack(await readAll(gzip(streamOf(utf8(text)))), view)).toBe(false);
    }
    expect(view.list(ROOT)).toEqual([]);
  });

  it('replaces files and links in the way, and merges directories', async () => {
    const view = createUnionView(
      treeOf({
        '/into/d/keep': 'k',
        '/into/d/old': 'o',
        '/into/x/y': '1',
        '/into/l': '-> /elsewhere',
        '/elsewhere/z': '',
      }),
      { now: () => 0 },
    );
    const tar = await tarOf([
      { path: 'd', type: 'directory', mode: 0o700 },
      { path: 'd/old', type: 'file', text: 'new' },
      { path: 'x', type: 'file', text: 'a file now' },
      { path: 'l', type: 'directory', mode: 0o711 },
    ]);
    await unpack(tar, view);
    expect(view.lookup(p('/into/d'))).toMatchObject({ mode: 0o700 });
    expect(await textAt(view, '/into/d/keep')).toBe('k');
    expect(await textAt(view, '/into/d/old')).toBe('new');
    expect(await textAt(view, '/into/x')).toBe('a file now');
    expect(view.lookup(p('/into/l'), { follow: false })?.kind).toBe('directory');
  });

  it.each([
    [{ path: '../out', type: 'file' }, '"../out" is outside of "/into"'],
    [{ path: 'a', type: 'symlink', linkTarget: '../out' }, 'invalid symlink "/into/a" -> "../out"'],
    [{ path: 'a/b', type: 'symlink', linkTarget: '../../out' }, 'invalid symlink "/into/a/b" -> "../../out"'],
    [{ path: 'a', type: 'hardlink', linkTarget: '../etc/passwd' }, 'invalid hardlink "/into/a" -> "../etc/passwd"'],
    [{ path: 'a', type: 'hardlink', linkTarget: 'gone' }, 'link /into/gone /into/a: no such file or directory'],
  ] as const)('refuses what leads out of a directory of the jail: %j', async (row, message) => {
    const view = createUnionView(treeOf({ '/into/f': '' }), { now: () => 0 });
    const archive = await readTar(streamOf(await tarOf([row])), job);
    if (archive === undefined) throw new Error('no archive');
    const place = { view, jail: ROOT, directory: p('/into') };
    await expect(unpackEntries(archive, place, SETTINGS)).rejects.toMatchObject({ code: 'build', message });
  });

  it('keeps names and links that lead out of the destination in it', async () => {
    const view = emptyView();
    await unpack(
      await tarOf([
        { path: '../up', type: 'file', text: 'up' },
        { path: 'x/../../y', type: 'file', text: 'y' },
        { path: 'out', type: 'symlink', linkTarget: '../../etc' },
        { path: 'hard', type: 'hardlink', linkTarget: '../../up' },
      ]),
      view,
    );
    expect(view.list(p('/into')).map(({ name }) => name)).toEqual(['hard', 'out', 'up', 'y']);
    expect(await textAt(view, '/into/hard')).toBe('up');
    expect(view.lookup(p('/into/out'), { follow: false })).toMatchObject({ target: '../../etc' });
  });

  it('follows links of the archive as if the destination were the root', async () => {
    const view = emptyView();
    await unpack(
      await tarOf([
        { path: 'l', type: 'symlink', linkTarget: '/in' },
        { path: 'in', type: 'directory', mode: 0o755 },
        { path: 'l/f', type: 'file', text: 'f' },
        { path: 'h', type: 'hardlink', linkTarget: 'l/f' },
      ]),
      view,
    );
    expect(await textAt(view, '/into/in/f')).toBe('f');
    expect(view.linkCount(p('/into/h'))).toBe(2);
  });

  it('refuses an entry below a link to nothing', async () => {
    const rows = [
      { path: 'l', type: 'symlink', linkTarget: '/gone' },
      { path: 'l/f', type: 'file' },
    ] as const;
    const message = 'open /l/f: no such file or directory';
    await expect(unpack(await tarOf(rows), emptyView())).rejects.toMatchObject({ code: 'build', message });
  });

  it('takes links that stay inside, and those to absolute paths', async () => {
    const view = emptyView();
    await unpack(
      await tarOf([
        { path: 'a/b', type: 'symlink', linkTarget: '../c' },
        { path: 'abs', type: 'symlink', linkTarget: '/etc' },
      ]),
      view,
    );
    expect(view.lookup(p('/into/abs'), { follow: false })).toMatchObject({ kind: 'symlink', target: '/etc' });
  });

  it('tells a damaged archive', async () => {
    const tar = await tarOf([{ path: 'f', type: 'file', text: 'x'.repeat(5000) }]);
    await expect(unpack(tar.slice(0, 2000), emptyView())).rejects.toMatchObject({ code: 'build' });
  });
});
