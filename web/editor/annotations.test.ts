import { describe, expect, it } from 'vitest';
import type { CacheVerdict, ImageDetail, StackRow, StepSummary } from '../../worker/api/types.ts';
import { NO_PROGRESS, reduceProgress } from '../state/build-progress.ts';
import { annotationsOf, annotationsWhileRunning, lineMover, keepAnnotations, moveAnnotations } from './annotations.ts';

const HIT: CacheVerdict = { hit: true, differences: [] };

function step(line: number, instruction: string, more: Partial<StepSummary> = {}): StepSummary {
  return {
    vertex: `v${line}`,
    name: instruction,
    stage: 'last',
    instruction,
    source: { startLine: line, endLine: line },
    sizeBytes: 5,
    layer: false,
    cache: HIT,
    ...more,
  };
}

function row(layer: number, base: boolean, line?: number): StackRow {
  const made = line === undefined ? {} : { vertex: `v${line}` };
  return { layer, instruction: '', sizeBytes: 100 + layer, added: 0, changed: 0, deleted: 0, base, ...made };
}

const STEPS = [
  step(1, 'FROM golang AS compiler', { stage: 'compiler' }),
  step(2, 'COPY . .', { stage: 'compiler', layer: true }),
  step(3, 'FROM alpine'),
  step(4, 'WORKDIR /root', { layer: true }),
  step(5, 'CMD ["x"]', { sizeBytes: 0 }),
];

const IMAGE: ImageDetail = {
  id: 'sha256:1',
  names: [],
  sizeBytes: 0,
  replica: false,
  simulated: false,
  layers: [],
  stack: [row(0, true), row(1, true), row(2, false, 4)],
  cmd: [],
  entrypoint: [],
  env: [],
  workingDir: '/',
  user: '',
};

describe('annotations of a finished build', () => {
  const found = annotationsOf(STEPS, IMAGE);

  it('the last FROM stands for all layers of the base, with their bytes', () => {
    expect(found[2]).toMatchObject({ line: 3, layers: { first: 0, last: 1 }, sizeBytes: 201, elsewhere: false });
    expect(found[0]?.layers).toBeUndefined();
  });

  it('a layer of another stage is marked as being elsewhere', () => {
    expect(found[1]).toMatchObject({ line: 2, elsewhere: true, sizeBytes: 5 });
  });

  it('an instruction and its layer have the paint of the stack', () => {
    expect(found[3]).toMatchObject({ layers: { first: 2, last: 2 }, paint: { colour: 'var(--layer-1)' } });
    expect(found[4]?.paint).toBeUndefined();
  });

  it('a layer keeps its paint while the text that follows fails, though its line has moved', () => {
    const moved = step(9, 'WORKDIR /root', { vertex: 'v4', layer: true });
    expect(annotationsOf([moved], IMAGE)[0]).toMatchObject({ line: 9, layers: { first: 2, last: 2 } });
  });

  it('a failed step tells no bytes', () => {
    const [failed] = annotationsOf([step(1, 'RUN false', { failed: true })], undefined);
    expect(failed).toMatchObject({ words: 'failed', tone: 'bad' });
    expect(failed?.sizeBytes).toBeUndefined();
  });
});

it('while a build runs, steps that report speak and the others keep what they said', () => {
  const progress = reduceProgress(NO_PROGRESS, {
    vertexes: [{ id: 'v4', name: 'x', inputs: [], startedMs: 1, source: { startLine: 4, endLine: 4 } }],
  });
  const found = annotationsWhileRunning(annotationsOf(STEPS, IMAGE), progress);
  expect(found.map(({ line, words }) => [line, words])).toEqual([
    [1, 'cached'],
    [2, 'cached'],
    [3, 'cached'],
    [4, 'running'],
    [5, 'cached'],
  ]);
});

describe('lines after an edit', () => {
  it('an inserted line moves what follows it and nothing before it', () => {
    const move = lineMover('a\nb\nc', 'a\nnew\nb\nc');
    expect([1, 2, 3].map(move)).toEqual([1, 3, 4]);
  });

  it('a removed line has no place, and what follows moves up', () => {
    const move = lineMover('a\nb\nc', 'a\nc');
    expect([1, 2, 3].map(move)).toEqual([1, undefined, 2]);
  });

  it('an edit within a line leaves it where it is', () => {
    expect([1, 2, 3].map(lineMover('a\nb\nc', 'a\nB\nc'))).toEqual([1, 2, 3]);
  });

  it('an instruction of several lines moves whole', () => {
    const annotation = annotationsOf([step(2, 'RUN x', { source: { startLine: 2, endLine: 4 } })], undefined);
    const [moved] = moveAnnotations(annotation, 'a\nb\nc\nd', 'z\na\nb\nc\nd');
    expect(moved).toMatchObject({ line: 3, endLine: 5 });
  });

  it('what is beside a line that reads otherwise now is let go of', () => {
    const annotations = annotationsOf([step(1, 'FROM a'), step(2, 'RUN b')], undefined);
    expect(keepAnnotations(annotations, 'FROM a\nRUN b', 'FROM a\nRUN d').map(({ line }) => line)).toEqual([1]);
  });
});
