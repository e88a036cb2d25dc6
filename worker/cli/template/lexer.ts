/**
 * Cuts a template into tokens (text/template/parse of Go 1.24): text and actions between `{{` and `}}`, with trim markers
 * and comments, which the parser never sees.
 */
import { isPrintable, quoteGo } from '../format/go-quote.ts';
import { KEYWORDS, type Token, type TokenKind } from './token.ts';

const LEFT = '{{';
const RIGHT = '}}';
/** A trim marker is a minus and the blank that parts it from the action. */
const TRIM_LENGTH = 2;

const SPACE = /[ \t\r\n]/;
const ALPHANUMERIC = /[\p{L}\p{Nd}_]/u;
const ALPHANUMERICS = /[\p{L}\p{Nd}_]+/uy;
/** Go's scan of a number takes what looks like one; whether it is one, the parser finds out. */
const NUMBER =
  /[+-]?(?:0[xX][\da-fA-F_]*(?:\.[\da-fA-F_]*)?(?:[pP][+-]?[\d_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?[\d_]*)?)i?/y;

/** All tokens; the last one is `end-of-text` or `error`. */
export function lexTemplate(text: string): readonly Token[] {
  const scan = new Scan(text);
  let inside = false;
  while (!scan.done) inside = inside ? scan.insideAction() : scan.text();
  return scan.tokens;
}

/** One pass over a template. Its steps return whether what follows is inside an action. */
class Scan {
  readonly tokens: Token[] = [];
  readonly #input: string;
  #position = 0;
  /** Where the token being scanned starts, and its line. */
  #start = 0;
  #startLine = 1;
  #parens = 0;
  done = false;

  constructor(input: string) {
    this.#input = input;
  }

  /** Text up to the next action, or to the end. */
  text(): boolean {
    const delimiter = this.#input.indexOf(LEFT, this.#position);
    if (delimiter === -1) {
      this.#position = this.#input.length;
      if (this.#position > this.#start) this.#emit('text');
      this.#emit('end-of-text');
      this.done = true;
      return false;
    }
    const before = this.#input.slice(this.#start, delimiter);
    const trims = this.#leftTrimAt(delimiter + LEFT.length);
    this.#position = this.#start + (trims ? before.replace(/[ \t\r\n]+$/, '') : before).length;
    if (this.#position > this.#start) this.#emit('text');
    this.#position = delimiter;
    this.#ignore();
    return this.#leftDelimiter(trims);
  }

  #leftDelimiter(trims: boolean): boolean {
    const after = this.#position + LEFT.length + (trims ? TRIM_LENGTH : 0);
    if (this.#input.startsWith('/*', after)) {
      this.#position = after;
      this.#ignore();
      return this.#comment();
    }
    this.#position += LEFT.length;
    this.#emit('left-delimiter');
    this.#position = after;
    this.#ignore();
    this.#parens = 0;
    return true;
  }

  #comment(): boolean {
    const end = this.#input.indexOf('*/', this.#position + 2);
    if (end === -1) return this.#fail('unclosed comment');
    this.#position = end + 2;
    const delimiter = this.#rightDelimiterAt(this.#position);
    if (delimiter === undefined) return this.#fail('comment ends before closing delimiter');
    this.#position += delimiter.length;
    if (delimiter.trims) this.#skipSpaces();
    this.#ignore();
    return false;
  }

  /** One token of an action. */
  insideAction(): boolean {
    const delimiter = this.#rightDelimiterAt(this.#position);
    if (delimiter !== undefined) {
      return this.#parens > 0 ? this.#fail('unclosed left paren') : this.#rightDelimiter(delimiter.trims);
    }
    const next = this.#input.charAt(this.#position);
    if (next === '') return this.#fail('unclosed action');
    if (SPACE.test(next)) return this.#space();
    if (next === '"' || next === "'") return this.#quoted(next);
    if (next === '`') return this.#rawString();
    if (next === '$') return this.#name('variable');
    if (next === '.' && !/\d/.test(this.#input.charAt(this.#position + 1))) return this.#name('field');
    if (/[+\-.\d]/.test(next)) return this.#number();
    if (this.#characterAt(this.#position).match(ALPHANUMERIC)) return this.#identifier();
    return this.#punctuation(next);
  }

  #rightDelimiter(trims: boolean): boolean {
    if (trims) {
      this.#position += TRIM_LENGTH;
      this.#ignore();
    }
    this.#position += RIGHT.length;
    this.#emit('right-delimiter');
    if (trims) this.#skipSpaces();
    this.#ignore();
    return false;
  }

  #space(): boolean {
    while (SPACE.test(this.#input.charAt(this.#position))) {
      // the last blank may belong to a closing trim marker
      if (this.#rightDelimiterAt(this.#position) !== undefined) break;
      this.#position++;
    }
    return this.#emit('space');
  }

  #quoted(quote: string): boolean {
    for (this.#position++; ; this.#position++) {
      const next = this.#input.charAt(this.#position);
      const escaped = next === '\\' ? this.#input.charAt(++this.#position) : next;
      if (escaped === '' || escaped === '\n') {
        return this.#fail(quote === '"' ? 'unterminated quoted string' : 'unterminated character constant');
      }
      if (next === quote) break;
    }
    this.#position++;
    return this.#emit(quote === '"' ? 'string' : 'character-constant');
  }

  #rawString(): boolean {
    const end = this.#input.indexOf('`', this.#position + 1);
    if (end === -1) return this.#fail('unterminated raw quoted string');
    this.#position = end + 1;
    return this.#emit('raw-string');
  }

  /** `$`, `.`, `$name` or `.name`. */
  #name(kind: 'variable' | 'field'): boolean {
    this.#position++;
    if (this.#atTerminator()) return this.#emit(kind === 'field' ? '.' : kind);
    this.#takeAlphanumerics();
    return this.#atTerminator() ? this.#emit(kind) : this.#badCharacter();
  }

  #identifier(): boolean {
    this.#takeAlphanumerics();
    if (!this.#atTerminator()) return this.#badCharacter();
    const word = this.#input.slice(this.#start, this.#position);
    if (KEYWORDS.has(word)) return this.#emit(word as TokenKind);
    return this.#emit(word === 'true' || word === 'false' ? 'bool' : 'identifier');
  }

  #badCharacter(): boolean {
    return this.#fail(`bad character ${codePointText(this.#characterAt(this.#position))}`);
  }

  #takeAlphanumerics(): void {
    ALPHANUMERICS.lastIndex = this.#position;
    this.#position += ALPHANUMERICS.exec(this.#input)?.[0].length ?? 0;
  }

  #atTerminator(): boolean {
    const next = this.#input.charAt(this.#position);
    return next === '' || /[ \t\r\n.,|:)(]/.test(next) || this.#input.startsWith(RIGHT, this.#position);
  }

  #number(): boolean {
    let kind: TokenKind = 'number';
    let good = this.#takeNumber();
    if (good && /[+-]/.test(this.#input.charAt(this.#position))) {
      kind = 'complex';
      good = this.#takeNumber() && this.#input.charAt(this.#position - 1) === 'i';
    }
    const taken = this.#input.slice(this.#start, this.#position);
    return good ? this.#emit(kind) : this.#fail(`bad number syntax: ${quoteGo(taken)}`);
  }

  /** Takes what looks like a number; false when a letter or digit follows, which is taken too. */
  #takeNumber(): boolean {
    NUMBER.lastIndex = this.#position;
    this.#position += NUMBER.exec(this.#input)?.[0].length ?? 0;
    const next = this.#characterAt(this.#position);
    if (!ALPHANUMERIC.test(next)) return true;
    this.#position += next.length;
    return false;
  }

  #punctuation(next: string): boolean {
    const character = this.#characterAt(this.#position);
    this.#position += character.length;
    switch (next) {
      case '=':
        return this.#emit('assign');
      case '|':
        return this.#emit('pipe');
      case ':':
        if (this.#input.charAt(this.#position) !== '=') return this.#fail('expected :=');
        this.#position++;
        return this.#emit('declare');
      case '(':
        this.#parens++;
        return this.#emit('left-paren');
      case ')':
        this.#parens--;
        return this.#parens < 0 ? this.#fail('unexpected right paren') : this.#emit('right-paren');
      default:
        if (next < '\u0080' && isPrintable(next)) return this.#emit('character');
        return this.#fail(`unrecognized character in action: ${codePointText(character)}`);
    }
  }

  #leftTrimAt(position: number): boolean {
    return this.#input.charAt(position) === '-' && SPACE.test(this.#input.charAt(position + 1));
  }

  /** The closing delimiter at `position`, if one stands there: how long it is, and whether it trims. */
  #rightDelimiterAt(position: number): { readonly length: number; readonly trims: boolean } | undefined {
    if (this.#input.startsWith(RIGHT, position)) return { length: RIGHT.length, trims: false };
    const trims = SPACE.test(this.#input.charAt(position)) && this.#input.startsWith(`-${RIGHT}`, position + 1);
    return trims ? { length: TRIM_LENGTH + RIGHT.length, trims } : undefined;
  }

  #skipSpaces(): void {
    while (SPACE.test(this.#input.charAt(this.#position))) this.#position++;
  }

  #characterAt(position: number): string {
    const code = this.#input.codePointAt(position);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  #emit(kind: TokenKind): true {
    const text = this.#input.slice(this.#start, this.#position);
    this.tokens.push({ kind, text, position: this.#start, line: this.#startLine });
    this.#ignore();
    return true;
  }

  #ignore(): void {
    this.#startLine += this.#input.slice(this.#start, this.#position).split('\n').length - 1;
    this.#start = this.#position;
  }

  #fail(message: string): false {
    this.tokens.push({ kind: 'error', text: message, position: this.#start, line: this.#startLine });
    this.done = true;
    return false;
  }
}

/** `U+0023 '#'`, as Go's `%#U`. */
function codePointText(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return isPrintable(character) ? `U+${code} '${character}'` : `U+${code}`;
}
