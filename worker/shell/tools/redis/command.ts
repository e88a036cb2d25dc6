/** What a Redis command is. */
import type { Keyspace } from './keyspace.ts';
import { RedisError, type Reply } from './reply.ts';

export interface Command {
  /** Number of words, the name among them; negative: at least so many. */
  readonly arity: number;
  /** `words` are those after the name. Throws {@link RedisError} for what it refuses. */
  readonly run: (keys: Keyspace, words: readonly string[]) => Reply;
}

export type CommandTable = Readonly<Record<string, Command>>;

export const SYNTAX_ERROR = 'ERR syntax error';

/** An integer as Redis reads it. */
export function integerOf(text = ''): number {
  const number = /^[+-]?\d+$/.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(number)) throw new RedisError('ERR value is not an integer or out of range');
  return number;
}

export function floatOf(text = ''): number {
  const number = text.trim() === '' ? NaN : Number(text.replace(/^([+-]?)inf$/i, '$1Infinity'));
  if (Number.isNaN(number)) throw new RedisError('ERR value is not a valid float');
  return number;
}

/** A part of a list from one place to another, both counted from the end where negative. */
export function range<Item>(items: readonly Item[], first: number, last: number): readonly Item[] {
  const at = (place: number): number => (place < 0 ? Math.max(items.length + place, 0) : place);
  return last < 0 && items.length + last < 0 ? [] : items.slice(at(first), at(last) + 1);
}

/** Two by two. */
export function pairsOf(words: readonly string[], name: string): (readonly [string, string])[] {
  if (words.length % 2 !== 0) throw new RedisError(`ERR wrong number of arguments for '${name}' command`);
  return Array.from({ length: words.length / 2 }, (_, at) => [words[2 * at]!, words[2 * at + 1]!] as const);
}

/** A pattern of KEYS: `*`, `?`, sets in brackets, `\` before a character that is meant. */
export function globOf(pattern: string): RegExp {
  const source = pattern.replace(/\\(.)|\[\^|[[\]]|\*|\?|[.+^${}()|/\\]/gs, (token, escaped: string | undefined) => {
    if (escaped !== undefined) return `\\${escaped}`;
    if (token === '*') return '[^]*';
    if (token === '?') return '[^]';
    return token === '[' || token === ']' || token === '[^' ? token : `\\${token}`;
  });
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return /^(?!)/;
  }
}
