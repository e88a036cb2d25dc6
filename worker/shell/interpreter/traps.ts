/** What `trap` has set: actions by signal, with EXIT and (bash) ERR. */
import type { SignalName } from '../kernel/signals.ts';

/** `EXIT` is among the signal names. */
export type TrapName = SignalName | 'ERR' | 'DEBUG' | 'RETURN';

export class Traps {
  readonly #actions = new Map<TrapName, string>();
  /** Running: an action does not interrupt itself. */
  readonly running = new Set<TrapName>();

  get(name: TrapName): string | undefined {
    return this.#actions.get(name);
  }

  /** An empty action ignores the signal. */
  set(name: TrapName, action: string): void {
    this.#actions.set(name, action);
  }

  reset(name: TrapName): void {
    this.#actions.delete(name);
  }

  entries(): [TrapName, string][] {
    return [...this.#actions];
  }

  /** A subshell keeps what is ignored alone. */
  fork(): Traps {
    const copy = new Traps();
    for (const [name, action] of this.#actions) if (action === '') copy.set(name, action);
    return copy;
  }
}
