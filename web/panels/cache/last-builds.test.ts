import { expect, it } from 'vitest';
import type { BuildResult, CacheVerdict, StepSummary } from '../../../worker/api/types.ts';
import { compareBuilds, hitCount, keyPart } from './last-builds.ts';

const HIT: CacheVerdict = { hit: true, differences: [] };
const MISS: CacheVerdict = { hit: false, differences: [{ kind: 'parent', name: '' }] };
const step = (instruction: string, cache?: CacheVerdict): StepSummary => ({
  vertex: instruction,
  name: instruction,
  stage: '0',
  instruction,
  sizeBytes: 0,
  layer: true,
  ...(cache === undefined ? {} : { cache }),
});
const result = (...steps: StepSummary[]): BuildResult => ({
  ok: false,
  error: { code: 'build', message: '', data: {} },
  steps,
  durationMs: 1,
});

it('a step is compared with the same step of the build before, equal ones in their order', () => {
  const before = result(step('RUN a', HIT), step('RUN a', MISS), step('CMD x'));
  const now = result(step('RUN new', MISS), step('RUN a', MISS), step('RUN a', MISS), step('CMD x'));
  expect(compareBuilds(now, before).map((each) => [each.instruction, each.before, each.now])).toEqual([
    ['RUN new', 'none', 'missed'],
    ['RUN a', 'hit', 'missed'],
    ['RUN a', 'missed', 'missed'],
  ]);
  expect(hitCount(before)).toEqual({ hits: 1, steps: 2 });
});

it('a part of a key is shown with its old and its new value', () => {
  const digest = (letter: string): string => `file 0644 0:0 sha256:${letter.repeat(64)}`;
  expect(keyPart({ kind: 'file', name: 'go.mod', before: digest('a'), after: digest('b') })).toEqual({
    what: 'go.mod',
    before: 'file 0644 0:0 aaaaaaaa',
    after: 'file 0644 0:0 bbbbbbbb',
  });
  expect(keyPart({ kind: 'argument', name: 'V', after: '2' })).toEqual({
    what: 'ARG V',
    before: 'not there',
    after: '2',
  });
});
