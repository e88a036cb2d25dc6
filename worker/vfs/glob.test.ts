import { describe, expect, it } from 'vitest';
import { directory, file, symlink, treeOf, viewOf } from '../../tests/fuzz/layer-fixtures.ts';
import { expandPattern, hasWildcard, matchPattern } from './glob.ts';

describe('matchPattern, as filepath.Match', () => {
  it.each([
    ['abc', 'abc', true],
    ['*', 'abc', true],
    ['*c', 'abc', true],
    ['a*', 'a', true],
    ['a*', 'ab/c', false],
    ['a*/b', 'abc/b', true],
    ['a*/b', 'a/c/b', false],
    ['a*b*c*d*e*/f', 'axbxcxdxe/f', true],
    ['a*b*c*d*e*/f', 'axbxcxdxexxx/fff', false],
    ['a*b?c*x', 'abxbbxdbxebxczzx', true],
    ['a*b?c*x', 'abxbbxdbxebxczzy', false],
    ['ab[c]', 'abc', true],
    ['ab[b-d]', 'abc', true],
    ['ab[e-g]', 'abc', false],
    ['ab[^c]', 'abc', false],
    ['ab[^e-g]', 'abc', true],
    ['ab[!c]', 'ab!', true],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'ab', false],
    ['a?b', 'a☺b', true],
    ['a[^a]b', 'a☺b', true],
    ['a???b', 'a☺b', false],
    ['[a-ζ]*', 'α', true],
    ['*[a-ζ]', 'A', false],
    ['a?b', 'a/b', false],
    ['a*b', 'a/b', false],
    ['[\\]a]', ']', true],
    ['[\\-x]', '-', true],
    ['[x\\-]', 'z', false],
    ['*x', 'xxx', true],
    ['**', 'ab', true],
    ['', '', true],
    ['', 'a', false],
    ['x*', '', false],
  ])('%j on %j is %s', (pattern, name, expected) => {
    expect(matchPattern(pattern, name)).toBe(expected);
  });

  it.each(['[]a]', '[-]', '[x-]', '[-x]', '[', '[^', '[^bc', 'a[', '\\', '[a-b-c]', '[a\\'])(
    'refuses %j',
    (pattern) => {
      expect(() => matchPattern(pattern, 'a')).toThrow('syntax error in pattern');
    },
  );

  it('tells patterns from plain paths', () => {
    expect(['a*', 'b?', '[c]', '\\*\\?', 'd\\[e]', 'plain'].map(hasWildcard)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('expandPattern', () => {
  it('gives the paths that match, in byte order, a star also for hidden names', async () => {
    const view = viewOf(
      await treeOf([file('src/b.go'), file('src/a.go'), file('src/.c.go'), file('src/d.md'), file('x/a.go')]),
    );
    expect(expandPattern(view, 'src/*.go')).toEqual(['/src/.c.go', '/src/a.go', '/src/b.go']);
    expect(expandPattern(view, '/*/a.go')).toEqual(['/src/a.go', '/x/a.go']);
    expect(expandPattern(view, 'no*')).toEqual([]);
  });

  it('matches links by name and does not go through them', async () => {
    const view = viewOf(await treeOf([directory('real'), file('real/f'), symlink('link', 'real')]));
    expect(expandPattern(view, 'l*')).toEqual(['/link']);
    expect(expandPattern(view, 'l*/f')).toEqual([]);
  });
});
