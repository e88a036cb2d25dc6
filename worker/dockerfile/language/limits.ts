/** How much of a text the editor is answered about: a person has no use for more, and every key asks again. */

/** Characters of a Dockerfile that is understood while one types; one that is larger is only parsed. */
const MAX_CHARACTERS = 1_000_000;

/** Findings that are told at once. */
export const MAX_FINDINGS = 500;

export function isTooLarge(text: string): boolean {
  return text.length > MAX_CHARACTERS;
}
