/**
 * The order of names: by their UTF-8 bytes, as `readdir` users, tar writers and `LC_ALL=C` tools sort. JavaScript
 * compares UTF-16 code units, which differs where a surrogate pair meets a character from U+E000 to U+FFFF.
 */

const NEEDS_CARE = /[\ud800-\uffff]/;

/** Below 0, 0 or above 0, as the UTF-8 bytes of `a` sort before, equal or after those of `b`. */
export function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  if (!NEEDS_CARE.test(a) || !NEEDS_CARE.test(b)) return a < b ? -1 : 1;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [unitA, unitB] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (unitA !== unitB) return weight(unitA) - weight(unitB);
  }
  return a.length - b.length;
}

/** Moves surrogates above the rest of the Basic Multilingual Plane: what they stand for encodes to more bytes. */
function weight(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** Sorts names in place by their UTF-8 bytes; returns them. */
export function sortNames(names: string[]): string[] {
  if (names.length < 2) return names;
  return names.some((name) => NEEDS_CARE.test(name)) ? names.sort(compareBytes) : names.sort();
}
