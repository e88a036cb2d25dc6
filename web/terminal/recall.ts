/** Earlier command lines, as the arrow keys of a shell bring them back. */

/** The line `back` steps into the past; 0 is the empty line being typed. Repeated and empty lines count once. */
export function recall(lines: readonly string[], back: number): { readonly back: number; readonly line: string } {
  const past = lines.filter((line, index) => line !== '' && line !== lines[index + 1]).reverse();
  const place = Math.max(0, Math.min(back, past.length));
  return { back: place, line: place === 0 ? '' : past[place - 1]! };
}
