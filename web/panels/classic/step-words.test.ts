import { expect, it } from 'vitest';
import type { ClassicStep } from '../../../worker/api/types.ts';
import { formatBytes } from '../../ui/format.ts';
import { linesOfStep, madeWords, undoneWords } from './step-words.ts';

const step = (more: Partial<ClassicStep>): ClassicStep => ({
  number: 2,
  instruction: 'RUN x',
  source: { startLine: 2, endLine: 2 },
  stage: '0',
  state: 'built',
  ...more,
});
const ID = `sha256:${'a'.repeat(64)}`;
const texts = (more: Partial<ClassicStep>): string[] => linesOfStep(step(more)).map(({ text }) => text);

it('a step that ran has a container, its output, and an image', () => {
  expect(texts({ container: 'c0ffee', output: 'one\ntwo\n', imageID: ID })).toEqual([
    'Running in c0ffee',
    'one',
    'two',
    'Removed intermediate container c0ffee',
    'aaaaaaaaaaaa',
  ]);
});

it('one from the cache has only its image; a failed one keeps its container and has no image', () => {
  expect(texts({ state: 'cached', imageID: ID })).toEqual(['Using cache', 'aaaaaaaaaaaa']);
  expect(texts({ state: 'failed', container: 'c0ffee', output: 'no' })).toEqual(['Running in c0ffee', 'no']);
});

it('a step that was not done says why', () => {
  expect(texts({ state: 'left-out' })).toEqual([]);
  expect(undoneWords(step({ state: 'left-out' }))).toContain('BuildKit left it out');
  expect(undoneWords(step({ state: 'not-reached' }))).toContain('failed before');
  expect(undoneWords(step({}))).toBe('');
});

it('an image has a layer more than its parent, or none', () => {
  expect(madeWords(step({ sizeBytes: 10 }), { first: 2, last: 2 }, true)).toBe(`layer 3, ${formatBytes(10)}`);
  expect(madeWords(step({ sizeBytes: 10 }), undefined, true)).toBe(`a layer, ${formatBytes(10)}`);
  expect(madeWords(step({}), undefined, false)).toBe('no layer, only configuration');
  expect(madeWords(step({ state: 'base' }), { first: 0, last: 1 }, false)).toBe('layers 1 to 2');
});
