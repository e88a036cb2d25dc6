/** What `trap` has set: actions by signal, with EXIT and (bash, ash) ERR. */
import type { SignalName } from '../kernel/signals.ts';

/** `EXIT` is among the signal names. */
export type TrapName = SignalName | 'ERR' | 'DEBUG' | 'RETURN';

export class Traps {
  readonly #actions = new Map<TrapName, string>();
  /** What the shell above has set: bash shows it in a subshell until that sets traps itself. */
  #inherited: readonly [TrapName, string][] = [];
  /** Running: an action does not interrupt itself. */
  readonly running = new Set<TrapName>();

  get(name: TrapName): string | undefined {
    return this.#actions.get(name);
  }

  /** An empty action ignores the signal. */
  set(name: TrapName, action: string): void {
    this.#inherited = [];
    this.#actions.set(name, action);
  }

  reset(name: TrapName): void {
    this.#inherited = [];
    this.#actions.delete(name);
  }

  entries(): [TrapName, string][] {
    return [...this.#actions];
  }

  /** Something is to be run on a signal or at the end; what is ignored does not count. */
  get hasActions(): boolean {
    return this.entries().some(([, action]) => action !== '');
  }

  /** What `trap -p` shows. */
  shown(): readonly [TrapName, string][] {
    return this.#inherited.length > 0 ? this.#inherited : this.entries();
  }

  /** A subshell keeps what is ignored alone. */
  fork(): Traps {
    const copy = new Traps();
    for (const [name, action] of this.#actions) if (action === '') copy.set(name, action);
    copy.#inherited = this.shown().filter(([name]) => name !== 'ERR' && name !== 'DEBUG' && name !== 'RETURN');
    return copy;
  }
}
