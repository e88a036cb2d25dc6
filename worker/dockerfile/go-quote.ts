/** Quoting as Go's `strconv.Quote` does it (`%q`): how BuildKit shows words in messages, histories and tree dumps. */

const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

const NAMED_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['\\', '\\\\'],
]);

/** ASCII that stands for itself. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** `"text"` with what cannot be seen escaped. */
export function quote(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  let out = '"';
  for (const char of text) out += char === '"' ? '\\"' : escaped(char);
  return out + '"';
}

/** A list of strings as `%q` shows a Go slice: `["a" "b"]`. */
export function quoteList(texts: readonly string[]): string {
  return `[${texts.map(quote).join(' ')}]`;
}

const LAST_CODE_POINT = 0x10ffff;

/** A number as `%q` shows it: the character of that code point in single quotes. */
export function quoteCharacter(code: number): string {
  const known = code >= 0 && code <= LAST_CODE_POINT && !(code >= 0xd800 && code <= 0xdfff);
  const char = String.fromCodePoint(known ? code : 0xfffd);
  return `'${char === "'" ? "\\'" : escaped(char)}'`;
}

function escaped(char: string): string {
  const named = NAMED_ESCAPES.get(char);
  if (named !== undefined) return named;
  if (PRINTABLE.test(char)) return char;
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return '\\x' + code.toString(16).padStart(2, '0');
  if (code < 0x10000) return '\\u' + code.toString(16).padStart(4, '0');
  return '\\U' + code.toString(16).padStart(8, '0');
}
