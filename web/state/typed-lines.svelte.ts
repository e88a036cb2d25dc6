/** Lines that the page types in the terminal for a person: a lesson's command, what a link brought along. */
export class TypedLines {
  #waiting = $state.raw<readonly string[]>([]);

  /** Lines that the terminal has not taken yet. */
  get waiting(): readonly string[] {
    return this.#waiting;
  }

  say(lines: readonly string[]): void {
    this.#waiting = [...this.#waiting, ...lines];
  }

  /** Takes them all: the terminal types them, one when the one before has ended. */
  take(): readonly string[] {
    const lines = this.#waiting;
    this.#waiting = [];
    return lines;
  }
}
