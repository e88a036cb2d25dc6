/** Puts a regular expression of Python (library, "Regular Expression Syntax") into JavaScript's syntax. */

export interface TranslatedPattern {
  readonly source: string;
  readonly flags: string;
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
  /** Flags that the expression sets itself, as Python's bits. */
  readonly inlineFlags: number;
}

/** Python's bits of its flags. */
const IGNORE_CASE = 2;
const MULTILINE = 8;
const DOT_ALL = 16;
const VERBOSE = 64;
const ASCII = 256;
const FLAG_BITS: Readonly<Record<string, number>> = {
  i: IGNORE_CASE,
  L: 4,
  m: MULTILINE,
  s: DOT_ALL,
  u: 32,
  x: VERBOSE,
  a: ASCII,
};
const END = '(?![\\s\\S])';

/** The expression, or Python's complaint about it. */
export function translatePattern(pattern: string, given: number): TranslatedPattern | string {
  let inlineFlags = 0;
  let body = pattern;
  const global = /^\(\?([aiLmsux]+)\)/.exec(body);
  if (global !== null) {
    for (const letter of global[1] ?? '') inlineFlags |= FLAG_BITS[letter] ?? 0;
    body = body.slice(global[0].length);
  }
  const bits = given | inlineFlags;
  const has = (bit: number): boolean => (bits & bit) !== 0;
  const names = new Map<string, number>();
  let groups = 0;
  let out = '';
  let depth = 0;
  for (let at = 0; at < body.length; at++) {
    const sign = body[at]!;
    if (sign === '\\') {
      const next = body[++at];
      if (next === undefined) return `bad escape (end of pattern) at position ${at - 1}`;
      out += escaped(next, has(ASCII));
    } else if (sign === '[') {
      const end = classEnd(body, at);
      if (end === -1) return `unterminated character set at position ${at}`;
      out += characterClass(body.slice(at + 1, end), has(ASCII));
      at = end;
    } else if (has(VERBOSE) && /\s/.test(sign)) continue;
    else if (has(VERBOSE) && sign === '#') {
      const end = body.indexOf('\n', at);
      at = end === -1 ? body.length : end;
    } else if (sign === '(') {
      const group = groupAt(body, at);
      if (group.kind === 'named') {
        const { name } = group;
        if (names.has(name))
          return `redefinition of group name '${name}' as group ${groups + 1}; was group ${names.get(name) ?? 0} at position ${at + 4}`;
        names.set(name, ++groups);
      } else if (group.kind === 'plain') groups++;
      if (group.opens) depth++;
      out += group.source;
      at += group.length - 1;
    } else if (sign === ')') {
      if (--depth < 0) return `unbalanced parenthesis at position ${at}`;
      out += sign;
    } else if (sign === '$' && !has(MULTILINE)) out += `(?=\\n?${END})`;
    else if (
      (sign === '*' || sign === '+' || sign === '?') &&
      (at === 0 || body[at - 1] === '|' || (body[at - 1] === '(' && sign !== '?'))
    )
      return `nothing to repeat at position ${at}`;
    else if (sign === '+' && /[*+?}]/.test(body[at - 1] ?? '') && body[at - 2] !== '\\') continue;
    else if (sign === '{' && !/^\{\d*(?:,\d*)?\}/.test(body.slice(at))) out += '\\{';
    else if (sign === '{' && body[at + 1] === ',') {
      out += '{0';
    } else if (sign === '}' && !/\{\d*(?:,\d*)?$/.test(out)) out += '\\}';
    else if (sign === ']') out += '\\]';
    else out += sign;
  }
  if (depth > 0) return `missing ), unterminated subpattern at position ${pattern.indexOf('(')}`;
  const flags = `d${has(IGNORE_CASE) ? 'i' : ''}${has(MULTILINE) ? 'm' : ''}${has(DOT_ALL) ? 's' : ''}`;
  return { source: out, flags, groups, names, inlineFlags };
}

/** What stands at an opening parenthesis. */
type Group = {
  /** How much of the pattern it is. */
  readonly length: number;
  /** The same in JavaScript. */
  readonly source: string;
  /** A closing parenthesis follows somewhere. */
  readonly opens: boolean;
} & ({ readonly kind: 'named'; readonly name: string } | { readonly kind: 'plain' | 'uncounted' });

function groupAt(body: string, at: number): Group {
  const text = body.slice(at);
  const named = /^\(\?P<([^>]*)>/.exec(text);
  if (named !== null) {
    const [{ length }, name = ''] = named;
    return { kind: 'named', name, length, source: `(?<${name}>`, opens: true };
  }
  const back = /^\(\?P=(\w+)\)/.exec(text);
  if (back !== null)
    return { kind: 'uncounted', length: back[0].length, source: `\\k<${back[1] ?? ''}>`, opens: false };
  const comment = /^\(\?#[^)]*\)/.exec(text);
  if (comment !== null) return { kind: 'uncounted', length: comment[0].length, source: '', opens: false };
  return { kind: text[1] === '?' ? 'uncounted' : 'plain', length: 1, source: '(', opens: true };
}

function escaped(letter: string, isAscii: boolean): string {
  switch (letter) {
    case 'A':
      return '(?<![\\s\\S])';
    case 'Z':
      return END;
    case 'd':
    case 'D':
      return isAscii ? `\\${letter}` : letter === 'd' ? '\\p{Nd}' : '\\P{Nd}';
    case 'w':
      return isAscii ? '\\w' : '[\\p{L}\\p{N}_]';
    case 'W':
      return isAscii ? '\\W' : '[^\\p{L}\\p{N}_]';
    case 'a':
      return '\\x07';
    default:
      return /[\w^$\\.*+?()[\]{}|/-]/.test(letter) && letter !== '_' && letter !== '-'
        ? `\\${letter}`
        : letter === '-'
          ? '-'
          : letter;
  }
}

/** Where a class ends that begins at `at`; -1 where it does not. */
function classEnd(body: string, at: number): number {
  let i = at + 1;
  if (body[i] === '^') i++;
  if (body[i] === ']') i++;
  for (; i < body.length; i++) {
    if (body[i] === '\\') i++;
    else if (body[i] === ']') return i;
  }
  return -1;
}

function characterClass(inside: string, isAscii: boolean): string {
  const body = inside.replace(
    /\\([\s\S])|([[\]])|(&&|--)/g,
    (all, letter: string | undefined, bracket: string | undefined) => {
      if (bracket !== undefined) return `\\${bracket}`;
      if (letter === undefined) return [...all].map((sign) => `\\${sign}`).join('');
      if (letter === 'w' && !isAscii) return '\\p{L}\\p{N}_';
      if (letter === 'd' && !isAscii) return '\\p{Nd}';
      if (letter === 'a') return '\\x07';
      return /[\w^\\\][-]/.test(letter) && !/[ghijklmopqyzAIJKLMNOQRTUVXYZ_]/.test(letter)
        ? `\\${letter}`
        : letter === '/'
          ? '\\/'
          : letter;
    },
  );
  return `[${body}]`;
}
