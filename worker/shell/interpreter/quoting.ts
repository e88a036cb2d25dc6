/** Quoting words so that a shell reads them back: `export -p`, `set`, `${x@Q}`, `printf %q`, `trap`. */
import { encodeText } from '../text.ts';

/** In single quotes, always. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** As ash and dash print variables: single quotes, runs of quotes themselves in double quotes. */
export function almquistQuoted(text: string): string {
  if (text === '') return "''";
  return text.replace(/([^']*)('*)/g, (whole, plain: string, quotes: string) => {
    if (whole === '') return '';
    return `'${plain}'${quotes === '' ? '' : `"${quotes}"`}`;
  });
}

/** As bash's `${x@Q}`: single quotes, or `$'…'` where there are control characters. */
export function quoteForReuse(text: string): string {
  return hasControl(text) ? ansiQuoted(text) : singleQuoted(text);
}

/** As bash prints variables in `set` and `declare`: nothing where nothing is needed. */
export function quotedIfNeeded(text: string): string {
  if (hasControl(text)) return ansiQuoted(text);
  return /^[\w%+,./:=@-]*$/.test(text) ? text : singleQuoted(text);
}

/** As bash's `printf %q`: backslashes. */
export function backslashQuoted(text: string): string {
  if (text === '') return "''";
  if (hasControl(text)) return ansiQuoted(text);
  return text.replace(/[^\w%+./:=@,-]/g, '\\$&').replace(/^~/, '\\~');
}

/** As bash's `declare -p`: double quotes. */
export function doubleQuoted(text: string): string {
  return hasControl(text) ? ansiQuoted(text) : `"${text.replace(/["$`\\]/g, '\\$&')}"`;
}

function hasControl(text: string): boolean {
  return Array.from(text).some((character) => character < ' ' || character === '\x7f');
}

const ANSI: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\x07': '\\a',
  '\b': '\\b',
  '\x1b': '\\E',
  '\f': '\\f',
  '\v': '\\v',
  "'": "\\'",
  '\\': '\\\\',
};

/** `$'…'` with escapes for what cannot be printed. */
export function ansiQuoted(text: string): string {
  const inner = Array.from(text).map((character) => {
    if (character in ANSI) return ANSI[character] ?? '';
    return character < ' ' || character === '\x7f' ? octal(character.charCodeAt(0)) : character;
  });
  return `$'${inner.join('')}'`;
}

/** The same where only ASCII is printable. */
export function ansiQuotedBytes(text: string): string {
  const inner = Array.from(encodeText(text), (byte) => {
    const character = String.fromCharCode(byte);
    return ANSI[character] ?? (byte < 0x20 || byte > 0x7e ? octal(byte) : character);
  });
  return `$'${inner.join('')}'`;
}

function octal(code: number): string {
  return `\\${code.toString(8).padStart(3, '0')}`;
}
