/** Cuts an input into records. */
import type { Input } from '../streams.ts';
import { bytesToText } from './byte-text.ts';
import type { RecordSeparator } from './separators.ts';

export class RecordReader {
  readonly #input: Input;
  #text = '';
  #at = 0;
  #ended = false;

  constructor(input: Input) {
    this.#input = input;
  }

  /** The next record; undefined at the end. A promise only when the input has to be read. */
  next(separator: RecordSeparator): string | undefined | Promise<string | undefined> {
    const record = this.#take(separator);
    return record === undefined && !this.#ended ? this.#read(separator) : record;
  }

  close(): void {
    this.#input.close();
  }

  async #read(separator: RecordSeparator): Promise<string | undefined> {
    for (;;) {
      const bytes = await this.#input.chunk();
      if (bytes === undefined) this.#ended = true;
      else {
        this.#text = this.#text.slice(this.#at) + bytesToText(bytes);
        this.#at = 0;
      }
      const record = this.#take(separator);
      if (record !== undefined || this.#ended) return record;
    }
  }

  /** A record that is complete in what was read; undefined when there is none. */
  #take(separator: RecordSeparator): string | undefined {
    switch (separator.kind) {
      case 'character':
        return this.#upTo(this.#text.indexOf(separator.character, this.#at), 1);
      case 'paragraph':
        return this.#takeParagraph();
      case 'regex': {
        const match = separator.regex.find(this.#text, this.#at);
        if (match === undefined || match[0] === '') return this.#upTo(-1, 0);
        // a match at the end of what was read may go on behind it
        const open = match.index + match[0].length === this.#text.length && !this.#ended;
        return open ? undefined : this.#upTo(match.index, match[0].length);
      }
    }
  }

  #takeParagraph(): string | undefined {
    while (this.#text[this.#at] === '\n') this.#at++;
    const gap = /\n\n+/g;
    gap.lastIndex = this.#at;
    const match = gap.exec(this.#text);
    if (match === null) {
      // busybox keeps a single newline that ends the input
      return this.#upTo(-1, 0);
    }
    if (gap.lastIndex === this.#text.length && !this.#ended) return undefined;
    return this.#upTo(match.index, match[0].length);
  }

  /** The record up to `end`, with `length` characters of separator behind it; at the end all that is left where `end` is -1. */
  #upTo(end: number, length: number): string | undefined {
    const start = this.#at;
    if (end !== -1) {
      this.#at = end + length;
      return this.#text.slice(start, end);
    }
    if (!this.#ended || start >= this.#text.length) return undefined;
    this.#at = this.#text.length;
    return this.#text.slice(start);
  }
}
