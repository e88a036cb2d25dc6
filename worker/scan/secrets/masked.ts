/** A secret as it may stand on a screen. */

/** Characters of a token that are shown: what kind it is, and which of several. */
const SHOWN = 6;
/** Shorter ones are struck out whole. */
const SHORT = 20;

/** `ghp_aB… (40 characters)`. */
export function masked(value: string): string {
  const length = `(${value.length} characters)`;
  const heading = /^-----BEGIN [A-Z ]+-----/.exec(value);
  if (heading !== null) return `${heading[0]} … ${length}`;
  return value.length < SHORT ? `•••••• ${length}` : `${value.slice(0, SHOWN)}… ${length}`;
}
