/** Words of an awk program. A regular expression is read on demand: only the parser knows whether a slash divides. */
import { AwkError } from './ast.ts';

export type TokenKind = 'number' | 'string' | 'name' | 'call' | 'builtin' | 'keyword' | 'operator' | 'newline' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** The name or operator; a string's contents. */
  readonly text: string;
  readonly value: number;
  readonly line: number;
  /** Where it starts. */
  readonly at: number;
}

const KEYWORDS = new Set([
  'BEGIN', 'END', 'function', 'func', 'if', 'else', 'while', 'for', 'do', 'break', 'continue', 'next', 'nextfile', 'exit', 'return',
  'delete', 'in', 'getline', 'print', 'printf',
]); // prettier-ignore

const BUILTINS = new Set([
  'and', 'asort', 'asorti', 'atan2', 'close', 'compl', 'cos', 'exp', 'fflush', 'gensub', 'gsub', 'index', 'int', 'length', 'log',
  'lshift', 'match', 'mktime', 'or', 'rand', 'rshift', 'sin', 'split', 'sprintf', 'sqrt', 'srand', 'strftime', 'strtonum', 'sub',
  'substr', 'system', 'systime', 'tolower', 'toupper', 'xor',
]); // prettier-ignore

const OPERATOR = /\*\*=|\*\*|>>|&&|\|\||\+\+|--|\+=|-=|\*=|\/=|%=|\^=|==|<=|>=|!=|!~|[-+*/%^!<>=~?:,;(){}[\]$|]/y;
const NUMBER = /0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y;
const NAME = /[A-Za-z_][A-Za-z_0-9]*/y;
const BLANK = /(?:[ \t\r]|\\\r?\n|#[^\n]*)+/y;

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\',
}; // prettier-ignore

/** The character an escape at `at` (behind the backslash) stands for, and its length; undefined when it is none. */
export function readEscape(source: string, at: number): { readonly text: string; readonly length: number } | undefined {
  const octal = /^[0-7]{1,3}/.exec(source.slice(at, at + 3));
  if (octal !== null) return { text: String.fromCharCode(parseInt(octal[0], 8) & 0xff), length: octal[0].length };
  const hex = /^x[0-9a-fA-F]{1,2}/.exec(source.slice(at, at + 3));
  if (hex !== null) return { text: String.fromCharCode(parseInt(hex[0].slice(1), 16)), length: hex[0].length };
  const simple = ESCAPES[source[at] ?? ''];
  return simple === undefined ? undefined : { text: simple, length: 1 };
}

/** What the value of `-v name=value` and of an operand means: a string's escapes are read in it. */
export function unescapeValue(text: string): string {
  return text.replace(/\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}|[\s\S])/g, (whole) => {
    if (whole[1] === '"' || whole[1] === '/') return whole.slice(1);
    return readEscape(whole, 1)?.text ?? whole;
  });
}

export class Lexer {
  readonly #source: string;
  #at = 0;
  #line = 1;

  constructor(source: string) {
    this.#source = source;
  }

  next(): Token {
    const source = this.#source;
    this.#skipBlanks();
    const at = this.#at;
    const line = this.#line;
    const token = (kind: TokenKind, text: string, value = 0): Token => ({ kind, text, value, line, at });
    const character = source[at];
    if (character === undefined) return token('end', '');
    if (character === '\n') {
      this.#at++;
      this.#line++;
      return token('newline', '\n');
    }
    if (character === '"') return token('string', this.#string());
    const number = this.#match(NUMBER);
    if (number !== undefined) return token('number', number, numberValue(number));
    const name = this.#match(NAME);
    if (name !== undefined) return token(this.#nameKind(name), name === 'func' ? 'function' : name);
    const operator = this.#match(OPERATOR);
    if (operator === undefined) throw new AwkError('Unexpected token', line);
    return token('operator', operator === '**' ? '^' : operator === '**=' ? '^=' : operator);
  }

  /** Where the next token begins; {@link reset} goes back to it. */
  mark(): { readonly at: number; readonly line: number } {
    return { at: this.#at, line: this.#line };
  }

  reset({ at, line }: { readonly at: number; readonly line: number }): void {
    this.#at = at;
    this.#line = line;
  }

  /** Reads on as a regular expression behind the slash at `at`; gives its source, in which C's escapes are replaced. */
  regex(at: number): string {
    const source = this.#source;
    let out = '';
    this.#at = at + 1;
    for (;;) {
      const character = source[this.#at];
      if (character === undefined || character === '\n') throw new AwkError('Unexpected end of string', this.#line);
      this.#at++;
      if (character === '/') return out;
      if (character !== '\\') {
        out += character;
        continue;
      }
      const next = source[this.#at] ?? '';
      const escape = readEscape(source, this.#at);
      if (next === '/' || next === '"') {
        out += next;
        this.#at++;
      } else if (escape === undefined || next === '\\') {
        out += `\\${next}`;
        this.#at++;
      } else {
        // \b and other letters of the expression language keep their C meaning in awk
        out += /[\\^$.*+?()[\]{}|]/.test(escape.text) ? `\\${escape.text}` : escape.text;
        this.#at += escape.length;
      }
    }
  }

  #skipBlanks(): void {
    const blank = this.#match(BLANK);
    if (blank !== undefined) this.#line += blank.split('\n').length - 1;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#source);
    if (match === null) return undefined;
    this.#at = pattern.lastIndex;
    return match[0];
  }

  #nameKind(name: string): TokenKind {
    if (KEYWORDS.has(name)) return 'keyword';
    if (BUILTINS.has(name)) return 'builtin';
    return this.#source[this.#at] === '(' ? 'call' : 'name';
  }

  #string(): string {
    const source = this.#source;
    let out = '';
    this.#at++;
    for (;;) {
      const character = source[this.#at];
      if (character === undefined || character === '\n') throw new AwkError('Unexpected end of string', this.#line);
      this.#at++;
      if (character === '"') return out;
      if (character !== '\\') {
        out += character;
        continue;
      }
      const next = source[this.#at] ?? '';
      const escape = readEscape(source, this.#at);
      if (next === '\n') {
        this.#at++;
        this.#line++;
      } else if (next === '"' || next === '/') {
        out += next;
        this.#at++;
      } else if (escape === undefined) {
        out += next;
        this.#at++;
      } else {
        out += escape.text;
        this.#at += escape.length;
      }
    }
  }
}

/** A literal: hexadecimal and octal ones too, as busybox reads them. */
function numberValue(text: string): number {
  return /^0[0-7]+$/.test(text) ? parseInt(text, 8) : Number(text);
}
