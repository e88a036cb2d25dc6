/** What was typed while a line ran. The shell gets what no program of the line read, as on any terminal. */
export class TypeAhead {
  #given = '';

  /** Text that was handed to the line that runs. */
  add(text: string): void {
    this.#given += text;
  }

  /** The line has ended, its programs having read `bytesRead` of all that was handed over (UTF-8): gives the rest, and forgets it. */
  takeUnread(bytesRead: number): string {
    const given = new TextEncoder().encode(this.#given);
    this.#given = '';
    return new TextDecoder().decode(given.subarray(bytesRead));
  }
}
