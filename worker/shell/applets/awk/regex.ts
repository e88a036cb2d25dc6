/** Regular expressions of awk: compiled once for each text, and the replacements of `sub`, `gsub` and `gensub`. */
import type { Expression, Match, Worker } from '../../regex/expression.ts';
import { ExpressionSyntaxError, regularExpressionOf } from '../regular-expression.ts';
import { AwkError } from './ast.ts';

export class RegexCache {
  ignoreCase = false;
  readonly #worker: Worker;
  readonly #known = new Map<string, AwkExpression>();
  #lastSource: string | undefined;
  #last: AwkExpression | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
  }

  /** The compiled expression. Throws {@link AwkError}. */
  get(source: string): AwkExpression {
    if (source === this.#lastSource && this.#last !== undefined) return this.#last;
    const key = this.ignoreCase ? `i${source}` : `-${source}`;
    let regex = this.#known.get(key);
    if (regex === undefined) {
      regex = new AwkExpression(compile(source, this.ignoreCase), this.#worker);
      this.#known.set(key, regex);
    }
    this.#last = regex;
    this.#lastSource = source;
    return regex;
  }

  setIgnoreCase(ignoreCase: boolean): void {
    this.ignoreCase = ignoreCase;
    this.#lastSource = undefined;
  }

  matches(text: string, source: string): boolean {
    return this.get(source).find(text) !== undefined;
  }
}

/** An expression, and the process that is charged for its matches. */
export class AwkExpression {
  readonly #expression: Expression;
  readonly #worker: Worker;

  constructor(expression: Expression, worker: Worker) {
    this.#expression = expression;
    this.#worker = worker;
  }

  /** The first match at or behind `from`. */
  find(text: string, from = 0): Match | undefined {
    return this.#expression.find(text, this.#worker, from);
  }

  /** All matches, one behind the other. */
  findAll(text: string): Generator<Match, void> {
    return this.#expression.findAll(text, this.#worker);
  }
}

function compile(source: string, ignoreCase: boolean): Expression {
  try {
    return regularExpressionOf(source, { extended: true, ignoreCase });
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    throw new AwkError(`bad regex '${source}': ${error.message}`);
  }
}

/**
 * Replaces matches in `text`: all of them, or the one numbered `which` from 1. `groups` lets `\1` stand for a group (gensub);
 * `&` and `\0` are the match either way.
 */
export function substitute(
  text: string,
  regex: AwkExpression,
  replacement: string,
  { which, groups }: { readonly which: number | 'all'; readonly groups: boolean },
): { readonly text: string; readonly count: number } {
  let out = '';
  let end = 0;
  let count = 0;
  let seen = 0;
  let lastMatchEnd = -1;
  const literal = /[\\&]/.test(replacement) ? undefined : replacement;
  for (const match of regex.findAll(text)) {
    const { index, 0: whole } = match;
    // nothing right behind a match is not a match of its own
    if (whole === '' && index === lastMatchEnd) continue;
    lastMatchEnd = index + whole.length;
    seen++;
    if (which !== 'all' && seen < which) continue;
    out += text.slice(end, index) + (literal ?? expandReplacement(replacement, match, groups));
    end = lastMatchEnd;
    count++;
    if (which !== 'all') break;
  }
  return { text: count === 0 ? text : out + text.slice(end), count };
}

/** The replacement with `&`, and the groups where they count, filled in. A backslash goes, and takes
 * a special meaning with it. */
function expandReplacement(replacement: string, match: Match, groups: boolean): string {
  return replacement.replace(/\\(.)|&/gs, (_, escaped: string | undefined) => {
    if (escaped === undefined) return match[0];
    return groups && /\d/.test(escaped) ? (match[Number(escaped)] ?? '') : escaped;
  });
}
