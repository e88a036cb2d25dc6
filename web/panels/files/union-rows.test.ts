import { describe, expect, it } from 'vitest';
import { resolvePath } from '../../../worker/base/path.ts';
import { TreeRows, type LayerMark, type TreeRow } from '../../../worker/api/types.ts';
import { columnsOf, cellOf } from './columns.ts';
import { treeKey } from './tree-keys.ts';
import { foldersOfChanges, unionRows, type ChangeFilter, type UnionFilter } from './union-rows.ts';

function entry(path: string, kind: TreeRow['kind'], ...marks: (readonly [number, LayerMark])[]): TreeRow {
  const [layer, last] = marks.at(-1)!;
  return {
    path: resolvePath(path),
    depth: path.split('/').length - 1,
    kind,
    sizeBytes: 1,
    mode: 0o644,
    uid: 0,
    gid: 0,
    mtimeMs: 0,
    layer,
    deleted: last === 'deleted',
    marks: marks.map(([at, mark]) => ({ layer: at, mark })),
  };
}

const TREE = TreeRows.of([
  entry('/', 'directory', [0, 'added']),
  entry('/etc', 'directory', [0, 'added']),
  entry('/etc/hostname', 'file', [0, 'added']),
  entry('/etc/nginx', 'directory', [1, 'added']),
  entry('/etc/nginx/nginx.conf', 'file', [1, 'added'], [2, 'modified']),
  entry('/etc/nginx/old.conf', 'file', [1, 'added'], [2, 'deleted']),
  entry('/usr', 'directory', [0, 'added']),
  entry('/usr/bin', 'directory', [0, 'added']),
]);
const ALL: UnionFilter = { text: '', showDeleted: true };
const shown = (filter: Partial<UnionFilter>, open: readonly string[] = []): string[] =>
  unionRows(TREE, { ...ALL, ...filter }, new Set(open))
    .slice()
    .map(({ row }) => row.path);

describe('rows of the union tree', () => {
  it('a closed folder hides all below it, and the root itself is no row', () => {
    expect(shown({})).toEqual(['/etc', '/usr']);
    expect(shown({}, ['/etc'])).toEqual(['/etc', '/etc/hostname', '/etc/nginx', '/usr']);
    expect(shown({}, ['/etc/nginx'])).toEqual(['/etc', '/usr']);
  });

  it('a filter shows matches with the folders that hold them, open', () => {
    expect(shown({ text: 'NGINX.conf' })).toEqual(['/etc', '/etc/nginx', '/etc/nginx/nginx.conf']);
  });

  it('a folder that matches by itself stays closed unless something below matches', () => {
    const rows = unionRows(TREE, { ...ALL, text: 'bin' }, new Set());
    expect(rows.slice().map(({ row, open }) => [row.path, open])).toEqual([
      ['/usr', true],
      ['/usr/bin', false],
    ]);
  });

  it('layers and changes leave out what they did not touch', () => {
    expect(shown({ layers: { first: 2, last: 2 } })).toEqual([
      '/etc',
      '/etc/nginx',
      '/etc/nginx/nginx.conf',
      '/etc/nginx/old.conf',
    ]);
    expect(shown({ layers: { first: 0, last: 0 } })).not.toContain('/etc/nginx');
    expect(shown({ changes: new Set(['added', 'changed', 'deleted']), ownFrom: 1 })).toEqual([
      '/etc',
      '/etc/nginx',
      '/etc/nginx/nginx.conf',
      '/etc/nginx/old.conf',
    ]);
  });

  it('what was done to a path chooses, in the chosen layers', () => {
    const only = (...changes: ChangeFilter[]): string[] =>
      shown({ changes: new Set(changes), ownFrom: 1 }).filter((path) => path.endsWith('.conf'));
    expect(only('deleted')).toEqual(['/etc/nginx/old.conf']);
    expect(only('changed')).toEqual(['/etc/nginx/nginx.conf']);
    expect(only('wasted')).toEqual(['/etc/nginx/nginx.conf', '/etc/nginx/old.conf']);
    expect(shown({ changes: new Set(['added']), layers: { first: 2, last: 2 } })).toEqual([]);
  });

  it('large files alone, with the folders that hold them', () => {
    expect(shown({ leastBytes: 2 })).toEqual([]);
    expect(shown({ leastBytes: 1, text: 'hostname' })).toEqual(['/etc', '/etc/hostname']);
  });

  it('deleted paths are left out on demand, as matches too', () => {
    expect(shown({ showDeleted: false, text: 'old' })).toEqual([]);
    expect(shown({ showDeleted: false }, ['/etc', '/etc/nginx'])).not.toContain('/etc/nginx/old.conf');
  });

  it('folders above a change open at first', () => {
    expect(foldersOfChanges(TREE, 1)).toEqual(new Set(['/etc', '/etc/nginx']));
  });
});

it('a row of the tree is found where it is shown, one that is hidden nowhere', () => {
  const rows = unionRows(TREE, ALL, new Set(['/etc']));
  expect(rows.slice().map(({ row }) => rows.indexOf(TREE.placeOf(row.path)))).toEqual([0, 1, 2, 3]);
  expect(rows.indexOf(TREE.placeOf('/usr/bin'))).toBe(-1);
  expect(rows.slice(1, 3).map(({ row }) => row.path)).toEqual(['/etc/hostname', '/etc/nginx']);
  expect(rows.at(4)).toBeUndefined();
});

describe('keys in the tree', () => {
  const rows = unionRows(TREE, ALL, new Set(['/etc']));

  it('right opens a closed folder and enters an open one; left closes it or goes to its holder', () => {
    expect(treeKey('ArrowRight', rows, 2)).toEqual({ toggle: '/etc/nginx' });
    expect(treeKey('ArrowRight', rows, 0)).toEqual({ active: 1 });
    expect(treeKey('ArrowLeft', rows, 0)).toEqual({ toggle: '/etc' });
    expect(treeKey('ArrowLeft', rows, 2)).toEqual({ active: 0 });
  });

  it('up and down stop at the ends, other keys are left alone', () => {
    expect(treeKey('ArrowUp', rows, 0)).toEqual({ active: 0 });
    expect(treeKey('ArrowDown', rows, rows.length - 1)).toEqual({ active: rows.length - 1 });
    expect(treeKey('a', rows, 0)).toBeUndefined();
  });
});

describe('x-ray columns', () => {
  const paint = { colour: '', pattern: 'solid' } as const;
  const layer = (index: number, base: boolean) => ({
    index,
    base,
    title: `layer ${index}`,
    paint,
    sizeBytes: 0,
    writable: false,
  });
  const layers = [layer(0, true), layer(1, true), layer(2, false), layer(3, false), layer(4, false)];

  it('the base is one column, and the newest layers stay when there is no room for all', () => {
    expect(columnsOf(layers, 'alpine', 3).map(({ title, first, last }) => [title, first, last])).toEqual([
      ['alpine', 0, 1],
      ['layer 3', 3, 3],
      ['layer 4', 4, 4],
    ]);
  });

  it('a cell tells what the column’s topmost layer did, and whether that is what one sees', () => {
    const [base, second] = columnsOf([layer(0, true), layer(1, true), layer(2, false)], 'alpine', 9);
    const row = TREE.at(4)!;
    expect(cellOf(row, base!)).toEqual({ letter: 'A', word: 'added', visible: false });
    expect(cellOf(row, second!)).toEqual({ letter: 'M', word: 'modified', visible: true });
    expect(cellOf(TREE.at(2)!, second!)).toBeUndefined();
  });
});
