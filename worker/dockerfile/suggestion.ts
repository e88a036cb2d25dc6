/** "Did you mean": the known word nearest to one that is not known, as BuildKit's `util/suggest` finds it. */

/** Words further away than this many edits are no likely typing mistakes. */
const MAX_DISTANCE = 2;

/** The nearest of `options`, if near enough; undefined if none is, or if `word` itself is among them. */
export function nearestWord(word: string, options: readonly string[]): string | undefined {
  if (options.includes(word)) return undefined;
  let nearest: string | undefined;
  let best = MAX_DISTANCE + 1;
  for (const option of options) {
    if (Math.abs(option.length - word.length) >= best) continue;
    const distance = editDistance(word, option);
    if (distance < best) [nearest, best] = [option, distance];
  }
  return nearest;
}

/** The message with ` (did you mean x?)` where there is a near word. */
export function withSuggestion(message: string, word: string, options: readonly string[]): string {
  const nearest = nearestWord(word, options);
  return nearest === undefined ? message : `${message} (did you mean ${nearest}?)`;
}

/** Levenshtein distance: insertions, deletions and substitutions of characters. */
function editDistance(a: string, b: string): number {
  const from = Array.from(a);
  const to = Array.from(b);
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  from.forEach((char, i) => {
    const next = [i + 1];
    to.forEach((other, j) => {
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (char === other ? 0 : 1)));
    });
    row = next;
  });
  return row[to.length]!;
}
