import { expect, it } from 'vitest';
import { diffRows } from './line-diff.ts';

it('tells what went and what came, numbered on both sides', () => {
  expect(
    diffRows('a\nb\nc\n', 'a\nB\nc\nd\n').map(({ kind, before, after, text }) => [kind, before, after, text]),
  ).toEqual([
    ['gap', undefined, undefined, 'line 1'],
    ['same', 1, 1, 'a'],
    ['removed', 2, undefined, 'b'],
    ['added', undefined, 2, 'B'],
    ['same', 3, 3, 'c'],
    ['added', undefined, 4, 'd'],
  ]);
});

it('equal texts have no rows, and a missing line feed at the end is told', () => {
  expect(diffRows('a\n', 'a\n')).toEqual([]);
  expect(diffRows('a\n', 'a').map(({ text }) => text)).toContain('no line feed at the end');
});

it('what is far from a change is left out', () => {
  const lines = Array.from({ length: 50 }, (_, place) => `line ${place}`);
  const changed = lines.with(25, 'other');
  expect(diffRows(`${lines.join('\n')}\n`, `${changed.join('\n')}\n`)).toHaveLength(1 + 3 + 2 + 3);
});
