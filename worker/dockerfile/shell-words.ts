/**
 * Quotes and variables in the words of an instruction, after BuildKit's `frontend/dockerfile/shell`: quotes are removed, `$name`
 * and `${name…}` with all its modifiers are replaced. Looks like a shell's rules and is not quite them, so the order of steps
 * here follows BuildKit's.
 */
import { EngineError } from '../base/errors.ts';
import { quote } from './go-quote.ts';
import { isSpace } from './go-space.ts';
import { removePrefix, removeSuffix, replaceAll, replaceFirst } from './shell-pattern.ts';

/** The value of a variable; undefined where it is not set. */
export type VariableLookup = (name: string) => string | undefined;

export interface ExpandOptions {
  readonly lookup: VariableLookup;
  /** The character that takes the next one literally; a backslash by default. */
  readonly escape?: string;
  /** Quotes stay in the result. */
  readonly keepQuotes?: boolean;
  /** Escape characters stay in the result. */
  readonly keepEscapes?: boolean;
  /** Quotes mean nothing: the text of a heredoc. */
  readonly ignoreQuotes?: boolean;
  /** A variable that is not set stays as it is written. */
  readonly keepUnset?: boolean;
}

export interface Expansion {
  readonly text: string;
  /** The text split at blanks that were not quoted. */
  readonly words: readonly string[];
  /** Variables that were asked for and set. */
  readonly matched: ReadonlySet<string>;
  /** Variables that were asked for and not set. */
  readonly unmatched: ReadonlySet<string>;
}

/** Characters an expansion may grow to: `ENV A=$A$A`, repeated, would fill any memory. */
const MAX_EXPANSION = 1 << 20;
/** How deep `${a:-${b:-…}}` may nest. */
const MAX_DEPTH = 200;

/** Most words hold nothing that is quoted, escaped, split or replaced. */
const PLAIN = /^[\w./:=+,@%-]*$/;
const NONE: ReadonlySet<string> = new Set();

/** A lookup in `NAME=value` strings; the last of a name counts. */
export function lookupIn(environment: readonly string[]): VariableLookup {
  const values = new Map<string, string>();
  for (const entry of environment) {
    const equals = entry.indexOf('=');
    values.set(equals < 0 ? entry : entry.slice(0, equals), equals < 0 ? '' : entry.slice(equals + 1));
  }
  return (name) => values.get(name);
}

/**
 * Expands one word. Throws `dockerfile`, worded as BuildKit words it (`failed to process "${x": syntax error: missing '}'`), for
 * quotes and braces that are not closed, modifiers there are not, and what `${x:?…}` demands; `limit` for a result too long.
 */
export function expandWord(word: string, options: ExpandOptions): Expansion {
  if (PLAIN.test(word)) return { text: word, words: word === '' ? [] : [word], matched: NONE, unmatched: NONE };
  const expander = new Expander(word, options);
  try {
    const { text, words } = expander.expandUntil(undefined, options.keepEscapes ?? false);
    return { text, words, matched: expander.matched, unmatched: expander.unmatched };
  } catch (error) {
    if (!(error instanceof ExpansionError)) throw error;
    throw new EngineError('dockerfile', `failed to process ${quote(word)}: ${error.message}`);
  }
}

/** Expands a text and splits it at blanks that were not quoted. Throws as {@link expandWord} does. */
export function expandWords(text: string, options: ExpandOptions): readonly string[] {
  return expandWord(text, options).words;
}

class ExpansionError extends Error {}

/** Collects words while text is written: quoted text never splits. */
class WordCollector {
  readonly #words: string[] = [];
  #word = '';
  #inWord = false;

  addText(text: string): void {
    let start = 0;
    for (let i = 0; i < text.length; i++) {
      if (!isSpace(text.charCodeAt(i))) continue;
      if (i > start) this.addQuoted(text.slice(start, i));
      if (this.#inWord && this.#word !== '') this.#finish();
      start = i + 1;
    }
    if (start < text.length) this.addQuoted(text.slice(start));
  }

  addQuoted(text: string): void {
    this.#word += text;
    this.#inWord = true;
  }

  finished(): readonly string[] {
    if (this.#word !== '') this.#finish();
    return this.#words;
  }

  #finish(): void {
    this.#words.push(this.#word);
    this.#word = '';
    this.#inWord = false;
  }
}

/** One pass over one text. */
class Expander {
  readonly matched = new Set<string>();
  readonly unmatched = new Set<string>();
  readonly #source: string;
  readonly #options: ExpandOptions;
  readonly #escape: string;
  #position: number;
  #keepEscapes = false;
  #depth = 0;
  #length = 0;

