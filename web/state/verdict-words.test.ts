import { expect, it } from 'vitest';
import type { CacheDifference } from '../../worker/api/types.ts';
import { longVerdict, shortVerdict, verdictTone } from './verdict-words.ts';

const miss = (...differences: CacheDifference[]) => ({ hit: false, differences });

it('a hit is a word', () => expect(shortVerdict({ hit: true, differences: [] })).toBe('cached'));

it('a changed file explains more than the rebuilt step before it, and is named by its last segment', () => {
  const verdict = miss(
    { kind: 'parent', name: '[1/2] FROM alpine' },
    { kind: 'file', name: 'src/main.go', before: 'a', after: 'b' },
    { kind: 'file', name: 'src/util.go', after: 'c' },
  );
  expect(shortVerdict(verdict)).toBe('main.go changed, 1 more');
  expect(longVerdict(verdict)).toBe(
    'Ran because src/main.go was changed; src/util.go was added; the step before it was rebuilt ([1/2] FROM alpine).',
  );
});

it('an argument tells its old and its new value', () => {
  const named = { kind: 'argument', name: 'VERSION' } as const;
  expect(longVerdict(miss({ ...named, before: '1', after: '2' }))).toContain('ARG VERSION was 1, is 2');
  expect(longVerdict(miss({ ...named, after: '2' }))).toContain('ARG VERSION is new (2)');
  expect(longVerdict(miss({ ...named, before: '1' }))).toContain('ARG VERSION is gone (was 1)');
});

it('a file that is gone was removed', () => {
  expect(shortVerdict(miss({ kind: 'file', name: 'a.txt', before: 'x' }))).toBe('a.txt removed');
});

it('only what was built before and had to run again is marked as changed', () => {
  expect(verdictTone({ hit: true, differences: [] })).toBe('good');
  expect(verdictTone(miss({ kind: 'no-record', name: '' }, { kind: 'parent', name: '' }))).toBe('quiet');
  expect(verdictTone(miss({ kind: 'disabled', name: '' }))).toBe('quiet');
  expect(verdictTone(miss({ kind: 'parent', name: '' }))).toBe('changed');
  expect(verdictTone(miss({ kind: 'file', name: 'a' }))).toBe('changed');
});
