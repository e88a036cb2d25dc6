import { describe, expect, it } from 'vitest';
import { describeVectors } from '../../../tests/vectors.ts';
import { readIgnoreFile } from './ignore-file.ts';
import { createPatternMatcher } from './pattern-matcher.ts';

describeVectors<{ text: string }, { patterns: string[] }>('ignorefile', undefined, (cases) => {
  it.each(cases)('$name', ({ input, expect: expected }) => {
    expect(readIgnoreFile(input.text).map(({ pattern }) => pattern)).toEqual(expected.patterns);
  });
});

describeVectors<{ patterns: string[]; path: string }, { match?: boolean; error?: string | true }>(
  'patternmatcher',
  'match',
  (cases) => {
    it.each(cases)('$name', ({ input, expect: expected }) => {
      const match = (): boolean => createPatternMatcher(input.patterns).matches(input.path);
      if (expected.error === undefined) expect(match()).toBe(expected.match);
      else expect(match).toThrow(expected.error === true ? undefined : expected.error);
    });
  },
);

describeVectors<{ patterns: string[] }, { count?: number; exceptions?: boolean; error?: boolean }>(
  'patternmatcher',
  'clean',
  (cases) => {
    it.each(cases)('$name', ({ input, expect: expected }) => {
      const create = (): ReturnType<typeof createPatternMatcher> => createPatternMatcher(input.patterns);
      if (expected.error === true) expect(create).toThrow('illegal exclusion pattern');
      if (expected.count !== undefined) expect(create().size).toBe(expected.count);
      if (expected.exceptions !== undefined) expect(create().hasExceptions).toBe(expected.exceptions);
    });
  },
);

describe('the pattern that decides', () => {
  const decide = (text: string, path: string): [boolean, number | undefined] => {
    const patterns = readIgnoreFile(text);
    const { ignored, pattern } = createPatternMatcher(patterns.map((entry) => entry.pattern)).decide(path);
    return [ignored, pattern === undefined ? undefined : patterns[pattern]?.line];
  };

  it('is told by its line, comments and blank lines counted', () => {
    const text = '# build output\n\ndist\n*.log\n!keep.log\n';
    expect(decide(text, 'dist/app/main.js')).toEqual([true, 3]);
    expect(decide(text, 'a.log')).toEqual([true, 4]);
    expect(decide(text, 'keep.log')).toEqual([false, 5]);
    expect(decide(text, 'src/a.log')).toEqual([false, undefined]);
  });

  it('is the one that left a directory out, for an exception that came too early', () => {
    // Asked of Docker 26.1: `a/b` is not left out when `!a/b` is read, so that the exception does not count below it.
    expect(decide('a/b/c\n!a/b\n', 'a/b/c/f')).toEqual([true, 1]);
    expect(decide('a/b/c\n!a/b\n', 'a/b/d')).toEqual([false, undefined]);
  });

  it('takes a later pattern for the same path again', () => {
    expect(decide('*\n!a\na/b\n', 'a/b/c')).toEqual([true, 3]);
  });

  it('matches long paths against many stars in bounded time', () => {
    const matcher = createPatternMatcher(['**/a*'.repeat(40) + 'b']);
    expect(matcher.matches('a/'.repeat(150) + 'c')).toBe(false);
  });
});
