/**
 * Shell patterns (POSIX.1-2017, XCU 2.13) as regular expressions. In a pattern a backslash quotes what follows; expansion
 * puts one before every special character that was quoted in the script.
 */
import { Expression, UNCHARGED } from '../../regex/expression.ts';
import { POSIX_CLASSES } from '../../regex/posix-classes.ts';

const SPECIAL = /[\\*?[\]!^+@()|-]/g;
const cache = new Map<string, Expression>();
const MAX_CACHED = 1000;

/** Text as a pattern that matches it alone. */
export function escapePattern(text: string): string {
  return text.replace(SPECIAL, '\\$&');
}

/** Text without the backslashes that quote. */
export function unescapePattern(pattern: string): string {
  return pattern.replace(/\\(.)/gs, '$1');
}

/** How {@link patternExpression} is to be used. */
export interface PatternOptions {
  /** Match the whole text (default), a prefix, a suffix, or anywhere. */
  readonly anchor?: 'whole' | 'start' | 'end' | 'none';
  /** Take as little as possible. */
  readonly shortest?: boolean;
  /** `@(a|b)` and its like are special (bash). */
  readonly extended?: boolean;
  readonly ignoreCase?: boolean;
}

/** The regular expression of a pattern. With anchor `end` the text before the match is group 1. */
export function patternExpression(pattern: string, options: PatternOptions = {}): Expression {
  const { anchor = 'whole', shortest = false, extended = false, ignoreCase = false } = options;
  const key = `${anchor} ${shortest} ${extended} ${ignoreCase} ${pattern}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const body = translate(pattern, extended, shortest && anchor === 'start');
  // A suffix is found by taking as much, or as little, as possible before it.
  const before = shortest ? '(.*)' : '(.*?)';
  const source = { whole: `^(?:${body})$`, start: `^(?:${body})`, end: `^${before}(?:${body})$`, none: `(?:${body})` }[
    anchor
  ];
  const compiled = new Expression(source, ignoreCase ? 'sui' : 'su');
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(key, compiled);
  return compiled;
}

/** True when the whole of `text` matches. */
export function matchesPattern(text: string, pattern: string, extended = false, ignoreCase = false): boolean {
  return patternExpression(pattern, { extended, ignoreCase }).find(text, UNCHARGED) !== undefined;
}

/** True when a pattern has a special character that is not quoted. */
export function hasWildcard(pattern: string, extended: boolean): boolean {
  if (!/[*?[@!+]/.test(pattern)) return false;
  const bare = pattern.includes('\\') ? pattern.replace(/\\./gs, '') : pattern;
  return /[*?[]/.test(bare) || (extended && /[@!+]\(/.test(bare));
}

function literal(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}

function translate(pattern: string, extended: boolean, lazy: boolean): string {
  const characters = [...pattern];
  let out = '';
  let at = 0;
  while (at < characters.length) {
    const character = characters[at] ?? '';
    if (extended && '?*+@!'.includes(character) && characters[at + 1] === '(') {
      const end = closingParenthesis(characters, at + 1);
      if (end !== -1) {
        const alternatives = splitAlternatives(characters.slice(at + 2, end)).map((one) =>
          translate(one, extended, lazy),
        );
        out += extendedGroup(
          character,
          alternatives.join('|'),
          translate(characters.slice(end + 1).join(''), extended, lazy),
        );
        if (character === '!') return out;
        at = end + 1;
        continue;
      }
    }
    at++;
    if (character === '\\') {
      out += literal(characters[at] ?? '\\');
      at++;
    } else if (character === '*') {
      out += lazy ? '.*?' : '.*';
      while (characters[at] === '*' && !(extended && characters[at + 1] === '(')) at++;
    } else if (character === '?') {
      out += '.';
    } else if (character === '[') {
      const bracket = translateBracket(characters, at);
      out += bracket?.source ?? '\\[';
      at = bracket?.end ?? at;
    } else {
      out += literal(character);
    }
  }
  return out;
}

function extendedGroup(operator: string, alternatives: string, rest: string): string {
  // What `!(…)` must not match ends where the rest of the pattern begins, so the rest is part of the look-ahead.
  if (operator === '!') return `(?!(?:${alternatives})(?:${rest})$).*(?:${rest})`;
  return `(?:${alternatives})${operator === '@' ? '' : operator}`;
}

function closingParenthesis(characters: readonly string[], open: number): number {
  let depth = 0;
  for (let at = open; at < characters.length; at++) {
    if (characters[at] === '\\') at++;
    else if (characters[at] === '(') depth++;
    else if (characters[at] === ')' && --depth === 0) return at;
  }
  return -1;
}

function splitAlternatives(characters: readonly string[]): string[] {
  const alternatives = [''];
  let depth = 0;
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? '';
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (character === '|' && depth === 0) {
      alternatives.push('');
      continue;
    }
    const whole = character === '\\' ? character + (characters[++at] ?? '') : character;
    alternatives.push((alternatives.pop() ?? '') + whole);
  }
  return alternatives;
}

/** A bracket expression whose `[` stands before `start`; undefined when it has no end and is a plain `[`. */
function translateBracket(characters: readonly string[], start: number): { source: string; end: number } | undefined {
  let at = start;
  const negated = characters[at] === '!' || characters[at] === '^';
  if (negated) at++;
  let set = '';
  for (let first = true; ; first = false) {
    const character = characters[at];
    if (character === undefined) return undefined;
    if (character === ']' && !first) break;
    const name = character === '[' ? /^\[:(\w+):\]/.exec(characters.slice(at).join(''))?.[1] : undefined;
    if (name !== undefined) {
      set += POSIX_CLASSES[name] ?? '';
      at += name.length + 4;
      continue;
    }
    if (character === '-' && set !== '' && characters[at + 1] !== ']') {
      set += '-';
      at++;
      continue;
    }
    const quoted = character === '\\' && characters[at + 1] !== undefined;
    const one = quoted ? (characters[at + 1] ?? '') : character;
    at += quoted ? 2 : 1;
    set += /[\\\]^[-]/.test(one) ? `\\${one}` : one;
  }
  return { source: safeClass(negated, set), end: at + 1 };
}

/** A character class; one that cannot be (a range the wrong way round) matches nothing. */
function safeClass(negated: boolean, set: string): string {
  const source = `[${negated ? '^' : ''}${set}]`;
  try {
    new RegExp(source, 'u');
    return source;
  } catch {
    return negated ? '.' : '(?!)';
  }
}
