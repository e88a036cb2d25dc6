/** Ends what has had nothing to do for a while: threads cost memory. */
import type { Clock } from '../base/ports.ts';

/** How long threads wait for more. */
const IDLE_MS = 20_000;

/** Counts the seconds in which nothing is to be done. */
export class IdleEnd {
  readonly #clock: Pick<Clock, 'sleep'>;
  readonly #end: () => void;
  #waiting: AbortController | undefined;

  /** `end` is called when nothing came for twenty seconds after {@link rest}. */
  constructor(clock: Pick<Clock, 'sleep'>, end: () => void) {
    this.#clock = clock;
    this.#end = end;
  }

  /** There is something to do. */
  work(): void {
    this.#waiting?.abort();
  }

  /** There is nothing to do any more. */
  rest(): void {
    this.work();
    const waiting = new AbortController();
    this.#waiting = waiting;
    const endUnlessWoken = (): void => {
      if (!waiting.signal.aborted) this.#end();
    };
    this.#clock.sleep(IDLE_MS, waiting.signal).then(endUnlessWoken, () => undefined);
  }
}
