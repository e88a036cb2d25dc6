import { describe, expect, it } from 'vitest';
import { parseBuildArguments } from './build-arguments.ts';
import { headerValues, parseTxtar, splitWords } from './txtar.ts';

describe('a golden case', () => {
  it('has header lines, then files', () => {
    const txtar = parseTxtar('about: what\nlink: a -> b\n\nlink: c -> d\n-- x --\none\n-- no mark\n-- y/z --\nlast');
    expect(headerValues(txtar, 'link')).toEqual(['a -> b', 'c -> d']);
    expect([...txtar.files]).toEqual([
      ['x', 'one\n-- no mark\n'],
      ['y/z', 'last'],
    ]);
  });

  it('has no other header lines', () => {
    expect(() => parseTxtar('nonsense: 1\n-- x --\n')).toThrow('not a header line: nonsense: 1');
  });

  it.each([
    ['a  b', ['a', 'b']],
    [`--label "x y=z" 'q"r' s\\ t`, ['--label', 'x y=z', 'q"r', 's t']],
    [`"a\\"b" "c\\d" ''`, ['a"b', 'c\\d', '']],
    ['', []],
  ])('splits %j as a shell does', (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });
});

describe('parseBuildArguments', () => {
  it('reads the flags of docker build', () => {
    const words =
      '-f x --build-arg A=1 --build-arg=B --build-arg C --label l=m --target t --no-cache --platform linux/arm64 -t tag';
    const { request, dockerfile } = parseBuildArguments(words.split(' '), { B: 'from environment' });
    expect(dockerfile).toBe('x');
    expect(request).toEqual({
      buildArgs: { A: '1', B: 'from environment' },
      entitlements: ['network.host'],
      extraHosts: [],
      labels: { l: 'm' },
      noCacheFilter: [],
      target: 't',
      platform: { os: 'linux', architecture: 'arm64' },
    });
  });

  it('knows where secrets and contexts come from', () => {
    const words = ['--secret', 'id=a,src=f', '--secret=id=b,env=V', '--secret', 'id=c', '--build-context', 'n=./d'];
    const { secrets, contexts } = parseBuildArguments(words, {});
    expect([...secrets]).toEqual([
      ['a', { file: 'f' }],
      ['b', { variable: 'V' }],
      ['c', { file: 'c' }],
    ]);
    expect([...contexts]).toEqual([['n', './d']]);
  });

  it('refuses what it does not know', () => {
    expect(() => parseBuildArguments(['--nope=1'], {})).toThrow('unknown flag: --nope');
    expect(() => parseBuildArguments(['--target'], {})).toThrow('flag needs an argument: --target');
  });
});
