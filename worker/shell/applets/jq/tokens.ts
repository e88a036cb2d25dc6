/** Words of a jq program, read on demand. */
import { JqSyntaxError } from './ast.ts';

const BLANK = /(?:\s|#[^\n]*)*/y;
const FIELD = /\.([A-Za-z_][A-Za-z_0-9]*)/y;
const NAME = /[A-Za-z_][A-Za-z_0-9]*(?:::[A-Za-z_][A-Za-z_0-9]*)*/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y;
const FORMAT = /@([a-z0-9]+)/y;
const SYMBOL = /\?\/\/|\/\/=|\|=|\+=|-=|\*=|\/=|%=|==|!=|<=|>=|\/\/|\.\.|[.[\]{}()|,:;=<>+\-*/%$?"]/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t',
}; // prettier-ignore

export class Tokens {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
    this.#skip();
  }

  get atEnd(): boolean {
    return this.#at >= this.#source.length;
  }

  /** One of these symbols or words stands here. */
  is(...texts: readonly string[]): boolean {
    const found = this.#peek(NAME) ?? this.#peek(SYMBOL);
    return found !== undefined && texts.includes(found);
  }

  accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.#move(text.length);
    return true;
  }

  acceptAny(texts: readonly string[]): string | undefined {
    const found = this.#peek(SYMBOL);
    return found !== undefined && texts.includes(found) && this.accept(found) ? found : undefined;
  }

  expect(text: string): void {
    if (!this.accept(text)) throw this.unexpected();
  }

  unexpected(): JqSyntaxError {
    const found = this.#peek(NAME) ?? this.#peek(SYMBOL) ?? this.#source[this.#at];
    return new JqSyntaxError(`syntax error, unexpected ${found === undefined ? '$end' : `'${found}'`}`);
  }

  name(): string {
    const name = this.#peek(NAME);
    if (name === undefined) throw this.unexpected();
    this.#move(name.length);
    return name;
  }

  /** `.name` stands here. */
  get isField(): boolean {
    return this.#peek(FIELD) !== undefined;
  }

  field(): string {
    const field = this.#peek(FIELD) ?? '.';
    this.#move(field.length);
    return field.slice(1);
  }

  /** Moves behind a dot that this follows at once. */
  acceptDotBefore(character: string): boolean {
    if (this.#source[this.#at] !== '.' || this.#source[this.#at + 1] !== character) return false;
    this.#move(1);
    return true;
  }

  acceptNumber(): number | undefined {
    const number = this.#peek(NUMBER);
    if (number === undefined) return undefined;
    this.#move(number.length);
    return Number(number);
  }

  acceptFormat(): string | undefined {
    const format = this.#peek(FORMAT);
    if (format === undefined) return undefined;
    this.#move(format.length);
    return format.slice(1);
  }

  /** A string; `interpolated` reads what stands in `\(…)`. */
  text<Part>(interpolated: () => Part): (string | Part)[] {
    const source = this.#source;
    const parts: (string | Part)[] = [];
    let text = '';
    this.#at++;
    for (;;) {
      const character = source[this.#at];
      if (character === undefined) throw new JqSyntaxError('syntax error, unterminated string');
      this.#at++;
      if (character === '"') break;
      if (character !== '\\') {
        text += character;
        continue;
      }
      const escape = source[this.#at] ?? '';
      this.#at++;
      if (escape === '(') {
        parts.push(text);
        text = '';
        this.#skip();
        parts.push(interpolated());
        if (this.#source[this.#at] !== ')') throw this.unexpected();
        this.#at++;
      } else if (escape === 'u') {
        text += String.fromCharCode(parseInt(source.slice(this.#at, this.#at + 4), 16));
        this.#at += 4;
      } else {
        const plain = ESCAPES[escape];
        if (plain === undefined) throw new JqSyntaxError('syntax error, invalid escape in string');
        text += plain;
      }
    }
    this.#skip();
    return text === '' && parts.length > 0 ? parts : [...parts, text];
  }

  #peek(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#source)?.[0];
  }

  #move(length: number): void {
    this.#at += length;
    this.#skip();
  }

  #skip(): void {
    this.#at += this.#peek(BLANK)?.length ?? 0;
  }
}
