/** A clock that stands still until a test moves it. */
import type { Clock } from '../../worker/base/ports.ts';

export interface ManualClock extends Clock {
  /** Moves time on; sleepers that are due wake, and what they do at once is done before this resolves. */
  advance(ms: number): Promise<void>;
}

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

/** Starts at an arbitrary moment in 2023. */
export function createManualClock(): ManualClock {
  let nowMs = 1_700_000_000_000;
  const sleepers = new Set<Sleeper>();
  let slept = 0;
  return {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    yieldTask: nextTask,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const abort = (): void => {
          sleepers.delete(sleeper);
          reject(new Error('aborted'));
        };
        const wake = (): void => {
          signal?.removeEventListener('abort', abort);
          resolve();
        };
        const sleeper = { dueMs: nowMs + ms, wake };
        sleepers.add(sleeper);
        slept++;
        signal?.addEventListener('abort', abort);
      }),
    async advance(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        const due = [...sleepers].filter((sleeper) => sleeper.dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];
        if (due === undefined) break;
        sleepers.delete(due);
        nowMs = due.dueMs;
        due.wake();
        // What it does may write, which takes a real database more than one task; then it sleeps again, or not.
        const before = slept;
        for (let tasks = 0; tasks < 20 && slept === before; tasks++) await nextTask();
      }
      nowMs = untilMs;
    },
  };
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 1);
  });
}
