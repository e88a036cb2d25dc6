/** The first build of a visit: it has the processor for itself, what is not needed to show its stack comes after. */

/** Nothing waits for it longer, milliseconds. */
const LONGEST_MS = 4000;

/** Tells when the rest of the page may start: Monaco, and the worker that answers for the language. */
export class FirstBuild {
  readonly ended: Promise<void>;
  #end: () => void = () => undefined;

  constructor() {
    this.ended = new Promise((resolve) => (this.#end = resolve));
    setTimeout(this.#end, LONGEST_MS);
  }

  /** It came to its end, one way or the other, or there will be none. */
  end(): void {
    this.#end();
  }
}
