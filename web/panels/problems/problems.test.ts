import { expect, it } from 'vitest';
import type { Diagnostic, WireError } from '../../../worker/api/types.ts';
import { problemsOf, withCode } from './problems.ts';

const found = (severity: Diagnostic['severity'], line: number, message = ''): Diagnostic => ({
  severity,
  message,
  range: { startLine: line, endLine: line },
});
const failed: WireError = { code: 'build', message: 'exit code: 1', data: {}, source: { startLine: 5, endLine: 5 } };

it('errors come first, then by line', () => {
  const list = problemsOf([found('hint', 1), found('warning', 4), found('error', 9), found('warning', 2)], undefined);
  expect(list.map((problem) => [problem.severity, problem.line])).toEqual([
    ['error', 9],
    ['warning', 2],
    ['warning', 4],
    ['hint', 1],
  ]);
});

it('a build error is told unless an error of its line tells it already; a cancel is none', () => {
  expect(problemsOf([found('warning', 5)], failed)).toHaveLength(2);
  expect(problemsOf([found('error', 5)], failed)).toHaveLength(1);
  expect(problemsOf([], { ...failed, code: 'cancelled' })).toEqual([]);
});

it('tells what mends a finding from what leaves it out', () => {
  const fix = (title: string, skips = false) => ({ title, skips, edits: [] });
  const [problem] = problemsOf(
    [{ ...found('warning', 1), fixes: [fix('Use COPY'), fix('Skip X in this file', true)] }],
    undefined,
  );
  expect([problem?.fixes, problem?.skips].map((fixes) => fixes?.map(({ title }) => title))).toEqual([
    ['Use COPY'],
    ['Skip X in this file'],
  ]);
});

it('code in a sentence is every other part', () => {
  expect(withCode('Use `apk add`, not `apk`.')).toEqual(['Use ', 'apk add', ', not ', 'apk', '.']);
  expect(withCode('plain')).toEqual(['plain']);
});
