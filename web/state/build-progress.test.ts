import { describe, expect, it } from 'vitest';
import type { SolveStatus, VertexStatus } from '../../worker/api/types.ts';
import { NO_PROGRESS, reduceProgress, stateOf, transferOf, type BuildProgress } from './build-progress.ts';
import { appendOutput, linesOf, NO_OUTPUT } from './output.ts';

const vertex = (id: string, more: Partial<VertexStatus> = {}): VertexStatus => ({
  id,
  name: `step ${id}`,
  inputs: [],
  ...more,
});
const reduce = (...reports: SolveStatus[]): BuildProgress => reports.reduce(reduceProgress, NO_PROGRESS);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

it('steps are numbered in the order of their first report, and later reports replace what is known', () => {
  const { steps } = reduce(
    { vertexes: [vertex('b')] },
    { vertexes: [vertex('a')] },
    { vertexes: [vertex('b', { startedMs: 1, completedMs: 2 })] },
  );
  expect(steps.map((step) => [step.number, step.vertex.id, stateOf(step)])).toEqual([
    [1, 'b', 'done'],
    [2, 'a', 'waiting'],
  ]);
});

it('a status before its step is kept for the step', () => {
  const status = { id: 'sha256:1', vertex: 'a', current: 1, total: 4, startedMs: 0 };
  const { steps } = reduce({ statuses: [status] }, { vertexes: [vertex('a')] });
  expect(steps).toHaveLength(1);
  expect(steps[0]).toMatchObject({ vertex: { name: 'step a' }, statuses: [status] });
});

it('a character cut between two chunks is whole in the log', () => {
  const bytes = utf8('grün\n');
  const chunk = (data: Uint8Array) => ({ vertex: 'a', stream: 1 as const, data, timeMs: 0 });
  const { steps } = reduce(
    { vertexes: [vertex('a')], logs: [chunk(bytes.slice(0, 3))] },
    { logs: [chunk(bytes.slice(3))] },
  );
  expect(linesOf(steps[0]!.output)).toEqual([{ stream: 1, text: 'grün' }]);
});

it('a line without an end is shown, and goes on when more comes', () => {
  const chunk = (text: string) => ({ vertex: 'a', stream: 2 as const, data: utf8(text), timeMs: 0 });
  const first = reduce({ logs: [chunk('compil')] });
  expect(linesOf(first.steps[0]!.output)).toEqual([{ stream: 2, text: 'compil' }]);
  const second = reduceProgress(first, { logs: [chunk('ing\nnext')] });
  expect(linesOf(second.steps[0]!.output).map((line) => line.text)).toEqual(['compiling', 'next']);
});

describe('what a line shows', () => {
  it.each([
    ['10%\r50%\r100%', '100%'],
    ['\u001b[1;32mok\u001b[0m', 'ok'],
    ['dos\r', 'dos'],
    ['a\tb', 'a\tb'],
    ['\u001b]0;title\u0007text', 'text'],
    ['bell\u0007', 'bell'],
  ])('%j is %j', (raw, shown) => {
    const { steps } = reduce({ logs: [{ vertex: 'a', stream: 1, data: utf8(`${raw}\n`), timeMs: 0 }] });
    expect(linesOf(steps[0]!.output)[0]?.text).toBe(shown);
  });
});

it('the state of a step tells a failure from a cancel, and a hit from work', () => {
  const error = (code: 'run' | 'cancelled') => ({ error: { code, message: '', data: {} } });
  const states = reduce({
    vertexes: [
      vertex('1', { startedMs: 1 }),
      vertex('2', { startedMs: 1, completedMs: 2, cache: { hit: true, differences: [] } }),
      vertex('3', { startedMs: 1, completedMs: 2, ...error('run') }),
      vertex('4', { startedMs: 1, completedMs: 2, ...error('cancelled') }),
    ],
  }).steps.map(stateOf);
  expect(states).toEqual(['running', 'cached', 'failed', 'cancelled']);
});

it('a transfer counts all that has a size until everything has arrived', () => {
  const item = (id: string, current: number, completedMs?: number) => ({
    id,
    vertex: 'a',
    current,
    total: 10,
    startedMs: 0,
    ...(completedMs === undefined ? {} : { completedMs }),
  });
  const half = reduce({ statuses: [item('x', 10, 5), item('y', 2)] });
  expect(transferOf(half)).toEqual({ currentBytes: 12, totalBytes: 20 });
  expect(transferOf(reduceProgress(half, { statuses: [item('y', 10, 9)] }))).toBeUndefined();
});

describe('output without end', () => {
  const chunk = (text: string) => ({ stream: 1 as const, data: utf8(text) });

  it('keeps the last lines and counts those it let go', () => {
    const output = appendOutput(appendOutput(NO_OUTPUT, [chunk('1\n2\n3\n')], 2), [chunk('4\n')], 2);
    expect(output.lines.map((line) => line.text)).toEqual(['3', '4']);
    expect(output.dropped).toBe(2);
  });

  it('breaks a line that never ends, and loses nothing of it', () => {
    const long = 'x'.repeat(40_000);
    const output = appendOutput(NO_OUTPUT, [chunk(long), chunk(long), chunk('y')]);
    expect(linesOf(output).map((line) => line.text.length)).toEqual([80_000, 1]);
  });
});
