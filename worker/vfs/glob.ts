/**
 * Wildcards of COPY and ADD: the patterns of Go's `path/filepath.Match`, not those of a shell. `*` and `?` stop at slashes,
 * there is no `**` and no braces, `[^a-z]` negates (`!` does not), and a backslash takes the next character as it is.
 */
import { EngineError } from '../base/errors.ts';

type Token =
  | { readonly kind: 'literal'; readonly character: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'class'; readonly negated: boolean; readonly ranges: readonly (readonly [number, number])[] };

/** Tokens between stars; `star` tells whether one stands before. */
interface Chunk {
  readonly star: boolean;
  readonly tokens: Token[];
}

/** True when a pattern matches a name as a whole. Throws `invalid-argument` for a malformed pattern, worded as Go does. */
export function matchPattern(pattern: string, name: string): boolean {
  return matchChunks(parsePattern(pattern), Array.from(name));
}

/** True when a path holds a character that `matchPattern` takes for more than itself. */
export function hasWildcard(path: string): boolean {
  return /[*?[]/.test(path.replace(/\\./gs, ''));
}

function parsePattern(pattern: string): Chunk[] {
  const characters = Array.from(pattern);
  const chunks: Chunk[] = [{ star: false, tokens: [] }];
  let at = 0;

  /** The next character of a class, unescaped. */
  function classCharacter(): number {
    const first = characters[at++];
    if (first === undefined || first === '-' || first === ']') throw malformed(pattern);
    const taken = first === '\\' ? characters[at++] : first;
    // a class that stops here is never closed
    if (taken === undefined || at >= characters.length) throw malformed(pattern);
    return codePoint(taken);
  }

  function classToken(): Token {
    const negated = characters[at] === '^';
    if (negated) at++;
    const ranges: [number, number][] = [];
    while (characters[at] !== ']' || ranges.length === 0) {
      const low = classCharacter();
      if (characters[at] !== '-') ranges.push([low, low]);
      else {
        at++;
        ranges.push([low, classCharacter()]);
      }
    }
    at++;
    return { kind: 'class', negated, ranges };
  }

  while (at < characters.length) {
    const character = characters[at++];
    const last = chunks.at(-1);
    if (character === undefined || last === undefined) break;
    if (character === '*') {
      if (!last.star || last.tokens.length > 0) chunks.push({ star: true, tokens: [] });
    } else if (character === '?') last.tokens.push({ kind: 'any' });
    else if (character === '[') last.tokens.push(classToken());
    else if (character !== '\\') last.tokens.push({ kind: 'literal', character });
    else {
      const escaped = characters[at++];
      if (escaped === undefined) throw malformed(pattern);
      last.tokens.push({ kind: 'literal', character: escaped });
    }
  }
  return chunks;
}

const codePoint = (character: string): number => character.codePointAt(0) ?? 0;

/** Each chunk is taken where it first fits, and not tried again further on: Go's rule, no backtracking over stars. */
function matchChunks(chunks: readonly Chunk[], name: readonly string[]): boolean {
  let at = 0;
  for (const [i, chunk] of chunks.entries()) {
    const last = i === chunks.length - 1;
    if (chunk.star && last && chunk.tokens.length === 0) return !name.includes('/', at);
    const end = chunk.star ? firstFit(chunk, name, at, last) : fits(chunk, name, at);
    if (end === undefined || (last && end !== name.length)) return false;
    at = end;
  }
  return true;
}

/** Where a chunk after a star ends at its first fit; the last chunk must end with the name. */
function firstFit(chunk: Chunk, name: readonly string[], from: number, last: boolean): number | undefined {
  for (let start = from; start <= name.length; start++) {
    const end = fits(chunk, name, start);
    if (end !== undefined && (!last || end === name.length)) return end;
    if (name[start] === '/') return undefined;
  }
  return undefined;
}

/** The end of a chunk that fits at `start`. */
function fits(chunk: Chunk, name: readonly string[], start: number): number | undefined {
  let at = start;
  for (const token of chunk.tokens) {
    const character = name[at++];
    if (character === undefined || !matchesToken(token, character)) return undefined;
  }
  return at;
}

function matchesToken(token: Token, character: string): boolean {
  switch (token.kind) {
    case 'literal':
      return token.character === character;
    case 'any':
      return character !== '/';
    case 'class': {
      const point = codePoint(character);
      return token.ranges.some(([low, high]) => low <= point && point <= high) !== token.negated;
    }
  }
}

function malformed(pattern: string): EngineError {
  return new EngineError('invalid-argument', 'syntax error in pattern', { data: { pattern } });
}
