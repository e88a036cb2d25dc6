/** How many columns of a terminal a text takes: East Asian and emoji characters two, combining ones none. */

/** Nearly all that is ever listed. */
const PLAIN = /^[ -~]*$/;
const NONE = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]$/u;
/** Unicode's East Asian Width "W" and "F", by block. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]$/u;

/** The columns a text takes. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** The columns one character takes: 0, 1 or 2. */
export function characterWidth(character: string): number {
  if (character < '\u0300') return NONE.test(character) ? 0 : 1;
  if (NONE.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
