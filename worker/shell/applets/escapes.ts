/** Backslash escapes as `echo -e`, `printf` and their like read them. */

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

const OCTAL_WITH_ZERO = /^0([0-7]{0,3})/;
const OCTAL = /^([0-7]{1,3})/;

/** Which escapes are known besides the simple ones. */
export interface EscapeRules {
  /** An octal escape needs a leading zero, and has up to three more digits (`\0101`), as in `echo` and `%b`. */
  readonly octalNeedsZero: boolean | 'optional';
  readonly hexadecimal: boolean;
  /** `\e` */
  readonly escape: boolean;
  /** `\u00e9`, `\U0001f600` (bash) */
  readonly unicode: boolean;
  /** `\c` ends the output. */
  readonly stop: boolean;
  /** `\"` and `\'` are the quotes (printf formats). */
  readonly quotes: boolean;
}

/** Text with its escapes replaced. A byte above 0x7f comes as an escaped byte (see text.ts). `stopped`: `\c` was met. */
export function unescapeText(text: string, rules: EscapeRules): { readonly text: string; readonly stopped: boolean } {
  if (!text.includes('\\')) return { text, stopped: false };
  let out = '';
  let at = 0;
  while (at < text.length) {
    const backslash = text.indexOf('\\', at);
    if (backslash === -1) break;
    out += text.slice(at, backslash);
    const next = text[backslash + 1] ?? '';
    if (next === 'c' && rules.stop) return { text: out, stopped: true };
    const numeric = numericEscape(text.slice(backslash + 1, backslash + 10), rules);
    if (numeric !== undefined) {
      out += numeric.text;
      at = backslash + 1 + numeric.length;
    } else if (next in SIMPLE && (next !== 'e' || rules.escape)) {
      out += SIMPLE[next] ?? '';
      at = backslash + 2;
    } else if (rules.quotes && (next === '"' || next === "'")) {
      out += next;
      at = backslash + 2;
    } else {
      out += '\\';
      at = backslash + 1;
    }
  }
  return { text: out + text.slice(at), stopped: false };
}

/** The escape behind a backslash that gives a code: its text, and how long it is. */
function numericEscape(
  rest: string,
  rules: EscapeRules,
): { readonly text: string; readonly length: number } | undefined {
  const withZero = rules.octalNeedsZero === false ? null : OCTAL_WITH_ZERO.exec(rest);
  const octal = withZero ?? (rules.octalNeedsZero === true ? null : OCTAL.exec(rest));
  if (octal !== null) return { text: byteText(parseInt(`0${octal[1] ?? ''}`, 8)), length: octal[0].length };
  const hex = rules.hexadecimal ? /^x([0-9a-fA-F]{1,2})/.exec(rest) : null;
  if (hex !== null) return { text: byteText(parseInt(hex[1] ?? '', 16)), length: hex[0].length };
  const unicode = rules.unicode ? /^(?:u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8}))/.exec(rest) : null;
  if (unicode === null) return undefined;
  const code = parseInt(unicode[1] ?? unicode[2] ?? '', 16);
  return code > 0x10ffff ? undefined : { text: String.fromCodePoint(code), length: unicode[0].length };
}

/** One byte as lossless text. Bytes that follow each other are joined to characters when they are written. */
function byteText(code: number): string {
  const byte = code & 0xff;
  return String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
}
