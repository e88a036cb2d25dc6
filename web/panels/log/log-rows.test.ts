import { expect, it } from 'vitest';
import type { SolveStatus } from '../../../worker/api/types.ts';
import { NO_PROGRESS, reduceProgress } from '../../state/build-progress.ts';
import { logRows, type LogRow } from './log-rows.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const rows = (report: SolveStatus, toggled: readonly string[] = []): LogRow[] =>
  logRows(reduceProgress(NO_PROGRESS, report), new Set(toggled));
const kinds = (list: readonly LogRow[]): string[] => list.map((row) => row.kind);

const PULL: SolveStatus = {
  vertexes: [{ id: 'p', name: 'FROM alpine', inputs: [], startedMs: 1, completedMs: 2 }],
  statuses: [{ id: 'sha256:1', vertex: 'p', current: 5, total: 5, startedMs: 1, completedMs: 2 }],
};

it('a finished pull folds away, and opens by hand', () => {
  expect(kinds(rows(PULL))).toEqual(['step']);
  expect(kinds(rows(PULL, ['p']))).toEqual(['step', 'status']);
});

it('a running pull shows each layer', () => {
  const running = { ...PULL, vertexes: [{ id: 'p', name: 'FROM alpine', inputs: [], startedMs: 1 }] };
  expect(kinds(rows(running))).toEqual(['step', 'status']);
});

it('a failed step shows its output and then its error, line by line', () => {
  const error = { code: 'build' as const, message: 'failed:\nexit code: 1', data: {} };
  const failed = rows({
    vertexes: [{ id: 'r', name: 'RUN false', inputs: [], startedMs: 1, completedMs: 2, error }],
    logs: [{ vertex: 'r', stream: 2, data: utf8('oops\n'), timeMs: 1 }],
  });
  expect(kinds(failed)).toEqual(['step', 'output', 'error', 'error']);
});

it('a cached step is one line that does not open', () => {
  const [row] = rows({ vertexes: [{ id: 'c', name: 'COPY', inputs: [], cache: { hit: true, differences: [] } }] });
  expect(row).toMatchObject({ kind: 'step', state: 'cached', foldable: false });
});
