/** Texts, numbers, names and symbols as `util.inspect` writes them. */

const ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '\\': '\\\\',
};

/** A text in the quotes that need the fewest escapes. */
export function quoted(text: string): string {
  const quote = !text.includes("'")
    ? "'"
    : !text.includes('"')
      ? '"'
      : !text.includes('`') && !text.includes('${')
        ? '`'
        : "'";
  const escaped = text.replace(/[\x00-\x1f\x7f-\x9f\\]/g, (sign) => ESCAPES[sign] ?? `\\x${hex(sign)}`); // eslint-disable-line no-control-regex
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

function hex(sign: string): string {
  return sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
}

export function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** A property's name: quoted where it is no identifier. */
export function keyText(key: PropertyKey): string {
  if (typeof key === 'symbol') return `[${key.toString()}]`;
  return /^[A-Za-z_][\w]*$/.test(String(key)) ? String(key) : quoted(String(key));
}
