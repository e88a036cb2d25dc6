import { describe, expect, it } from 'vitest';
import { describeVectors } from '../../tests/vectors.ts';
import { isEngineError } from '../base/errors.ts';
import { expandWord, expandWords, type ExpandOptions } from './shell-words.ts';

const options = (env: Readonly<Record<string, string>>, more: Partial<ExpandOptions> = {}): ExpandOptions => ({
  lookup: (name) => (Object.hasOwn(env, name) ? env[name] : undefined),
  ...more,
});

interface Expected {
  word?: string;
  words?: string[];
  error?: boolean;
  error_contains?: string;
  matched?: string[];
  unmatched?: string[];
}

const sorted = (names: ReadonlySet<string>): string[] => [...names].sort();

describeVectors<{ word: string; env: Record<string, string> }, Expected>('buildkit_shell', 'word', (cases) => {
  it.each(cases)('$name', ({ input, expect: expected }) => {
    if (expected.error === true) {
      expect(() => expandWord(input.word, options(input.env))).toThrow(expected.error_contains ?? 'failed to process');
      return;
    }
    const { text, matched, unmatched } = expandWord(input.word, options(input.env));
    expect(text).toBe(expected.word);
    if (expected.matched !== undefined) expect(sorted(matched)).toEqual(expected.matched);
    if (expected.unmatched !== undefined) expect(sorted(unmatched)).toEqual(expected.unmatched);
  });
});

describeVectors<{ line: string; env: Record<string, string> }, Expected>('buildkit_shell', 'words', (cases) => {
  it.each(cases)('$name', ({ input, expect: expected }) => {
    if (expected.error === true) expect(() => expandWords(input.line, options(input.env))).toThrow('failed to process');
    else expect(expandWords(input.line, options(input.env))).toEqual(expected.words);
  });
});

describe('expandWord', () => {
  const word = (text: string, env: Record<string, string> = {}, more: Partial<ExpandOptions> = {}): string =>
    expandWord(text, options(env, more)).text;

  it.each([
    ['${X:@y}', 'failed to process "${X:@y}": unsupported modifier (:@) in substitution'],
    ['"${NOPE:?must be given}"', 'failed to process "\\"${NOPE:?must be given}\\"": NOPE: must be given'],
    [
      '"open B=2',
      'failed to process "\\"open B=2": unexpected end of statement while looking for matching double-quote',
    ],
    ['${X', 'failed to process "${X": unsupported modifier (\uFFFD) in substitution'],
    ['${X:-', 'failed to process "${X:-": syntax error: missing \'}\''],
    ['${X/', 'failed to process "${X/": syntax error: missing \'/\' in ${}'],
    ['${X%b\\ac}', 'failed to process "${X%b\\\\ac}": invalid pattern (c\\ab) in substitution: invalid escape \'\\a\''],
    ['${X?}', 'failed to process "${X?}": X: is not allowed to be unset'],
    [
      '${X/a\\b/c}',
      'failed to process "${X/a\\\\b/c}": invalid pattern (a\\b) in substitution: invalid escape \'\\b\'',
    ],
  ])('%s fails as BuildKit says it', (text, message) => {
    expect(() => word(text)).toThrow(message);
  });

  it('keeps what is not set, quotes and escapes where it is told to', () => {
    expect(word('"$A" ${B} ${C:-d}', { A: '1' }, { keepQuotes: true, keepUnset: true })).toBe('"1" ${B} ${C:-d}');
    expect(word('a\\ $B', { B: '2' }, { keepEscapes: true })).toBe('a\\ 2');
  });

  it('reads quotes in the text of a heredoc as text', () => {
    expect(word('it\'s "$A" \\$A', { A: '1' }, { ignoreQuotes: true })).toBe('it\'s "1" $A');
  });

  it('takes the escape character of the file', () => {
    expect(word('C:\\dir\\`$A', { A: '1' }, { escape: '`' })).toBe('C:\\dir\\$A');
  });

  it('replaces every match but an empty one right behind another, as Go does', () => {
    expect(word('${S//*/x}', { S: 'abc' })).toBe('x');
    expect(word('${S///-}', { S: 'ab' })).toBe('-a-b-');
    expect(word('${S//b*/$R}', { S: 'abcb', R: '[$1]' })).toBe('a[]');
  });

  it('takes a star in a pattern no further than a line', () => {
    expect(word('${S%%b*}', { S: 'a\nb c' })).toBe('a\n');
    expect(word('${S##a*b}', { S: 'a\nb' })).toBe('a\nb');
  });

  it('stops at substitutions nested too deeply', () => {
    expect(() => word('${a:-'.repeat(5000) + '}'.repeat(5000))).toThrow('nested too deeply');
  });

  it('stops at a result that would fill the memory', () => {
    const big = 'x'.repeat(300_000);
    const attempt = (text: string): unknown => {
      try {
        return word(text, { A: big, R: big });
      } catch (error) {
        return error;
      }
    };
    expect(isEngineError(attempt('$A$A$A$A'), 'limit')).toBe(true);
    expect(attempt('${A//x/$R}')).toMatchObject({ code: 'dockerfile' });
  });

  it('matches patterns of many stars in time that grows with their length alone', () => {
    const value = 'a'.repeat(5000);
    expect(word(`\${S#${'*a'.repeat(50)}b}`, { S: value })).toBe(value);
  });
});
