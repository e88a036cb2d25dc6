/** Go's string and character literals (strconv): written by `%q`, read in templates. */
import { EngineError } from '../../base/errors.ts';

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** What Go calls printable: letters, marks, numbers, punctuation, symbols and the plain space. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** True for a character that Go prints as it is. */
export function isPrintable(character: string): boolean {
  return PRINTABLE.test(character);
}

/** The text as a Go literal between `quote`s; with `ascii`, all beyond ASCII is escaped. */
export function quoteGo(text: string, quote: '"' | "'" = '"', ascii = false): string {
  const body = [...text].map((character) => escaped(character, quote, ascii)).join('');
  return `${quote}${body}${quote}`;
}

function escaped(character: string, quote: string, ascii: boolean): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === quote || character === '\\') return `\\${character}`;
  if (isPrintable(character) && (!ascii || code < 0x80)) return character;
  const short = SHORT_ESCAPES[character];
  if (short !== undefined) return short;
  const hex = code.toString(16);
  if (code < 0x20 || code === 0x7f) return `\\x${hex.padStart(2, '0')}`;
  return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
}

const invalidSyntax = (): EngineError => new EngineError('invalid-argument', 'invalid syntax');

const ESCAPE = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|[abfnrtv\\'"])/y;
const ESCAPED_LETTERS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(SHORT_ESCAPES).map(([character, escape]) => [escape.charAt(1), character])),
  '\\': '\\',
};

/** What a literal in double quotes or backquotes stands for. Throws `invalid-argument` with Go's message. */
export function unquoteGo(literal: string): string {
  const quote = literal.charAt(0);
  const body = literal.slice(1, -1);
  if (literal.length < 2 || !literal.endsWith(quote)) throw invalidSyntax();
  if (quote === '`') return body.replaceAll('\r', '');
  let text = '';
  for (let i = 0; i < body.length;) {
    const { character, length } = unquoteCharacter(body, i, quote);
    text += character;
    i += length;
  }
  return text;
}

/** The one character a literal in single quotes stands for, as a code point. Throws `invalid-argument` with Go's message. */
export function unquoteRune(literal: string): number {
  const { character, length } = unquoteCharacter(literal, 1, "'");
  if (literal.slice(1 + length) !== "'") {
    throw new EngineError('invalid-argument', `malformed character constant: ${literal}`);
  }
  return character.codePointAt(0) ?? 0;
}

/** The character at `at`, which may be escaped, and how much of the text it takes. */
function unquoteCharacter(text: string, at: number, quote: string): { character: string; length: number } {
  const first = text.codePointAt(at);
  if (first === undefined || text.charAt(at) === quote || text.charAt(at) === '\n') throw invalidSyntax();
  if (text.charAt(at) !== '\\') {
    const character = String.fromCodePoint(first);
    return { character, length: character.length };
  }
  ESCAPE.lastIndex = at;
  const escape = ESCAPE.exec(text)?.[0];
  if (escape === undefined) throw invalidSyntax();
  return { character: unescaped(escape, quote), length: escape.length };
}

function unescaped(escape: string, quote: string): string {
  const letter = escape.charAt(1);
  if (letter === quote) return quote;
  const known = ESCAPED_LETTERS[letter];
  if (known !== undefined) return known;
  const code = /[xuU]/.test(letter)
    ? parseInt(escape.slice(2), 16)
    : /\d/.test(letter)
      ? parseInt(escape.slice(1), 8)
      : NaN;
  // a quote of the other kind needs no escape, so Go has none; an octal escape is one byte
  if (Number.isNaN(code) || code > 0x10ffff || (/\d/.test(letter) && code > 0xff)) throw invalidSyntax();
  return String.fromCodePoint(code);
}
