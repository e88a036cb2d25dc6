/**
 * A job: one thing a person started (a build, a pull, a command) and can stop. It carries the signal that stops it
 * and the budget that keeps long loops honest: a checkpoint lets the worker answer messages, so a cancel arrives.
 */
import { EngineError } from './errors.ts';
import type { Clock } from './ports.ts';

/** Work that can be cancelled, and yields. */
export interface Job {
  /** Unique among the running jobs of one engine. */
  readonly id: string;
  readonly signal: AbortSignal;
  readonly budget: Budget;
  /** Hears that the job waits so many milliseconds before it tries something again, and 0 when the wait is over. */
  readonly onWait?: (waitMs: number) => void;
}

/** A job that stops when `signal` is aborted, paced by `clock`. */
export function createJob(id: string, signal: AbortSignal, clock: Clock): Job {
  const budget = new Budget(
    signal,
    () => clock.monotonicMs(),
    () => clock.yieldTask(),
  );
  return { id, signal, budget };
}

/** A job that nothing can stop: for saving what must not be lost when the job before it was stopped. */
export function createUnstoppableJob(id: string, clock: Clock): Job {
  return createJob(id, new AbortController().signal, clock);
}

/** Milliseconds a loop may hold the worker before it lets others in. */
const SLICE_MS = 12;

/**
 * Says when a loop has held the thread long enough. `checkpoint()` is cheap enough to call once an iteration:
 * it reads the clock only every 64th time.
 */
export class Budget {
  readonly #signal: AbortSignal;
  readonly #now: () => number;
  readonly #yieldTask: () => Promise<void>;
  #sliceStart: number;
  #calls = 0;

  /** `now` is a monotonic clock in milliseconds; `yieldTask` resolves in a later task (not a microtask). */
  constructor(signal: AbortSignal, now: () => number, yieldTask: () => Promise<void>) {
    this.#signal = signal;
    this.#now = now;
    this.#yieldTask = yieldTask;
    this.#sliceStart = now();
  }

  /** Throws `cancelled` when the job was stopped. */
  throwIfCancelled(): void {
    if (this.#signal.aborted) throw new EngineError('cancelled', 'Cancelled.', { cause: this.#signal.reason });
  }

  /**
   * A promise to await when the slice is used up, else undefined:
   * `const pause = budget.checkpoint(); if (pause) await pause;` costs no microtask on the fast path.
   * Throws (or rejects with) `cancelled` when the job was stopped.
   */
  checkpoint(): Promise<void> | undefined {
    if (++this.#calls % 64 !== 0) return undefined;
    this.throwIfCancelled();
    if (this.#now() - this.#sliceStart < SLICE_MS) return undefined;
    return this.#pause();
  }

  async #pause(): Promise<void> {
    await this.#yieldTask();
    this.#sliceStart = this.#now();
    this.throwIfCancelled();
  }
}
