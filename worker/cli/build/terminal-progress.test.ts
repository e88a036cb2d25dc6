import { describe, expect, it } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import type { Clock } from '../../base/ports.ts';
import type { SolveStatus, VertexStatus } from '../../base/progress.ts';
import { TerminalProgress } from './terminal-progress.ts';

/** A display on a clock that stands still until it is set, and the block it drew last. */
function openDisplay(size = { columns: 80, rows: 24 }) {
  let nowMs = 0;
  const frames: string[] = [];
  const clock: Clock = {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    yieldTask: () => Promise.resolve(),
    sleep: (_ms, signal) => new Promise((resolve) => signal?.addEventListener('abort', () => resolve())),
  };
  const display = new TerminalProgress(
    (text) => void frames.push(text),
    (status) => status,
    clock,
    size,
  );
  return {
    display,
    tell(atMs: number, status: SolveStatus): void {
      nowMs = atMs;
      display.sink(status);
    },
    raw: () => frames.at(-1) ?? '',
    // eslint-disable-next-line no-control-regex -- sequences begin with a control character
    shown: () => (frames.at(-1) ?? '').replace(/[^\n]*\[\+\]/, '[+]').replace(/\u001b\[[0-9;?]*[a-zA-Z]/g, ''),
  };
}

const vertex = (id: string, name: string, more: Partial<VertexStatus> = {}): VertexStatus => ({ id, name, inputs: [], startedMs: 0, ...more }); // prettier-ignore

describe('the progress of a build in a terminal', () => {
  it('is the block that Docker draws, with the output of what runs', () => {
    const { display, tell, shown, raw } = openDisplay();
    tell(200, {
      vertexes: [
        vertex('a', '[internal] load build definition from Dockerfile', { completedMs: 10 }),
        vertex('b', '[2/4] RUN for i in 1 2 3 4 5 6 7 8; do echo line $i; sleep 0.3; done'),
      ],
      statuses: [
        { id: 'transferring dockerfile:', vertex: 'a', current: 147, total: 0, startedMs: 0, completedMs: 10 },
      ],
      logs: [{ vertex: 'b', stream: 1, data: utf8('line 1\nline'), timeMs: 200 }],
    });
    expect(shown().split('\n')).toEqual([
      '[+] Building 0.2s (1/2)                                          docker:default',
      ' => [internal] load build definition from Dockerfile                       0.0s',
      ' => => transferring dockerfile: 147B                                       0.0s',
      ' => [2/4] RUN for i in 1 2 3 4 5 6 7 8; do echo line $i; sleep 0.3; done   0.2s',
      ' => => # line 1',
      ' => => # line',
      '',
    ]);
    tell(2600, { vertexes: [vertex('b', '[2/4] RUN for', { completedMs: 2600, cache: { hit: true } as never })] });
    display.finish();
    expect(shown().split('\n')).toEqual([
      '[+] Building 2.6s (2/2) FINISHED                                 docker:default',
      ' => [internal] load build definition from Dockerfile                       0.0s',
      ' => => transferring dockerfile: 147B                                       0.0s',
      ' => CACHED [2/4] RUN for                                                   2.6s',
      '',
    ]);
    // drawn over the block before, whose lines that are gone were blanked
    expect(raw()).toContain('\u001b[1A\u001b[1A\u001b[1A\u001b[1A\r');
  });

  it('keeps what runs in sight where the terminal is low', () => {
    const { tell, shown } = openDisplay({ columns: 60, rows: 5 });
    const done = Array.from({ length: 6 }, (_, at) => vertex(`d${at}`, `done ${at}`, { completedMs: 1 }));
    tell(500, { vertexes: [vertex('r', '[1/9] RUN make'), ...done] });
    expect(shown().split('\n').slice(1)).toEqual([
      ' => [1/9] RUN make                                     0.5s',
      ' => done 4                                             0.0s',
      ' => done 5                                             0.0s',
      '',
    ]);
  });
});
