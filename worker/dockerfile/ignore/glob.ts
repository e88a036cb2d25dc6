/**
 * The patterns of `.dockerignore`: `*` and `?` within one name, `[a-z]`, `**` for any number of names, a backslash for the next
 * character itself. What moby/patternmatcher makes a regular expression of is here a list of elements, followed state by state:
 * no pattern takes more than (length of path) x (length of pattern) steps.
 */

type Element =
  | { readonly kind: 'character'; readonly code: number }
  /** `?` */
  | { readonly kind: 'any' }
  /** `*` */
  | { readonly kind: 'run' }
  /** `**` at the end: all that follows. */
  | { readonly kind: 'rest' }
  /** `**` elsewhere: whole names, or none. Takes two states, before and within. */
  | { readonly kind: 'names' }
  | { readonly kind: 'within-names' }
  | { readonly kind: 'class'; readonly negated: boolean; readonly ranges: readonly (readonly [number, number])[] };

const SLASH = 0x2f;

/** A pattern ready to be matched. */
export interface Glob {
  matches(path: string): boolean;
}

/** Reads a pattern, cleaned and without `!`. Throws an Error, worded as Go does, for one that is malformed. */
export function parseGlob(pattern: string): Glob {
  const elements = readElements(pattern);
  const literal = literalText(elements);
  if (literal !== undefined) return { matches: (path) => path === literal };
  const suffix = literalSuffix(pattern);
  if (suffix !== undefined) {
    return { matches: (path) => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1)) };
  }
  // Most patterns match few of many paths: what cannot match is told by its text.
  const required = longestLiteral(elements);
  return { matches: (path) => path.includes(required) && matchElements(elements, path) };
}

/** The longest text that every path the elements match has in it. */
function longestLiteral(elements: readonly Element[]): string {
  let [longest, current] = ['', ''];
  for (const element of elements) {
    current = element.kind === 'character' ? current + String.fromCodePoint(element.code) : '';
    if (current.length > longest.length) longest = current;
  }
  return longest;
}

/** The only path a pattern without wildcards matches; undefined for others. */
function literalText(elements: readonly Element[]): string | undefined {
  let text = '';
  for (const element of elements) {
    if (element.kind !== 'character') return undefined;
    text += String.fromCodePoint(element.code);
  }
  return text;
}

/** `**` followed by plain text matches by the end of the path alone: `**.o` takes `a.o`, though no name ends before `.o`. */
function literalSuffix(pattern: string): string | undefined {
  const suffix = pattern.slice(2);
  return pattern.startsWith('**') && !/[*?[\]\\]/.test(suffix) ? suffix : undefined;
}

function readElements(pattern: string): readonly Element[] {
  const points = Array.from(pattern, (char) => char.codePointAt(0) ?? 0);
  const elements: Element[] = [];
  for (let i = 0; i < points.length;) {
    const char = String.fromCodePoint(points[i]!);
    if (char === '*' && points[i + 1] === points[i]) {
      i += points[i + 2] === SLASH ? 3 : 2;
      if (i >= points.length) elements.push({ kind: 'rest' });
      else elements.push({ kind: 'names' }, { kind: 'within-names' });
    } else if (char === '[') {
      const { element, end } = readClass(points, i + 1);
      elements.push(element);
      i = end;
    } else {
      const escaped = char === '\\';
      const code = points[escaped ? i + 1 : i];
      if (code === undefined) throw malformed();
      if (char === '*') elements.push({ kind: 'run' });
      else if (char === '?') elements.push({ kind: 'any' });
      else elements.push({ kind: 'character', code });
      i += escaped ? 2 : 1;
    }
  }
  return elements;
}

/** The class whose first character is at `start`. */
function readClass(points: readonly number[], start: number): { element: Element; end: number } {
  const code = (char: string): number => char.codePointAt(0) ?? 0;
  const negated = points[start] === code('^');
  const ranges: [number, number][] = [];
  let i = negated ? start + 1 : start;
  const readOne = (): number => {
    if (points[i] === code('-') || points[i] === code(']')) throw malformed();
    if (points[i] === code('\\')) i++;
    const point = points[i++];
    // Even the last character of a class has its closing bracket behind it.
    if (point === undefined || i >= points.length) throw malformed();
    return point;
  };
  while (ranges.length === 0 || points[i] !== code(']')) {
    const low = readOne();
    let high = low;
    if (points[i] === code('-')) {
      i++;
      high = readOne();
    }
    if (low > high) throw malformed();
    ranges.push([low, high]);
  }
  return { element: { kind: 'class', negated, ranges }, end: i + 1 };
}

function malformed(): Error {
  return new Error('syntax error in pattern');
}

/** Follows all ways through the elements at once: `states[i]` says that the path so far leads to element `i`. */
function matchElements(elements: readonly Element[], path: string): boolean {
  let states = new Uint8Array(elements.length + 2);
  states[0] = 1;
  let next = new Uint8Array(elements.length + 2);
  for (const char of path) {
    const code = char.codePointAt(0) ?? 0;
    // Those reached without a character lie further on, so that one pass in order sees them too.
    elements.forEach((element, state) => {
      if (states[state] === 0) return;
      reachWithoutCharacter(element, states, state);
      reachWith(code, element, next, state);
    });
    [states, next] = [next, states];
    next.fill(0);
    if (!states.includes(1)) return false;
  }
  elements.forEach((element, state) => {
    if (states[state] === 1) reachWithoutCharacter(element, states, state);
  });
  return states[elements.length] === 1;
}

function reachWithoutCharacter(element: Element, states: Uint8Array, state: number): void {
  if (element.kind === 'run' || element.kind === 'rest' || element.kind === 'names') states[state + 1] = 1;
  if (element.kind === 'names') states[state + 2] = 1;
}

function reachWith(code: number, element: Element, next: Uint8Array, state: number): void {
  switch (element.kind) {
    case 'character':
      if (element.code === code) next[state + 1] = 1;
      break;
    case 'any':
      if (code !== SLASH) next[state + 1] = 1;
      break;
    case 'class':
      if (element.negated !== element.ranges.some(([low, high]) => low <= code && code <= high)) next[state + 1] = 1;
      break;
    case 'run':
      if (code !== SLASH) next[state] = 1;
      break;
    case 'rest':
      next[state] = 1;
      break;
    case 'within-names':
      next[state] = 1;
      if (code === SLASH) next[state + 1] = 1;
      break;
    case 'names':
      break;
  }
}
