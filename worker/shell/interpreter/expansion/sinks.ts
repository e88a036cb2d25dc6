/** Where the pieces of an expanded word go: into fields (arguments), or into one text (assignments, redirections). */
import { escapePattern } from './patterns.ts';

export interface Sink {
  /** Text that was quoted, or stands in the script: it is neither split nor a pattern. Opens a field even when empty. */
  quoted(text: string): void;
  /** Plain text of the script: its value, and as it is written, backslashes and all. */
  literal(value: string, text: string): void;
  /** Special characters of the script itself. */
  pattern(text: string): void;
  /** What an unquoted expansion gave: split at IFS, special characters are a pattern. */
  split(text: string): void;
  /** What comes next belongs to another field (`"$@"`). */
  breakField(): void;
}

/** A field before pathname expansion. */
export interface Field {
  readonly value: string;
  /** The value with quoted special characters escaped. */
  readonly pattern: string;
  /** It holds text that might be a pattern. */
  readonly active: boolean;
}

const WHITE_SPACE = ' \t\n';

/** Collects fields, splitting at the characters of IFS (XCU 2.6.5). */
export class FieldSink implements Sink {
  readonly #separators: string;
  readonly #fields: Field[] = [];
  #open = false;
  #value = '';
  #pattern = '';
  #active = false;
  /** White space ended the last field; one other separator after it belongs to the same gap. */
  #gap = false;

  constructor(separators: string) {
    this.#separators = separators;
  }

  quoted(text: string): void {
    this.#begin();
    this.#value += text;
    this.#pattern += escapePattern(text);
  }

  literal(value: string): void {
    this.quoted(value);
  }

  pattern(text: string): void {
    this.#begin();
    this.#value += text;
    this.#pattern += text;
    this.#active = true;
  }

  split(text: string): void {
    let start = 0;
    for (let at = 0; at < text.length; at++) {
      const character = text[at] ?? '';
      if (!this.#separators.includes(character)) continue;
      this.#append(text.slice(start, at));
      start = at + 1;
      this.#separate(WHITE_SPACE.includes(character));
    }
    this.#append(text.slice(start));
  }

  breakField(): void {
    this.#close();
    this.#gap = false;
  }

  finish(): readonly Field[] {
    this.#close();
    return this.#fields;
  }

  #begin(): void {
    this.#open = true;
    this.#gap = false;
  }

  #append(text: string): void {
    if (text === '') return;
    this.#begin();
    this.#value += text;
    this.#pattern += text;
    this.#active = true;
  }

  #separate(white: boolean): void {
    if (this.#open) {
      this.#close();
      this.#gap = white;
    } else if (!white) {
      if (!this.#gap) this.#fields.push({ value: '', pattern: '', active: false });
      this.#gap = false;
    }
  }

  #close(): void {
    if (!this.#open) return;
    this.#fields.push({ value: this.#value, pattern: this.#pattern, active: this.#active });
    this.#open = false;
    this.#value = '';
    this.#pattern = '';
    this.#active = false;
  }
}

/** Collects one text; fields are joined by blanks. */
export class TextSink implements Sink {
  value = '';
  asPattern = '';

  quoted(text: string): void {
    this.value += text;
    this.asPattern += escapePattern(text);
  }

  /** What is written without quotes may be part of an extended pattern. */
  literal(value: string, text: string): void {
    if (value === text) this.pattern(value);
    else this.quoted(value);
  }

  pattern(text: string): void {
    this.value += text;
    this.asPattern += text;
  }

  split(text: string): void {
    this.pattern(text);
  }

  breakField(): void {
    this.quoted(' ');
  }
}

/** Collects the replacement of `${x/p/r}`, in which bash lets an unquoted `&` stand for what matched. */
export class ReplacementSink implements Sink {
  readonly #ampersand: boolean;
  readonly #pieces: (string | undefined)[] = [];

  constructor(ampersand: boolean) {
    this.#ampersand = ampersand;
  }

  quoted(text: string): void {
    this.#pieces.push(text);
  }

  literal(value: string, text: string): void {
    // What a backslash quotes in the script is no `&` of ours.
    if (value === text) this.split(value);
    else this.quoted(value);
  }

  pattern(text: string): void {
    this.split(text);
  }

  split(text: string): void {
    if (!this.#ampersand) {
      this.#pieces.push(text);
      return;
    }
    for (const [piece] of text.matchAll(/\\[\\&]|&|[^\\&]+|\\/g))
      this.#pieces.push(piece === '&' ? undefined : piece.replace(/^\\(?=.)/, ''));
  }

  breakField(): void {
    this.#pieces.push(' ');
  }

  /** The replacement of a match. */
  textFor(match: string): string {
    return this.#pieces.map((piece) => piece ?? match).join('');
  }
}

/** Collects a regular expression: what was quoted matches itself (`[[ x =~ … ]]`). */
export class ExpressionSink implements Sink {
  value = '';

  quoted(text: string): void {
    this.value += text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  }

  literal(_value: string, text: string): void {
    this.value += text;
  }

  pattern(text: string): void {
    this.value += text;
  }

  split(text: string): void {
    this.value += text;
  }

  breakField(): void {
    this.value += ' ';
  }
}
