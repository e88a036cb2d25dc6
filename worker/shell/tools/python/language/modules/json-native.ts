/** `_json`: reads JSON as Python's decoder does (RFC 8259, with NaN and Infinity), and quotes texts. */
import { Dict, Float, List, Tuple } from '../objects/containers.ts';
import { textOf } from '../objects/classes.ts';
import { numberOf } from '../syntax/literals.ts';
import type { Value } from '../objects/values.ts';
import { plain } from '../machine/native.ts';
import type { BundledModule } from './index.ts';

class Problem extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
const WORDS: readonly (readonly [string, () => Value])[] = [
  ['null', () => null],
  ['true', () => true],
  ['false', () => false],
  ['NaN', () => new Float(NaN)],
  ['Infinity', () => new Float(Infinity)],
  ['-Infinity', () => new Float(-Infinity)],
];
const MAX_DEPTH = 1000;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Value {
    this.#space();
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) throw new Problem('Extra data', this.#at);
    return value;
  }

  #space(): void {
    while (/[ \t\n\r]/.test(this.#text[this.#at] ?? 'x')) this.#at++;
  }

  #value(depth: number): Value {
    if (depth > MAX_DEPTH) throw new Problem('Too deeply nested', this.#at);
    const sign = this.#text[this.#at];
    if (sign === '"') return this.#string();
    if (sign === '{') return this.#object(depth);
    if (sign === '[') return this.#array(depth);
    const word = WORDS.find(([text]) => this.#text.startsWith(text, this.#at));
    if (word !== undefined) {
      this.#at += word[0].length;
      return word[1]();
    }
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(this.#text);
    if (match === null) throw new Problem('Expecting value', this.#at);
    this.#at += match[0].length;
    if (match[1] !== undefined || match[2] !== undefined) return new Float(Number(match[0]));
    return match[0].startsWith('-') ? negative(numberOf(match[0].slice(1))) : numberOf(match[0]);
  }

  #string(): string {
    const start = this.#at++;
    let out = '';
    for (;;) {
      const sign = this.#text[this.#at];
      if (sign === undefined) throw new Problem('Unterminated string starting at', start);
      if (sign === '"') {
        this.#at++;
        return out;
      }
      if (sign < ' ') throw new Problem('Invalid control character at', this.#at);
      if (sign === '\\') out += this.#escape();
      else {
        out += sign;
        this.#at++;
      }
    }
  }

  #escape(): string {
    const at = this.#at;
    const letter = this.#text[at + 1] ?? '';
    if (letter === 'u') {
      const digits = this.#text.slice(at + 2, at + 6);
      if (!/^[\da-fA-F]{4}$/.test(digits)) throw new Problem('Invalid \\uXXXX escape', at + 1);
      this.#at += 6;
      return String.fromCharCode(parseInt(digits, 16));
    }
    const simple = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }[letter];
    if (simple === undefined) throw new Problem('Invalid \\escape', at);
    this.#at += 2;
    return simple;
  }

  #array(depth: number): List {
    const items: Value[] = [];
    this.#at++;
    this.#space();
    if (this.#text[this.#at] === ']') {
      this.#at++;
      return new List(items);
    }
    for (;;) {
      this.#space();
      items.push(this.#value(depth + 1));
      this.#space();
      const sign = this.#text[this.#at];
      if (sign === ']') break;
      if (sign !== ',') throw new Problem("Expecting ',' delimiter", this.#at);
      this.#at++;
    }
    this.#at++;
    return new List(items);
  }

  #object(depth: number): Dict {
    const dict = new Dict();
    this.#at++;
    this.#space();
    if (this.#text[this.#at] === '}') {
      this.#at++;
      return dict;
    }
    for (;;) {
      this.#space();
      if (this.#text[this.#at] !== '"')
        throw new Problem('Expecting property name enclosed in double quotes', this.#at);
      const key = this.#string();
      this.#space();
      if (this.#text[this.#at] !== ':') throw new Problem("Expecting ':' delimiter", this.#at);
      this.#at++;
      this.#space();
      dict.set(key, this.#value(depth + 1));
      this.#space();
      const sign = this.#text[this.#at];
      if (sign === '}') break;
      if (sign !== ',') throw new Problem("Expecting ',' delimiter", this.#at);
      this.#at++;
    }
    this.#at++;
    return dict;
  }
}

function negative(value: Value): Value {
  return typeof value === 'number' ? (value === 0 ? 0 : -value) : typeof value === 'bigint' ? -value : value;
}

function quote(text: string, isAscii: boolean): string {
  // eslint-disable-next-line no-control-regex -- these characters are what is meant
  const body = text.replace(/["\\\u0000-\u001f]/g, (sign) => {
    const simple = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f' }[sign];
    return simple ?? `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  const shown = isAscii
    ? // eslint-disable-next-line no-control-regex -- these characters are what is meant
      body.replace(/[^\0-\x7e]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : body;
  return `"${shown}"`;
}

export const jsonNative: BundledModule = {
  kind: 'native',
  make: () => {
    const scan = plain('scan(text, /)', ([text], machine) => {
      const source = textOf(text) ?? '';
      machine.work(source.length / 64);
      try {
        return new Tuple([new Reader(source).whole(), null, 0]);
      } catch (error) {
        if (error instanceof Problem) return new Tuple([null, error.message, error.at]);
        throw error;
      }
    });
    const quoting = plain('quote(text, ascii, /)', ([text, isAscii]) => quote(textOf(text) ?? '', isAscii === true));
    return [
      ['scan', scan],
      ['quote', quoting],
    ];
  },
};
