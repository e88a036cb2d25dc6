/**
 * White space as Go knows it: BuildKit's parser leans on `unicode.IsSpace` and `strings.TrimSpace`, and JavaScript's `trim` draws
 * the line elsewhere (it takes U+FEFF, and leaves U+0085).
 */

/** True for what Go's `unicode.IsSpace` calls white space. Takes a UTF-16 unit or a code point. */
export function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** The text without white space at its start. */
export function trimSpaceStart(text: string): string {
  let start = 0;
  while (start < text.length && isSpace(text.charCodeAt(start))) start++;
  return start === 0 ? text : text.slice(start);
}

/** The text without white space at either end. */
export function trimSpace(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text.charCodeAt(end - 1))) end--;
  return trimSpaceStart(end === text.length ? text : text.slice(0, end));
}
