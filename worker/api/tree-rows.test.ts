import fc from 'fast-check';
import { expect, it } from 'vitest';
import { resolvePath } from '../base/path.ts';
import type { TreeRow } from '../engine/model.ts';
import { TreeRows } from './tree-rows.ts';

const row = (path: string): TreeRow => ({
  path: resolvePath(path),
  depth: 1,
  kind: 'file',
  sizeBytes: 0,
  mode: 0o644,
  uid: 0,
  gid: 0,
  mtimeMs: 0,
  layer: 0,
  deleted: false,
  marks: [],
});
const treeOf = (paths: readonly string[]): TreeRows => TreeRows.of(paths.map(row));

function found(tree: TreeRows, text: string): [number, string][] {
  const hits: [number, string][] = [];
  tree.search(text, (place, lowerCasePath) => hits.push([place, lowerCasePath()]));
  return hits;
}

const letter = fc.constantFrom('a', 'A', 'b', '/', 'ß', 'İ', '🐳');
const path = fc.string({ unit: letter, maxLength: 6 }).map((name) => resolvePath(`/${name}`));

it('search finds each path that holds the text, in either case, once', () => {
  fc.assert(
    fc.property(fc.array(path), fc.string({ unit: letter, minLength: 1, maxLength: 3 }), (paths, text) => {
      const expected = paths.flatMap((each, place) => {
        const lower = each.toLowerCase();
        return lower.includes(text.toLowerCase()) ? [[place, lower]] : [];
      });
      expect(found(treeOf(paths), text)).toEqual(expected);
    }),
  );
});

it('a text does not match across two paths', () => {
  expect(found(treeOf(['/a', '/b']), 'a\0/b')).toEqual([]);
  expect(found(treeOf([]), 'a')).toEqual([]);
});

it('the place of a path is that of the whole path, not of a part of one', () => {
  const paths = ['/ab', '/a', '/b/a', '/b'];
  const tree = treeOf(paths);
  expect(paths.map((each) => tree.placeOf(each))).toEqual([0, 1, 2, 3]);
  for (const absent of ['/', '', '/c', 'a', '/b/', '/a\0/b']) expect(tree.placeOf(absent)).toBe(-1);
});

it('there is nothing before the first row and behind the last', () => {
  const tree = treeOf(['/a', '/b']);
  expect([tree.at(-1), tree.at(0)?.path, tree.at(1)?.path, tree.at(2)]).toEqual([undefined, '/a', '/b', undefined]);
});
