import { describe, expect, it } from 'vitest';
import {
  areOneFile,
  directory,
  file,
  hardlink,
  job,
  listing,
  symlink,
  textAt,
  treeOf,
  viewOf,
  type ArchiveEntry,
} from '../../tests/fuzz/layer-fixtures.ts';
import { utf8 } from '../base/bytes.ts';
import { resolvePath, type AbsolutePath } from '../base/path.ts';
import { bodyOf, bodyOfBlob, EMPTY_BODY } from '../vfs/body.ts';
import { applyLayerEntries, EMPTY_TREE } from '../vfs/merge.ts';
import type { UnionView } from '../vfs/view.ts';
import { indexLayer } from './index-layer.ts';
import { squash } from './squash.ts';
import { commitLayer, type WrittenLayer } from './write-layer.ts';

const p = (path: string): AbsolutePath => resolvePath(path);
const FILE = { mode: 0o644, uid: 0, gid: 0 };
const body = (text: string) => bodyOf(utf8(text));

/** Entries as `tar t` tells them: `d/`, `.wh.x`, `link -> file`. */
const told = ({ index }: WrittenLayer): string[] =>
  index.entries.map(({ path, kind, target }) => {
    if (kind === 'whiteout') return path.slice(1).replace(/[^/]*$/, '.wh.$&');
    return path.slice(1) + (kind === 'directory' ? '/' : '') + (kind === 'hardlink' ? ` = ${target ?? ''}` : '');
  });

/** The layer of some changes to a base. */
async function layerOf(base: readonly ArchiveEntry[], change: (view: UnionView) => void): Promise<WrittenLayer> {
  const view = viewOf(await treeOf(base));
  change(view);
  return commitLayer(view, {}, job);
}

describe('commitLayer', () => {
  it('writes an index equal to what reading the tar gives', async () => {
    const layer = await layerOf([file('old', ''), file('etc/x', '')], (view) => {
      view.unlink(p('/old'));
      view.writeFile(p('/etc/b'), body('12345'), { ...FILE, xattrs: new Map([['security.capability', utf8('c')]]) });
      view.link(p('/etc/b'), p('/etc/c'));
      view.symlink(p('/s'), '../x', FILE);
      view.mknod(p('/null'), 'character', { major: 1, minor: 3 }, FILE);
      view.mknod(p('/pipe'), 'fifo', undefined, FILE);
      const source = utf8('0123456789');
      const hole = { kind: 'hole', length: 100_000 } as const;
      const data = { kind: 'data', source, start: 0, end: 10 } as const;
      view.writeFile(p('/sparse'), { sizeBytes: 100_010, segments: [hole, data] }, FILE);
    });
    const read = await indexLayer(layer.tar.stream(), job);
    expect(read.diffID).toBe(layer.diffID);
    expect(read.index).toEqual(layer.index);
    expect(layer.sizeBytes).toBe(100_015);
    expect(layer.tar.size).toBeLessThan(20_000);
  });

  it('of nothing is the empty layer that Docker knows', async () => {
    const layer = await layerOf([file('a', '')], (view) => {
      view.writeFile(p('/t'), EMPTY_BODY, FILE);
      view.unlink(p('/t'));
    });
    expect(layer.diffID).toBe('sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef');
  });

  it('has the same digest however the same state came about', async () => {
    const make = (order: readonly string[]) =>
      layerOf([], (view) => {
        for (const name of order) view.writeFile(p(name), body(name), { ...FILE, mtimeMs: 5_000 });
      });
    expect((await make(['/a', '/b', '/c'])).diffID).toBe((await make(['/c', '/a', '/b'])).diffID);
  });

  it('keeps times in whole seconds, none later than the source date epoch, whiteouts at 0', async () => {
    const view = viewOf(await treeOf([file('gone', '')]));
    view.writeFile(p('/early'), body(''), { ...FILE, mtimeMs: 1_999 });
    view.writeFile(p('/late'), body(''), { ...FILE, mtimeMs: 9_000_500 });
    view.unlink(p('/gone'));
    const { index } = await commitLayer(view, { sourceDateEpoch: 5_000 }, job);
    expect(index.entries.map(({ path, mtimeMs }) => [path, mtimeMs])).toEqual([
      ['/early', 1_000],
      ['/gone', 0],
      ['/late', 5_000_000],
    ]);
  });

  it('leaves sockets out, and hides the lower file that one took the place of', async () => {
    const layer = await layerOf([file('f', '')], (view) => {
      view.mknod(p('/s'), 'socket', undefined, FILE);
      view.unlink(p('/f'));
      view.mknod(p('/f'), 'socket', undefined, FILE);
    });
    expect(told(layer)).toEqual(['.wh.f']);
  });

  it('keeps of extended attributes what Docker keeps', async () => {
    const xattrs = new Map([
      ['user.note', utf8('n')],
      ['security.capability', utf8('c')],
    ]);
    const layer = await layerOf([], (view) => view.writeFile(p('/f'), body(''), { ...FILE, xattrs }));
    expect([...(layer.index.entries[0]?.xattrs?.keys() ?? [])]).toEqual(['security.capability']);
  });

  it('leaves out a file written again with its time and bytes, and the directory that held only it', async () => {
    const layer = await layerOf([file('d/f', 'same'), file('e/f', 'same')], (view) => {
      view.writeFile(p('/d/f'), bodyOfBlob(new Blob(['same'])), { ...FILE, mtimeMs: 1_000_000 });
      view.writeFile(p('/e/f'), bodyOfBlob(new Blob(['Same'])), { ...FILE, mtimeMs: 1_000_000 });
    });
    expect(told(layer)).toEqual(['e/', 'e/f']);
  });
});

