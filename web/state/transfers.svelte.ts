/** Jobs that move bytes and take their time: export, push, pull. Each shows its bytes and can be cancelled. */
import type { JobEvents } from '../../worker/api/types.ts';
import { NO_PROGRESS, reduceProgress, transferOf, type BuildProgress } from './build-progress.ts';

/** Work that ends sooner than this shows nothing. */
const SHOW_AFTER_MS = 300;

export class Transfer {
  readonly label: string;
  progress = $state.raw<BuildProgress>(NO_PROGRESS);
  /** False for the first moments, so that short work does not flash. */
  shown = $state(false);
  readonly #controller = new AbortController();

  constructor(label: string) {
    this.label = label;
  }

  get events(): JobEvents {
    return {
      signal: this.#controller.signal,
      onStatus: (status) => {
        this.progress = reduceProgress(this.progress, status);
      },
    };
  }

  get bytes(): ReturnType<typeof transferOf> {
    return transferOf(this.progress);
  }

  cancel(): void {
    this.#controller.abort();
  }
}

export class Transfers {
  #list = $state.raw<readonly Transfer[]>([]);

  get shown(): readonly Transfer[] {
    return this.#list.filter((transfer) => transfer.shown);
  }

  /** Runs `work` as a transfer that the status bar shows. */
  async run<R>(label: string, work: (events: JobEvents) => Promise<R>): Promise<R> {
    const transfer = new Transfer(label);
    this.#list = [...this.#list, transfer];
    const timer = setTimeout(() => (transfer.shown = true), SHOW_AFTER_MS);
    try {
      return await work(transfer.events);
    } finally {
      clearTimeout(timer);
      this.#list = this.#list.filter((each) => each !== transfer);
    }
  }
}
