/** Regular expressions of awk: compiled once for each text, and the replacements of `sub`, `gsub` and `gensub`. */
import { ExpressionSyntaxError, regularExpressionOf } from '../regular-expression.ts';
import { AwkError } from './ast.ts';

export class RegexCache {
  ignoreCase = false;
  readonly #known = new Map<string, RegExp>();
  #lastSource: string | undefined;
  #last: RegExp | undefined;

  /** The compiled expression, global; set its `lastIndex` before use. Throws {@link AwkError}. */
  get(source: string): RegExp {
    if (source === this.#lastSource && this.#last !== undefined) return this.#last;
    const key = this.ignoreCase ? `i${source}` : `-${source}`;
    let regex = this.#known.get(key);
    if (regex === undefined) {
      regex = compile(source, this.ignoreCase);
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
    const regex = this.get(source);
    regex.lastIndex = 0;
    return regex.test(text);
  }
}

function compile(source: string, ignoreCase: boolean): RegExp {
  try {
    return new RegExp(regularExpressionOf(source, { extended: true, ignoreCase, flags: 'g' }));
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
  regex: RegExp,
  replacement: string,
  { which, groups }: { readonly which: number | 'all'; readonly groups: boolean },
): { readonly text: string; readonly count: number } {
  let out = '';
  let end = 0;
  let count = 0;
  let seen = 0;
  let lastMatchEnd = -1;
  const literal = /[\\&]/.test(replacement) ? undefined : replacement;
  regex.lastIndex = 0;
  for (let match = regex.exec(text); match !== null; match = regex.exec(text)) {
    const [whole] = match;
    const { index } = match;
    if (whole === '') {
      regex.lastIndex++;
      // nothing right behind a match is not a match of its own
      if (index === lastMatchEnd) continue;
    }
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
function expandReplacement(replacement: string, match: RegExpExecArray, groups: boolean): string {
  return replacement.replace(/\\(.)|&/gs, (_, escaped: string | undefined) => {
    if (escaped === undefined) return match[0];
    return groups && /\d/.test(escaped) ? (match[Number(escaped)] ?? '') : escaped;
  });
}
