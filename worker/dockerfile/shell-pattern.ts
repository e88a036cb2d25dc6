/**
 * The patterns of `${name#pattern}`, `${name%pattern}` and `${name/pattern/text}`: `*` any text, `?` any character, a backslash
 * takes either literally. Neither matches a line end, as in BuildKit, which makes regular expressions of them; here they are
 * simulated state by state, so that no pattern takes more than (length of text) x (length of pattern) steps.
 */

const ANY_TEXT = -1;
const ANY_CHARACTER = -2;
const NEWLINE = 0x0a;
const NONE = -1;

/** A pattern's elements: a code point, or one of the two wildcards. */
type Pattern = readonly number[];

/** Code points of a text; patterns are matched on these, so that `?` takes a whole character. */
function codePoints(text: string): number[] {
  return Array.from(text, (char) => char.codePointAt(0) ?? 0);
}

/** Reads a pattern. Throws an Error saying, as BuildKit does, why it is none. */
function parsePattern(text: string): Pattern {
  const points = codePoints(text);
  const pattern: number[] = [];
  for (let i = 0; i < points.length; i++) {
    const char = String.fromCodePoint(points[i]!);
    if (char === '*') pattern.push(ANY_TEXT);
    else if (char === '?') pattern.push(ANY_CHARACTER);
    else if (char !== '\\') pattern.push(points[i]!);
    else {
      const next = points[i + 1];
      const escaped = next === undefined ? '\uFFFD' : String.fromCodePoint(next);
      // `}` and `/` are escaped for the sake of the `${}` around the pattern: the escape is not part of it.
      if (escaped === '}' || escaped === '/') continue;
      if (!'*?\\'.includes(escaped))
        throw new Error(`invalid pattern (${text}) in substitution: invalid escape '\\${escaped}'`);
      pattern.push(next!);
      i++;
    }
  }
  return pattern;
}

interface PatternMatch {
  readonly start: number;
  readonly shortestEnd: number;
  readonly longestEnd: number;
}

/**
 * The leftmost match at or after `from`, with the nearest and the farthest place it can end. `anchored` accepts a match at `from`
 * alone. Each state remembers the leftmost start that leads to it.
 */
function findPattern(
  pattern: Pattern,
  text: readonly number[],
  from: number,
  anchored: boolean,
): PatternMatch | undefined {
  const end = pattern.length;
  let states = new Array<number>(end + 1).fill(NONE);
  let match: { start: number; shortestEnd: number; longestEnd: number } | undefined;
  for (let i = from; i <= text.length; i++) {
    if (match === undefined && (i === from || !anchored)) enter(states, pattern, 0, i);
    const accepted = states[end]!;
    if (accepted !== NONE && (match === undefined || accepted <= match.start)) {
      if (match?.start === accepted) match.longestEnd = i;
      else match = { start: accepted, shortestEnd: i, longestEnd: i };
    }
    if (i === text.length) break;
    const next = new Array<number>(end + 1).fill(NONE);
    for (let state = 0; state < end; state++) {
      const start = states[state]!;
      if (start === NONE || (match !== undefined && start > match.start)) continue;
      const element = pattern[state]!;
      const char = text[i]!;
      if (element === ANY_TEXT) {
        if (char !== NEWLINE) enter(next, pattern, state, start);
      } else if (element === char || (element === ANY_CHARACTER && char !== NEWLINE)) {
        enter(next, pattern, state + 1, start);
      }
    }
    if (next.every((start) => start === NONE) && (match !== undefined || anchored)) break;
    states = next;
  }
  return match;
}

/** Enters a state, and those that `*` lets be reached without a character. */
function enter(states: number[], pattern: Pattern, state: number, start: number): void {
  for (let at = state; ; at++) {
    const known = states[at]!;
    if (known === NONE || start < known) states[at] = start;
    if (pattern[at] !== ANY_TEXT) return;
  }
}

function textOf(points: readonly number[]): string {
  let out = '';
  for (const point of points) out += String.fromCodePoint(point);
  return out;
}

/** `${value#pattern}`, or `##` when `longest`. Throws an Error for a bad pattern. */
export function removePrefix(value: string, pattern: string, longest: boolean): string {
  return textOf(withoutPrefix(codePoints(value), parsePattern(pattern), longest));
}

function withoutPrefix(text: readonly number[], pattern: Pattern, longest: boolean): readonly number[] {
  const match = findPattern(pattern, text, 0, true);
  return match === undefined ? text : text.slice(longest ? match.longestEnd : match.shortestEnd);
}

/** `${value%pattern}`, or `%%` when `longest`: a prefix of the text read backwards. Throws an Error for a bad pattern. */
export function removeSuffix(value: string, pattern: string, longest: boolean): string {
  const rest = withoutPrefix(codePoints(value).reverse(), parsePattern(reversed(pattern)), longest);
  return textOf([...rest].reverse());
}

/** A pattern read backwards, each escape still before what it escapes. */
function reversed(pattern: string): string {
  return (pattern.match(/\\[^]|[^]/gu) ?? []).reverse().join('');
}

/** `${value/pattern/replacement}`: the leftmost, longest match. Throws an Error for a bad pattern. */
export function replaceFirst(value: string, pattern: string, replacement: string): string {
  const text = codePoints(value);
  const match = findPattern(parsePattern(pattern), text, 0, false);
  if (match === undefined) return value;
  return textOf(text.slice(0, match.start)) + replacement + textOf(text.slice(match.longestEnd));
}

/**
 * `${value//pattern/replacement}`. The replacement is a template of Go's regexp package, in which `$name` stands for a group; as
 * these patterns have none, it stands for nothing. Throws an Error for a bad pattern, and for a result over `maxLength` characters.
 */
export function replaceAll(value: string, pattern: string, replacement: string, maxLength: number): string {
  const elements = parsePattern(pattern);
  const filled = replacement.replace(/\$(?:(\$)|[\p{L}\p{Nd}_]+|\{[\p{L}\p{Nd}_]+\})/gu, '$1');
  const text = codePoints(value);
  let out = '';
  let copied = 0;
  for (let from = 0; from <= text.length;) {
    const match = findPattern(elements, text, from, false);
    if (match === undefined) break;
    const { start, longestEnd: end } = match;
    out += textOf(text.slice(copied, start));
    // An empty match directly behind another one does not count.
    if (end > copied || start === 0) out += filled;
    if (out.length > maxLength) throw new Error(`the result has more than ${maxLength} characters`);
    copied = end;
    from = end > from ? end : from + 1;
  }
  return out + textOf(text.slice(copied));
}