  constructor(source: string, options: ExpandOptions) {
    this.#source = source;
    this.#options = options;
    this.#escape = options.escape ?? '\\';
    // As Go's scanner, which BuildKit reads with, takes it: a byte order mark at the start is no text.
    this.#position = source.startsWith('\uFEFF') ? 1 : 0;
  }

  /** Expands up to the character `stop`, which is consumed, or to the end of the text. */
  expandUntil(stop: string | undefined, keepEscapes: boolean): { text: string; words: readonly string[] } {
    if (++this.#depth > MAX_DEPTH) throw new ExpansionError('substitutions are nested too deeply');
    const outer = this.#keepEscapes;
    this.#keepEscapes = keepEscapes;
    try {
      return this.#expandUntil(stop);
    } finally {
      this.#keepEscapes = outer;
      this.#depth--;
    }
  }

  #expandUntil(stop: string | undefined): { text: string; words: readonly string[] } {
    const words = new WordCollector();
    let text = '';
    for (;;) {
      const char = this.#peek();
      if (char === undefined) break;
      if (char === stop) {
        this.#next();
        return { text, words: words.finished() };
      }
      if (char === '$') {
        const value = this.#limited(this.#dollar());
        text += value;
        words.addText(value);
      } else if ((char === "'" || char === '"') && this.#options.ignoreQuotes !== true) {
        const quoted = char === "'" ? this.#singleQuoted() : this.#doubleQuoted();
        text += quoted;
        words.addQuoted(quoted);
      } else if (char === this.#escape) {
        this.#next();
        const kept = this.#keepEscapes ? char : '';
        const literal = this.#next() ?? '';
        text += kept + literal;
        if (kept + literal !== '') words.addQuoted(kept + literal);
      } else {
        this.#next();
        text += char;
        words.addText(char);
      }
    }
    if (stop !== undefined) throw new ExpansionError(`unexpected end of statement while looking for matching ${stop}`);
    return { text, words: words.finished() };
  }

  /** `'…'`: everything is literal. */
  #singleQuoted(): string {
    const mark = this.#options.keepQuotes === true ? "'" : '';
    const start = this.#position + 1;
    const end = this.#source.indexOf("'", start);
    if (end < 0) {
      this.#position = this.#source.length;
      throw new ExpansionError('unexpected end of statement while looking for matching single-quote');
    }
    this.#position = end + 1;
    return mark + this.#source.slice(start, end) + mark;
  }