describe('entries of a diff, as Docker and containerd order them', () => {
  it('directories above what changed come along, other ones not', async () => {
    const layer = await layerOf([directory('d1'), directory('d2', 0o770), file('d3/x', '')], (view) => {
      view.mkdir(p('/d1/d'), { ...FILE, mode: 0o700 });
      view.writeFile(p('/d2/f'), body('ok'), FILE);
    });
    expect(told(layer)).toEqual(['d1/', 'd1/d/', 'd2/', 'd2/f']);
    expect(layer.index.entries.map(({ mode }) => mode)).toEqual([0o755, 0o700, 0o770, 0o644]);
  });

  it('whiteouts stand where the name stood, one for a directory, none for what was inside', async () => {
    const base = [file('d1/f1', 'c'), file('d2/f1', 'c'), file('d2/f2', 'c'), file('d4/f1', 'c'), file('d5/f1', 'c')];
    const layer = await layerOf(base, (view) => {
      view.unlink(p('/d1/f1'));
      view.unlink(p('/d2/f1'));
      view.setAttributes(p('/d2/f2'), { mode: 0o777 });
      view.unlink(p('/d4/f1'));
      view.writeFile(p('/d4/f0'), body('c'), FILE);
      view.removeAll(p('/d5'));
    });
    expect(told(layer)).toEqual([
      'd1/',
      'd1/.wh.f1',
      'd2/',
      'd2/.wh.f1',
      'd2/f2',
      'd4/',
      'd4/f0',
      'd4/.wh.f1',
      '.wh.d5',
    ]);
  });

  it('a directory made anew has a whiteout for each lower name, and no opaque marker', async () => {
    const layer = await layerOf([file('d/one', ''), file('d/sub/two', '')], (view) => {
      view.removeAll(p('/d'));
      view.mkdir(p('/d'), { ...FILE, mode: 0o755 });
      view.writeFile(p('/d/new'), body(''), FILE);
    });
    expect(told(layer)).toEqual(['d/', 'd/new', 'd/.wh.one', 'd/.wh.sub']);
  });

  it('a file in place of a directory and the other way round need no whiteout', async () => {
    const layer = await layerOf([file('a/x', ''), file('b', '')], (view) => {
      view.removeAll(p('/a'));
      view.writeFile(p('/a'), body(''), FILE);
      view.unlink(p('/b'));
      view.mkdir(p('/b'), { ...FILE, mode: 0o755 });
      view.writeFile(p('/b/x'), body(''), FILE);
    });
    expect(told(layer)).toEqual(['a', 'b/', 'b/x']);
  });

  it('of a build has a new name of a lower file as a file of its own', async () => {
    const view = viewOf(await treeOf([file('a', 'x')]));
    view.link(p('/a'), p('/b'));
    expect(told(await commitLayer(view, { linksToLower: 'copied' }, job))).toEqual(['b']);
    expect(told(await commitLayer(view, {}, job))).toEqual(['b', 'a = /b']);
  });

  it('of hard links made together the first in path order is the file', async () => {
    const layer = await layerOf([], (view) => {
      view.writeFile(p('/b'), body('x'), FILE);
      view.link(p('/b'), p('/a'));
      view.link(p('/b'), p('/c'));
    });
    expect(told(layer)).toEqual(['a', 'b = /a', 'c = /a']);
  });

  it('a link to a lower file brings all its names, the new one as the file', async () => {
    const base = [file('d1/f1', 'l'), directory('d2'), directory('d3'), file('d4/f1', 'l'), hardlink('d6/l1', 'd1/f1')];
    const layer = await layerOf(base, (view) => {
      view.link(p('/d1/f1'), p('/d2/l1'));
      view.link(p('/d4/f1'), p('/d3/l1'));
      view.unlink(p('/d6/l1'));
    });
    expect(told(layer)).toEqual([
      'd2/',
      'd2/l1',
      'd1/',
      'd1/f1 = /d2/l1',
      'd3/',
      'd3/l1',
      'd4/',
      'd4/f1 = /d3/l1',
      'd6/',
      'd6/.wh.l1',
    ]);
  });

  it('a change through one name of a lower file brings the others along', async () => {
    const base = [file('a/f', 'x'), hardlink('b/f', 'a/f'), file('c', '')];
    const layer = await layerOf(base, (view) => view.setAttributes(p('/b/f'), { mode: 0o600 }));
    expect(told(layer)).toEqual(['a/', 'a/f', 'b/', 'b/f = /a/f']);
    const tree = applyLayerEntries(await treeOf(base), layer);
    expect(areOneFile(tree, '/a/f', '/b/f')).toBe(true);
  });
});

describe('squash', () => {
  it('is one layer of all that is seen, nothing of what is hidden', async () => {
    const tree = await treeOf(
      [file('a', 'x'), hardlink('b', 'a'), file('c/d', 'gone')],
      [file('c/.wh.d'), symlink('s', 'a')],
    );
    const layer = await squash(tree, {}, job);
    expect(told(layer)).toEqual(['a', 'b = /a', 'c/', 's']);
    const flat = applyLayerEntries(EMPTY_TREE, layer);
    expect(listing(flat)).toEqual(listing(tree));
    expect(await textAt(flat, '/s')).toBe('x');
  });
});
