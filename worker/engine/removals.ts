/** What a person removed a moment ago at the page. It is gone for all who ask, and can be brought back for a while. */
import { EngineError } from '../base/errors.ts';
import type { Clock } from '../base/ports.ts';

/** A little longer than the page offers to undo it. */
const KEPT_MS = 15_000;

export interface Removed {
  /** Makes it as it was, and lets go of what was kept for that. */
  bringBack(): Promise<void>;
  /** Lets go of what was kept for bringing it back: from now on it is gone for good. */
  forget(): Promise<void>;
}

interface Kept {
  readonly removed: Removed;
  readonly ended: AbortController;
}

export class Removals {
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Keeps what was removed under its ID until it is too late for second thoughts. */
  keep(id: string, removed: Removed): void {
    const ended = new AbortController();
    this.#kept.set(id, { removed, ended });
    this.#clock.sleep(KEPT_MS, ended.signal).then(
      // what cannot be let go of now is, when its lease runs out
      () =>
        this.#take(id)
          ?.removed.forget()
          .catch(() => undefined),
      () => undefined,
    );
  }

  /** Throws `not-found` when it is too late, and what keeps it from coming back. */
  async undo(id: string): Promise<void> {
    const kept = this.#take(id);
    if (kept === undefined) {
      throw new EngineError('not-found', 'It is gone for good by now.', { data: { id } });
    }
    try {
      await kept.removed.bringBack();
    } catch (error) {
      await kept.removed.forget();
      throw error;
    }
  }

  /** Lets go of all of it: room is asked for. */
  async forgetAll(): Promise<void> {
    for (const id of [...this.#kept.keys()]) await this.#take(id)?.removed.forget();
  }

  #take(id: string): Kept | undefined {
    const kept = this.#kept.get(id);
    this.#kept.delete(id);
    kept?.ended.abort();
    return kept;
  }
}