  /** `"…"`: variables are expanded, and the escape character works for `"`, `$` and itself. */
  #doubleQuoted(): string {
    const mark = this.#options.keepQuotes === true ? '"' : '';
    let text = mark;
    this.#next();
    for (;;) {
      const char = this.#peek();
      if (char === undefined) {
        throw new ExpansionError('unexpected end of statement while looking for matching double-quote');
      }
      if (char === '$') {
        text += this.#limited(this.#dollar());
        continue;
      }
      this.#next();
      if (char === '"') return text + mark;
      text += char === this.#escape ? this.#escapedInDoubleQuotes() : char;
    }
  }

  #escapedInDoubleQuotes(): string {
    const kept = this.#keepEscapes ? this.#escape : '';
    const next = this.#peek();
    if (next === undefined) return kept;
    if (next !== '"' && next !== '$' && next !== this.#escape) return kept + this.#escape;
    this.#next();
    return kept + next;
  }

  #dollar(): string {
    this.#next();
    if (this.#peek() === '{') return this.#braced();
    const name = this.#name();
    if (name === '') return '$';
    return this.#lookup(name) ?? (this.#options.keepUnset === true ? `$${name}` : '');
  }

  #braced(): string {
    this.#next();
    const first = this.#peek();
    if (first === undefined) throw new ExpansionError("syntax error: missing '}'");
    if (first === '{' || first === '}' || first === ':') throw new ExpansionError('syntax error: bad substitution');
    const name = this.#name();
    const char = this.#next();
    switch (char) {
      case '}':
        return this.#lookup(name) ?? (this.#options.keepUnset === true ? `\${${name}}` : '');
      case ':':
        return this.#modified(name, this.#next(), true);
      case '+':
      case '-':
      case '?':
      case '#':
      case '%':
        return this.#modified(name, char, false);
      case '/':
        return this.#replaced(name);
      default:
        throw unsupported(char ?? '\uFFFD');
    }
  }

  /** `${name:-word}` and its kin; with `colon`, an empty value counts as none. */
  #modified(name: string, modifier: string | undefined, colon: boolean): string {
    const operator = (colon ? ':' : '') + (modifier ?? '\uFFFD');
    const word = this.#until('}', modifier === '#' || modifier === '%', "syntax error: missing '}'");
    const value = this.#lookup(name);
    if (value === undefined && this.#options.keepUnset === true) return `\${${name}${operator}${word}}`;
    const given = value !== undefined && !(colon && value === '');
    switch (modifier) {
      case '-':
        return given ? value : word;
      case '+':
        return given ? word : '';
      case '?':
        if (given) return value;
        throw new ExpansionError(`${name}: ${word || missing(value)}`);
      case '#':
      case '%':
        if (!colon) return this.#trimmed(value ?? '', modifier, word);
        throw unsupported(operator);
      default:
        throw unsupported(operator);
    }
  }

  #trimmed(value: string, operator: '#' | '%', word: string): string {
    const longest = word.startsWith(operator);
    const pattern = longest ? word.slice(1) : word;
    return applied(() =>
      operator === '#' ? removePrefix(value, pattern, longest) : removeSuffix(value, pattern, longest),
    );
  }

  /** `${name/pattern/text}` and `${name//pattern/text}`. */
  #replaced(name: string): string {
    const all = this.#peek() === '/';
    if (all) this.#next();
    const pattern = this.#until('/', true, "syntax error: missing '/' in ${}");
    const replacement = this.#until('}', true, "syntax error: missing '}'");
    const value = this.#lookup(name);
    if (value === undefined && this.#options.keepUnset === true) return `\${${name}/${pattern}/${replacement}}`;
    return applied(() =>
      all
        ? replaceAll(value ?? '', pattern, replacement, MAX_EXPANSION)
        : replaceFirst(value ?? '', pattern, replacement),
    );
  }

  /** The expanded text up to `stop`; an error met at the very end of the source is the missing `stop`. */
  #until(stop: string, keepEscapes: boolean, atEnd: string): string {
    try {
      return this.expandUntil(stop, keepEscapes).text;
    } catch (error) {
      if (error instanceof ExpansionError && this.#peek() === undefined) throw new ExpansionError(atEnd);
      throw error;
    }
  }

  /** A variable's name: digits, one special parameter, or letters, digits and `_`. */
  #name(): string {
    const first = this.#peek();
    if (first === undefined) return '';
    if (/^\p{Nd}$/u.test(first)) return this.#while(/^\p{Nd}$/u);
    if ('@*#?-$!'.includes(first)) return this.#next() ?? '';
    return this.#while(/^[\p{L}\p{Nd}_]$/u);
  }

  #while(pattern: RegExp): string {
    const start = this.#position;
    for (let char = this.#peek(); char !== undefined && pattern.test(char); char = this.#peek()) this.#next();
    return this.#source.slice(start, this.#position);
  }

  #lookup(name: string): string | undefined {
    const value = this.#options.lookup(name);
    (value === undefined ? this.unmatched : this.matched).add(name);
    return value;
  }

  #limited(text: string): string {
    this.#length += text.length;
    if (this.#length > MAX_EXPANSION) {
      throw new EngineError('limit', `expanding variables gives more than ${MAX_EXPANSION} characters`);
    }
    return text;
  }

  /** The next character (a whole code point), undefined at the end. */
  #peek(): string | undefined {
    const code = this.#source.codePointAt(this.#position);
    return code === undefined ? undefined : String.fromCodePoint(code);
  }

  #next(): string | undefined {
    const char = this.#peek();
    this.#position += char?.length ?? 0;
    return char;
  }
}

function missing(value: string | undefined): string {
  return value === undefined ? 'is not allowed to be unset' : 'is not allowed to be empty';
}

function unsupported(operator: string): ExpansionError {
  return new ExpansionError(`unsupported modifier (${operator}) in substitution`);
}

/** The result of a pattern; what the pattern's own errors say is part of this expansion's. */
function applied(apply: () => string): string {
  try {
    return apply();
  } catch (error) {
    throw error instanceof Error ? new ExpansionError(error.message) : error;
  }
}
