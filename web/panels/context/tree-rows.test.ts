import { expect, it } from 'vitest';
import type { ContextFile } from '../../../worker/api/types.ts';
import { contextRows, ignoredNote, treeKeeper, verdictsByPath } from './tree-rows.ts';

const file = (path: string): ContextFile => ({ path, kind: 'file', content: 'x', mode: 0o644, mtimeMs: 0 });
const FILES = ['nginx.conf', 'site/img/logo.svg', 'site/index.html', '.dockerignore', 'a.txt', 'Dockerfile'].map(file);
const names = (closed: readonly string[]): string[] =>
  contextRows(treeKeeper()(FILES), new Set(closed)).map((row) => '  '.repeat(row.depth) + row.name);

it('what steers the build comes first, folders before files, folders that only paths imply among them', () => {
  expect(names([])).toEqual([
    'Dockerfile',
    '.dockerignore',
    'site',
    '  img',
    '    logo.svg',
    '  index.html',
    'a.txt',
    'nginx.conf',
  ]);
});

it('a closed folder hides what is in it', () => {
  expect(names(['site'])).toEqual(['Dockerfile', '.dockerignore', 'site', 'a.txt', 'nginx.conf']);
});

it('the note counts what stays out and names the lines once each', () => {
  const verdict = (path: string, line: number) => ({ path, ignored: true, line });
  expect(
    ignoredNote(verdictsByPath([verdict('a', 3), verdict('b', 1), verdict('c', 3), { path: 'd', ignored: false }])),
  ).toBe('3 entries stay out: lines 1, 3 of .dockerignore');
  expect(ignoredNote(verdictsByPath([{ path: 'd', ignored: false }]))).toBe('');
});

it('an edit of a text leaves the tree as it is; another path makes another', () => {
  const treeOf = treeKeeper();
  const tree = treeOf(FILES);
  expect(treeOf(FILES.map((each) => ({ ...each, content: 'other' })))).toBe(tree);
  expect(treeOf([...FILES, file('new')])).not.toBe(tree);
});
