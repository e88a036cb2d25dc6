/** Short messages for the status bar: what happened, and the one thing to do about it. They never cover the page. */
import { isEngineError } from '../../worker/api/types.ts';

export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly tone: 'info' | 'bad';
  readonly action?: NoticeAction;
  /** What could be done instead. */
  readonly other?: NoticeAction;
}

export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

interface NoticeOptions {
  readonly tone?: Notice['tone'];
  readonly action?: NoticeAction;
  readonly other?: NoticeAction;
}

const INFO_MS = 6_000;
const ACTION_MS = 12_000;

/** The notices that are up, oldest first. Failures stay until they are dismissed. */
export class Notices {
  #list = $state.raw<readonly Notice[]>([]);
  #next = 1;

  get list(): readonly Notice[] {
    return this.#list;
  }

  say(text: string, options: NoticeOptions = {}): void {
    const { tone = 'info', ...actions } = options;
    const { action } = actions;
    const notice: Notice = { id: this.#next++, text, tone, ...actions };
    this.#list = [...this.#list.filter((each) => each.text !== text), notice].slice(-5);
    if (tone === 'info') {
      setTimeout(() => this.dismiss(notice.id), action === undefined ? INFO_MS : ACTION_MS);
    }
  }

  /** Tells a failure. A cancelled job is not one. */
  fail(what: string, error: unknown): void {
    if (isEngineError(error, 'cancelled')) return;
    this.say(`${what}: ${messageOf(error)}`, { tone: 'bad' });
  }

  dismiss(id: number): void {
    this.#list = this.#list.filter((notice) => notice.id !== id);
  }
}

/** What an error says for people. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
