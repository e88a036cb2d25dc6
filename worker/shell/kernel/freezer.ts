/** Stops all processes of a container where they are, as the freezer of Linux's control groups does (`docker pause`). */
export class Freezer {
  #thawed: Promise<void> | undefined;
  #thaw: (() => void) | undefined;

  /** Resolves once the processes may go on; undefined while nothing holds them. */
  get thawed(): Promise<void> | undefined {
    return this.#thawed;
  }

  freeze(): void {
    if (this.#thawed !== undefined) return;
    this.#thawed = new Promise((resolve) => {
      this.#thaw = resolve;
    });
  }

  thaw(): void {
    this.#thaw?.();
    this.#thawed = undefined;
    this.#thaw = undefined;
  }
}
