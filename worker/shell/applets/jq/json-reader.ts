/** Reads JSON values that follow each other (RFC 8259, with `nan` as jq allows it). */
import { JqError, type Json } from './json.ts';

const BLANK = /[ \t\r\n]*/y;
const NUMBER = /-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y;
const TEXT = /"(?:[^"\\]|\\.)*"/sy;
const WORD = /true|false|null|nan/y;
const WORDS: Readonly<Record<string, Json>> = { true: true, false: false, null: null, nan: NaN };
/** Arrays and objects within each other. */
const MAX_DEPTH = 2000;

export class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text.startsWith('\ufeff') ? text.slice(1) : text;
  }

  /** The next value; undefined at the end. Throws {@link JqError}. */
  next(): Json | undefined {
    this.#match(BLANK);
    return this.#at >= this.#text.length ? undefined : this.#value(0);
  }

  /** Lines that were read when the last value was complete, as jq counts them: it reads line by line. */
  get linesRead(): number {
    const end = this.#text.indexOf('\n', this.#at);
    return this.#text.slice(0, end === -1 ? undefined : end + 1).split('\n').length - 1;
  }

  #value(depth: number): Json {
    if (depth > MAX_DEPTH) throw this.#error('Exceeds depth limit for parsing');
    this.#match(BLANK);
    const character = this.#text[this.#at];
    if (character === '{') return this.#object(depth);
    if (character === '[') return this.#array(depth);
    if (character === '"') return this.#string();
    const number = this.#match(NUMBER);
    if (number !== undefined) return Number(number);
    const word = this.#match(WORD);
    if (word === undefined) throw this.#error(character === undefined ? 'Unfinished JSON term' : 'Invalid literal');
    return WORDS[word] ?? null;
  }

  #string(): string {
    const quoted = this.#match(TEXT);
    if (quoted === undefined) throw this.#error('Unfinished string');
    // control characters are let through, as jq does
    const clean = quoted.replace(
      // eslint-disable-next-line no-control-regex -- control characters are what is meant
      /[\0-\x1f]/g,
      (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    try {
      return String(JSON.parse(clean));
    } catch {
      throw this.#error('Invalid escape');
    }
  }

  #array(depth: number): Json {
    const items: Json[] = [];
    this.#at++;
    if (this.#accept(']')) return items;
    for (;;) {
      items.push(this.#value(depth + 1));
      if (this.#accept(']')) return items;
      if (!this.#accept(',')) throw this.#error('Expected separator between values');
    }
  }

  #object(depth: number): Json {
    const entries = new Map<string, Json>();
    this.#at++;
    if (this.#accept('}')) return entries;
    for (;;) {
      this.#match(BLANK);
      if (this.#text[this.#at] !== '"') throw this.#error('Object keys must be strings');
      const key = this.#string();
      if (!this.#accept(':')) throw this.#error('Objects must consist of key:value pairs');
      entries.set(key, this.#value(depth + 1));
      if (this.#accept('}')) return entries;
      if (!this.#accept(',')) throw this.#error('Expected separator between values');
    }
  }

  #accept(character: string): boolean {
    this.#match(BLANK);
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    this.#at = pattern.lastIndex;
    return match[0];
  }

  #error(message: string): JqError {
    const before = this.#text.slice(0, this.#at);
    const line = before.split('\n').length;
    return new JqError(`${message} at line ${line}, column ${this.#at - before.lastIndexOf('\n') - 1}`);
  }
}

/** The one value of a text. Throws {@link JqError}. */
export function parseJson(text: string): Json {
  const reader = new JsonReader(text);
  const value = reader.next();
  if (value === undefined) return null;
  if (reader.next() !== undefined) throw new JqError('Unexpected extra JSON values');
  return value;
}
