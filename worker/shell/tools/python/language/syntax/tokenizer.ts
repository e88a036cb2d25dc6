/** Cuts a program into tokens (Python reference, chapter 2): names, numbers, texts, signs, and the indentation of its lines. */
import type { Span } from './ast.ts';
import { SyntaxProblem } from './syntax-problem.ts';

export interface Token extends Span {
  readonly kind: 'name' | 'number' | 'text' | 'sign' | 'newline' | 'indent' | 'dedent' | 'end';
  /** As it is written; of a text without what follows from its quotes. */
  readonly text: string;
}

const NAME = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const NUMBER =
  /0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:(?:\d(?:_?\d)*)?\.\d(?:_?\d)*|\d(?:_?\d)*\.?)(?:[eE][+-]?\d(?:_?\d)*)?[jJ]?/y;
const TEXT_START = /(?:[rRbBuUfF]|[rR][bBfF]|[bBfF][rR])?('''|"""|'|")/y;
const SIGN = /\*\*=?|\/\/=?|<<=?|>>=?|->|:=|\.\.\.|!=|[-+*/%@&|^=<>]=|[-+*/%@&|^~=<>()[\]{},:.;!]/y;
const TAB_WIDTH = 8;
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

interface Bracket extends Span {
  readonly sign: string;
}

/** Tokens of a whole program; of an expression inside an f-string where `inside` says where it begins. */
export function tokenize(source: string, inside?: { readonly line: number; readonly column: number }): Token[] {
  return new Tokenizer(source, inside).all();
}

class Tokenizer {
  readonly #source: string;
  readonly #tokens: Token[] = [];
  readonly #indents = [0];
  readonly #brackets: Bracket[] = [];
  readonly #inside: boolean;
  #at = 0;
  #line: number;
  #lineStart: number;

  constructor(source: string, inside?: { readonly line: number; readonly column: number }) {
    this.#source = source;
    this.#inside = inside !== undefined;
    this.#line = inside?.line ?? 1;
    this.#lineStart = -(inside?.column ?? 0);
  }

  all(): Token[] {
    const source = this.#source;
    let atLineStart = !this.#inside;
    while (this.#at < source.length) {
      if (atLineStart && this.#brackets.length === 0) {
        if (!this.#indentation()) continue;
        atLineStart = false;
      }
      const sign = source[this.#at]!;
      if (sign === ' ' || sign === '\t' || sign === '\f') this.#at++;
      else if (sign === '#') this.#skipComment();
      else if (sign === '\n') {
        if (this.#brackets.length === 0 && !this.#inside) {
          this.#push('newline', this.#at, this.#at + 1);
          atLineStart = true;
        }
        this.#at++;
        this.#newLine();
      } else if (sign === '\\' && source[this.#at + 1] === '\n') {
        this.#at += 2;
        this.#newLine();
      } else this.#token(sign);
    }
    this.#finish();
    return this.#tokens;
  }

  #finish(): void {
    const open = this.#brackets.at(-1);
    if (open !== undefined) throw new SyntaxProblem(`'${open.sign}' was never closed`, open);
    const last = this.#tokens.at(-1);
    if (!this.#inside && last !== undefined && last.kind !== 'newline' && last.kind !== 'dedent')
      this.#push('newline', this.#at, this.#at);
    while (this.#indents.length > 1) {
      this.#indents.pop();
      this.#push('dedent', this.#at, this.#at);
    }
    this.#push('end', this.#at, this.#at);
  }

  #newLine(): void {
    this.#line++;
    this.#lineStart = this.#at;
  }

  #skipComment(): void {
    const end = this.#source.indexOf('\n', this.#at);
    this.#at = end === -1 ? this.#source.length : end;
  }

  /** Reads the white space a line begins with. False for a line that holds nothing. */
  #indentation(): boolean {
    const source = this.#source;
    let width = 0;
    for (; ; this.#at++) {
      const sign = source[this.#at];
      if (sign === ' ') width++;
      else if (sign === '\t') width = (Math.floor(width / TAB_WIDTH) + 1) * TAB_WIDTH;
      else if (sign === '\f') width = 0;
      else break;
    }
    const next = source[this.#at];
    if (next === '#') this.#skipComment();
    if (next === '#' || next === '\n' || next === undefined) {
      if (this.#at < source.length) this.#at++;
      this.#newLine();
      return false;
    }
    const current = this.#indents.at(-1) ?? 0;
    if (width > current) {
      this.#indents.push(width);
      this.#push('indent', this.#at, this.#at);
    }
    while (width < (this.#indents.at(-1) ?? 0)) {
      this.#indents.pop();
      if (width > (this.#indents.at(-1) ?? 0)) {
        const end = source.indexOf('\n', this.#at);
        throw new SyntaxProblem(
          'unindent does not match any outer indentation level',
          this.#span(this.#at, end === -1 ? source.length : end, true),
          'IndentationError',
        );
      }
      this.#push('dedent', this.#at, this.#at);
    }
    return true;
  }

  #token(sign: string): void {
    const start = this.#at;
    const quoted = matchAt(TEXT_START, this.#source, start);
    if (quoted !== undefined) {
      this.#text(quoted);
      return;
    }
    const isNumber = /\d/.test(sign) || (sign === '.' && /\d/.test(this.#source[start + 1] ?? ''));
    const [kind, text] = isNumber
      ? (['number', matchAt(NUMBER, this.#source, start)] as const)
      : ((): readonly ['name' | 'sign', string | undefined] => {
          const name = matchAt(NAME, this.#source, start);
          return name === undefined ? ['sign', matchAt(SIGN, this.#source, start)] : ['name', name];
        })();
    if (text === undefined) throw this.#strange(sign);
    this.#at += text.length;
    if (kind === 'number' && /[\p{ID_Start}\d_]/u.test(this.#source[this.#at] ?? '')) this.#checkNumber(start);
    if (kind === 'sign') this.#bracket(text, start);
    this.#push(kind, start, this.#at);
  }

  #strange(sign: string): SyntaxProblem {
    const at = this.#span(this.#at, this.#at + 1);
    if (sign === '\\') return new SyntaxProblem('unexpected character after line continuation character', at);
    const code = (this.#source.codePointAt(this.#at) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return /[$?!]/.test(sign)
      ? new SyntaxProblem('invalid syntax', at)
      : new SyntaxProblem(`invalid character '${String.fromCodePoint(parseInt(code, 16))}' (U+${code})`, at);
  }

  /** Letters behind a number are an error, but for the keywords that may stand there (`1if x else 2`). */
  #checkNumber(start: number): void {
    const name = matchAt(NAME, this.#source, this.#at) ?? '';
    if (/^(?:and|else|for|if|in|is|not|or)$/.test(name)) return;
    const text = this.#source.slice(start, this.#at);
    const message = /^0\d/.test(text + (this.#source[this.#at] ?? ''))
      ? 'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers'
      : 'invalid decimal literal';
    throw new SyntaxProblem(message, this.#span(this.#at - 1, this.#at));
  }

  #bracket(text: string, start: number): void {
    if (text in CLOSING) {
      this.#brackets.push({ sign: text, ...this.#span(start, start + 1) });
      return;
    }
    if (!')]}'.includes(text) || text.length !== 1) return;
    const open = this.#brackets.pop();
    const at = this.#span(start, start + 1);
    if (open === undefined) throw new SyntaxProblem(`unmatched '${text}'`, at);
    if (CLOSING[open.sign] === text) return;
    const where = open.line === at.line ? '' : ` on line ${open.line}`;
    throw new SyntaxProblem(
      `closing parenthesis '${text}' does not match opening parenthesis '${open.sign}'${where}`,
      at,
    );
  }

  #text(start: string): void {
    const from = this.#at;
    const quote = start.replace(/^[a-zA-Z]*/, '');
    const isFormatted = /[fF]/.test(start.slice(0, -quote.length));
    const begin = { line: this.#line, column: from - this.#lineStart };
    const end = textEnd(this.#source, from + start.length, quote, isFormatted);
    if (end === undefined) {
      const message = quote.length === 3 ? 'unterminated triple-quoted string literal' : 'unterminated string literal';
      const last =
        quote.length === 3 ? this.#source.split('\n').length - (this.#source.endsWith('\n') ? 1 : 0) : begin.line;
      const kind = isFormatted && this.#inside ? message : message;
      throw new SyntaxProblem(`${kind} (detected at line ${last})`, {
        ...begin,
        endLine: begin.line,
        endColumn: begin.column + 1,
      });
    }
    for (let at = from; at < end; at++) {
      if (this.#source[at] !== '\n') continue;
      this.#line++;
      this.#lineStart = at + 1;
    }
    this.#at = end;
    this.#tokens.push({
      kind: 'text',
      text: this.#source.slice(from, end),
      ...begin,
      endLine: this.#line,
      endColumn: end - this.#lineStart,
    });
  }

  #push(kind: Token['kind'], start: number, end: number): void {
    this.#tokens.push({ kind, text: this.#source.slice(start, end), ...this.#span(start, end) });
  }

  #span(start: number, end: number, atEnd = false): Span {
    const column = (atEnd ? end : start) - this.#lineStart;
    return { line: this.#line, column, endLine: this.#line, endColumn: atEnd ? column : end - this.#lineStart };
  }
}

function matchAt(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}

/** Where a text ends that begins at `at`, behind its closing quotes; undefined where it does not. */
function textEnd(source: string, at: number, quote: string, isFormatted: boolean): number | undefined {
  for (let i = at; i < source.length; i++) {
    const sign = source[i]!;
    if (sign === '\\') i++;
    else if (source.startsWith(quote, i)) return i + quote.length;
    else if (sign === '\n' && quote.length === 1) return undefined;
    else if (sign === '{' && isFormatted) {
      if (source[i + 1] === '{') i++;
      else {
        const end = fieldEnd(source, i + 1, quote);
        if (end === undefined) return undefined;
        i = end;
      }
    }
  }
  return undefined;
}

/** Where the field of an f-string ends: the index of its `}`, over texts and brackets inside. */
export function fieldEnd(source: string, at: number, quote: string): number | undefined {
  let depth = 0;
  let inFormat = false;
  for (let i = at; i < source.length; i++) {
    const sign = source[i]!;
    if (sign === '}' && depth === 0) return i;
    if ('([{'.includes(sign)) depth++;
    else if (')]}'.includes(sign)) depth--;
    else if (sign === ':' && depth === 0) inFormat = true;
    else if (sign === '\n' && quote.length === 1) return undefined;
    else if ((sign === "'" || sign === '"') && !inFormat) {
      const inner = source.startsWith(sign.repeat(3), i) ? sign.repeat(3) : sign;
      const end = textEnd(source, i + inner.length, inner, false);
      if (end === undefined) return undefined;
      i = end - 1;
    }
  }
  return undefined;
}
