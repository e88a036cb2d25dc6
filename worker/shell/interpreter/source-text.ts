/** The texts a shell runs, and their lines. */

/** Where a text comes from: `-c` (and `eval` in it), a file, or standard input. */
export type SourceKind = 'command' | 'file' | 'stdin';

/** A text, and where its lines begin. */
export class SourceText {
  readonly text: string;
  readonly kind: SourceKind;
  /** The file, for texts that are sourced. */
  readonly file: string | undefined;
  /** It is the text of `eval` or a trap. */
  readonly evaluated: boolean;
  readonly #firstLine: number;
  #lineStarts: readonly number[] | undefined;

  /** `firstLine` is the number of its first line. */
  constructor(
    text: string,
    kind: SourceKind,
    options: { readonly firstLine?: number; readonly file?: string; readonly evaluated?: boolean } = {},
  ) {
    this.text = text;
    this.kind = kind;
    this.file = options.file;
    this.evaluated = options.evaluated ?? false;
    this.#firstLine = options.firstLine ?? 1;
  }

  /** The same text with another part in place of one. */
  withPart(start: number, end: number, part: string): SourceText {
    return new SourceText(this.text.slice(0, start) + part + this.text.slice(end), this.kind, {
      firstLine: this.#firstLine,
      evaluated: this.evaluated,
      ...(this.file === undefined ? {} : { file: this.file }),
    });
  }

  /** Line number of an offset. */
  lineAt(offset: number): number {
    this.#lineStarts ??= [0, ...Array.from(this.text.matchAll(/\n/g), (match) => match.index + 1)];
    let low = 0;
    let high = this.#lineStarts.length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + this.#firstLine;
  }

  /** The text of the line an offset lies in. */
  lineTextAt(offset: number): string {
    const start = this.text.lastIndexOf('\n', offset - 1) + 1;
    const end = this.text.indexOf('\n', start);
    return this.text.slice(start, end === -1 ? undefined : end);
  }
}
