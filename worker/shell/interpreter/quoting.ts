/** Quoting words so that a shell reads them back: `export -p`, `set`, `${x@Q}`, `printf %q`, `trap`. */

/** In single quotes, always. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** As ash and dash print variables: single quotes, a quote itself in double quotes. */
export function almquistQuoted(text: string): string {
  return `'${text.replace(/'+/g, (quotes) => `'"${quotes}"'`)}'`;
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
  return [...text].some((character) => character < ' ' || character === '\x7f');
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

/** `$'…'` with escapes. */
export function ansiQuoted(text: string): string {
  const inner = [...text].map((character) => {
    if (character in ANSI) return ANSI[character] ?? '';
    return character < ' ' || character === '\x7f'
      ? `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`
      : character;
  });
  return `$'${inner.join('')}'`;
}
