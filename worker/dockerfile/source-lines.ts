/** The lines of a Dockerfile with their ends, as BuildKit's scanner hands them out. */
import { utf8 } from '../base/bytes.ts';

/** BuildKit reads no line longer than this; the rest of such a file is not read. */
const MAX_LINE_BYTES = 65_535;

/** Walks over a text line by line. Line numbers count from 1. */
export class SourceLines {
  readonly #text: string;
  #offset: number;
  /** Number of the line read last; 0 before the first. */
  line = 0;
  /** A line was too long: nothing more is read. */
  tooLong = false;

  /** A byte order mark at the start is skipped. */
  constructor(text: string) {
    this.#text = text;
    this.#offset = text.startsWith('\uFEFF') ? 1 : 0;
  }

  /** The next line with its line end, undefined after the last. */
  next(): string | undefined {
    if (this.tooLong || this.#offset >= this.#text.length) return undefined;
    const newline = this.#text.indexOf('\n', this.#offset);
    const end = newline < 0 ? this.#text.length : newline + 1;
    const line = this.#text.slice(this.#offset, end);
    // A UTF-16 unit takes at most three bytes, so that few lines need counting.
    if (line.length * 3 > MAX_LINE_BYTES && utf8(withoutLineFeed(line)).byteLength > MAX_LINE_BYTES) {
      this.tooLong = true;
      return undefined;
    }
    this.#offset = end;
    this.line++;
    return line;
  }
}

function withoutLineFeed(line: string): string {
  return line.endsWith('\n') ? line.slice(0, -1) : line;
}

/** The line without the carriage returns and line feeds at its end. */
export function withoutLineEnd(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === '\n' || line[end - 1] === '\r')) end--;
  return line.slice(0, end);
}

export const LINE_TOO_LONG = `dockerfile line greater than max allowed size of ${MAX_LINE_BYTES}`;
