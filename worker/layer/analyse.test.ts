import { describe, expect, it } from 'vitest';
import { directory, file, hardlink, symlink, treeOf, viewOf } from '../../tests/fuzz/layer-fixtures.ts';
import { utf8 } from '../base/bytes.ts';
import { resolvePath } from '../base/path.ts';
import { bodyOf } from '../vfs/body.ts';
import { layerSummaries, treeRows, type UnionRow } from './analyse.ts';

/** `path@owner: 0A 1M`, deleted ones in parentheses. */
const told = (rows: readonly UnionRow[]): string[] =>
  rows.map(({ path, layer, deleted, marks }) => {
    const history = marks.map(({ layer: by, mark }) => `${by}${mark.charAt(0).toUpperCase()}`).join(' ');
    return `${deleted ? `(${path})` : path}@${layer}: ${history}`;
  });

describe('treeRows', () => {
  it('gives every path with its owner and what each layer did, deleted ones too', async () => {
    const tree = await treeOf(
      [directory('d'), file('d/a', '1'), file('d/b', '1'), file('z', '')],
      [directory('d'), file('d/a', '22'), file('d/.wh.b'), file('n', '')],
      [file('d/b', 'back')],
    );
    const rows = treeRows(tree);
    expect(told(rows)).toEqual(['/d@1: 0A', '/d/a@1: 0A 1M', '/d/b@2: 0A 1D 2A', '/n@1: 1A', '/z@0: 0A']);
    expect(rows.map(({ depth }) => depth)).toEqual([1, 2, 2, 1, 1]);
  });

  it('shows all that a removed directory held, by the layer that removed it', async () => {
    const tree = await treeOf([file('d/s/f', ''), file('k', '')], [file('.wh.d')], [directory('d')]);
    expect(told(treeRows(tree))).toEqual(['/d@2: 0A 1D 2A', '(/d/s)@1: 0A 1D', '(/d/s/f)@1: 0A 1D', '/k@0: 0A']);
  });

  it('what a view wrote stays out of the rows of the stack below it', async () => {
    const view = viewOf(await treeOf([file('a', '1')]));
    const before = told(treeRows(view));
    view.unlink(resolvePath('/a'));
    expect(told(treeRows(view))).toEqual(['(/a)@1: 0A 1D']);
    expect(told(treeRows(view.base))).toEqual(before);
    expect(layerSummaries(view.base)).toMatchObject([{ added: 1, deleted: 0 }]);
  });

  it('marks opaque directories, and replaced ones', async () => {
    const tree = await treeOf(
      [file('a/x', ''), file('b/x', ''), file('c/x', '')],
      [directory('a'), file('a/.wh..wh..opq'), file('a/y', ''), file('.wh.b'), directory('b'), file('c', 'file')],
    );
    expect(told(treeRows(tree))).toEqual([
      '/a@1: 0A 1O',
      '(/a/x)@1: 0A 1D',
      '/a/y@1: 1A',
      '/b@1: 0A 1O',
      '(/b/x)@1: 0A 1D',
      '/c@1: 0A 1M',
      '(/c/x)@1: 0A 1D',
    ]);
  });

  it('marks a directory only where it changed itself', async () => {
    const tree = await treeOf([directory('d'), file('d/f', '')], [directory('d', 0o700)]);
    expect(told(treeRows(tree))).toEqual(['/d@1: 0A 1M', '/d/f@0: 0A']);
  });

  it('gives the attributes that ls would show, of links and hard links too', async () => {
    const rows = treeRows(
      await treeOf([file('a', 'text', { mode: 0o640, uid: 5 }), hardlink('b', 'a'), symlink('l', 'zü')]),
    );
    expect(rows[1]).toMatchObject({ path: '/b', kind: 'file', sizeBytes: 4, mode: 0o640, uid: 5 });
    expect(rows[2]).toMatchObject({ kind: 'symlink', sizeBytes: 3, target: 'zü' });
  });

  it('has the upper of a view as the top layer', async () => {
    const view = viewOf(await treeOf([file('d/f', ''), file('e', ''), file('g/h', '')]));
    view.writeFile(resolvePath('/d/f'), bodyOf(utf8('new')), { mode: 0o644, uid: 0, gid: 0 });
    view.unlink(resolvePath('/e'));
    view.removeAll(resolvePath('/g'));
    view.mkdir(resolvePath('/g'), { mode: 0o755, uid: 0, gid: 0 });
    expect(told(treeRows(view))).toEqual([
      '/d@1: 0A',
      '/d/f@1: 0A 1M',
      '(/e)@1: 0A 1D',
      '/g@1: 0A 1O',
      '(/g/h)@1: 0A 1D',
    ]);
  });

  it('agrees with the merged tree on what is seen', async () => {
    const tree = await treeOf(
      [file('usr/lib/x', ''), symlink('lib', 'usr/lib')],
      [file('lib/y', ''), file('lib/.wh.x')],
    );
    expect(told(treeRows(tree))).toEqual([
      '/lib@0: 0A',
      '/usr@0: 0A',
      '/usr/lib@0: 0A',
      '(/usr/lib/x)@1: 0A 1D',
      '/usr/lib/y@1: 1A',
    ]);
  });
});

describe('layerSummaries', () => {
  it('count paths as docker diff lists them', async () => {
    const tree = await treeOf(
      [directory('d'), file('d/a', '1'), file('d/b', '22')],
      [directory('d'), file('d/a', '333'), file('d/c', '')],
      [file('.wh.d'), file('x', '')],
    );
    expect(layerSummaries(tree)).toEqual([
      { sizeBytes: 3, added: 3, changed: 0, deleted: 0 },
      { sizeBytes: 3, added: 1, changed: 1, deleted: 0 },
      { sizeBytes: 0, added: 1, changed: 0, deleted: 1 },
    ]);
  });

  it('count a replaced directory as one change', async () => {
    const tree = await treeOf([file('d/a', '')], [file('.wh.d'), directory('d'), file('d/b', '')]);
    expect(layerSummaries(tree)[1]).toEqual({ sizeBytes: 0, added: 1, changed: 1, deleted: 0 });
  });
});
