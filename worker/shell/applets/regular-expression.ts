/**
 * POSIX regular expressions (XBD 9, with the additions of glibc), translated to JavaScript's. Compiled expressions are cached by
 * their text.
 */
import { Expression } from '../regex/expression.ts';
import { POSIX_CLASSES } from '../regex/posix-classes.ts';

export interface ExpressionOptions {
  /** Extended syntax (`-E`); basic by default. */
  readonly extended: boolean;
  readonly ignoreCase?: boolean;
  /** `^` and `$` match at every line of the text. */
  readonly multiline?: boolean;
}

/** Thrown for text that is no expression; the message is regcomp's. */
export class ExpressionSyntaxError extends Error {
  override readonly name = 'ExpressionSyntaxError';
}

const cache = new Map<string, Expression>();
const MAX_CACHED = 500;

/** The compiled expression. Throws {@link ExpressionSyntaxError}. */
export function regularExpressionOf(source: string, options: ExpressionOptions): Expression {
  const flags = `u${options.ignoreCase === true ? 'i' : ''}${options.multiline === true ? 'm' : ''}`;
  const key = `${options.extended ? 'E' : 'B'}${flags} ${source}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const translated = new Translator(source, options.extended).translate();
  let compiled: Expression;
  try {
    compiled = new Expression(translated, options.multiline === true ? flags : `s${flags}`, { longest: true });
  } catch {
    throw new ExpressionSyntaxError('Invalid regular expression');
  }
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(key, compiled);
  return compiled;
}

/** Escapes glibc adds to both syntaxes. */
const GNU_ESCAPES: Readonly<Record<string, string>> = {
  w: '[0-9A-Za-z_]',
  W: '[^0-9A-Za-z_]',
  s: '\\s',
  S: '\\S',
  b: '\\b',
  B: '\\B',
  '<': '\\b(?=[0-9A-Za-z_])',
  '>': '\\b(?<=[0-9A-Za-z_])',
  '`': '(?<![\\s\\S])',
  "'": '(?![\\s\\S])',
};

class Translator {
  readonly #source: string;
  readonly #extended: boolean;
  #at = 0;
  #open = 0;
  #groups = 0;
  /** Something stands before that can be repeated. */
  #atom = false;

  constructor(source: string, extended: boolean) {
    this.#source = source;
    this.#extended = extended;
  }

  translate(): string {
    let out = '';
    while (this.#at < this.#source.length) out += this.#next();
    if (this.#open > 0) throw new ExpressionSyntaxError(`Unmatched ${this.#extended ? '( or \\(' : '( or \\('}`);
    return out;
  }

  /** Translates what stands at the current place, and moves behind it. */
  #next(): string {
    const character = this.#source[this.#at] ?? '';
    if (character === '\\') return this.#escape();
    if (character === '[') return this.#bracket();
    this.#at++;
    if (character === '.') return this.#isAtom('.');
    if (character === '^') return this.#start();
    if (character === '$') return this.#end();
    if (character === '*') return this.#repeat('*');
    if (this.#extended) {
      if (character === '+' || character === '?') return this.#repeat(character);
      if (character === '{') return this.#interval();
      if (character === '(') return this.#group();
      if (character === ')' && this.#open > 0) return this.#close();
      if (character === '|') return this.#alternative();
    }
    return this.#literal(character);
  }

  #isAtom(text: string): string {
    this.#atom = true;
    return text;
  }

  #literal(character: string): string {
    const code = character.charCodeAt(0);
    // The two halves of a surrogate pair are one character to the `u` flag.
    if (code >= 0xd800 && code < 0xdc00) {
      const low = this.#source[this.#at] ?? '';
      if (low >= '\udc00' && low <= '\udfff') {
        this.#at++;
        return this.#isAtom(character + low);
      }
    }
    return this.#isAtom(/[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character);
  }

  #escape(): string {
    const next = this.#source[this.#at + 1];
    if (next === undefined) throw new ExpressionSyntaxError('Trailing backslash');
    this.#at += 2;
    if (!this.#extended) {
      if (next === '(') return this.#group();
      if (next === ')') return this.#close();
      if (next === '{') return this.#interval();
      if (next === '|') return this.#alternative();
      if (next === '+' || next === '?') return this.#repeat(next);
    }
    if (/[1-9]/.test(next)) {
      if (Number(next) > this.#groups) throw new ExpressionSyntaxError('Invalid back reference');
      return this.#isAtom(`(?:\\${next})`);
    }
    const known = GNU_ESCAPES[next];
    if (known !== undefined) return this.#isAtom(known);
    if (next === 'n') return this.#isAtom('\\n');
    if (next === 't') return this.#isAtom('\\t');
    return this.#literal(next);
  }

  #start(): string {
    const before = this.#source.slice(0, this.#at - 1);
    const anchor = this.#extended || before === '' || /\\[(|]$/.test(before) || before.endsWith('\n');
    if (!anchor) return this.#literal('^');
    this.#atom = false;
    return '^';
  }

  #end(): string {
    const rest = this.#source.slice(this.#at);
    const anchor = this.#extended || rest === '' || /^\\[)|]/.test(rest);
    if (!anchor) return this.#literal('$');
    this.#atom = this.#extended;
    return '$';
  }

  #repeat(operator: string): string {
    if (!this.#atom) {
      // Nothing to repeat: basic syntax takes the star for itself, extended syntax drops the operator.
      return this.#extended ? '' : this.#literal(operator);
    }
    // A repetition of a repetition is legal; JavaScript would read `*?` as a lazy one.
    const rest = this.#source.slice(this.#at);
    const again = this.#extended ? /^(?:[*+?]+)/.exec(rest) : /^(?:\*|\\[+?])+/.exec(rest);
    if (again === null) return operator;
    this.#at += again[0].length;
    return '*';
  }

  #interval(): string {
    const rest = this.#source.slice(this.#at);
    const match = (this.#extended ? /^(\d*)(,?)(\d*)\}/ : /^(\d*)(,?)(\d*)\\\}/).exec(rest);
    if (match === null || (match[1] === '' && match[2] === '')) {
      if (this.#extended) return this.#literal('{');
      throw new ExpressionSyntaxError(/\\\}/.test(rest) ? 'Invalid content of \\{\\}' : 'Unmatched \\{');
    }
    this.#at += match[0].length;
    if (!this.#atom) {
      if (this.#extended) throw new ExpressionSyntaxError('Invalid preceding regular expression');
      return this.#literal('{');
    }
    const [, least = '', comma = '', most = ''] = match;
    if (most !== '' && Number(most) < Number(least)) throw new ExpressionSyntaxError('Invalid content of \\{\\}');
    if (Number(least) > 32_767 || Number(most) > 32_767) throw new ExpressionSyntaxError('Regular expression too big');
    return `{${least === '' ? '0' : least}${comma}${most}}`;
  }

  #group(): string {
    this.#open++;
    this.#groups++;
    this.#atom = false;
    return '(';
  }

  #close(): string {
    if (this.#open === 0) throw new ExpressionSyntaxError('Unmatched ) or \\)');
    this.#open--;
    return this.#isAtom(')');
  }

  #alternative(): string {
    this.#atom = false;
    return '|';
  }

  #bracket(): string {
    let at = this.#at + 1;
    const negated = this.#source[at] === '^';
    if (negated) at++;
    if (at === this.#source.length) throw new ExpressionSyntaxError('Invalid regular expression');
    let set = '';
    for (let first = true; ; first = false) {
      const character = this.#source[at];
      if (character === undefined) throw new ExpressionSyntaxError('Unmatched [, [^, [:, [., or [=');
      if (character === ']' && !first) break;
      const special = character === '[' ? /^\[([:.=])(.*?)\1\]/s.exec(this.#source.slice(at)) : null;
      if (special !== null) {
        set += this.#bracketClass(special[1] ?? '', special[2] ?? '');
        at += special[0].length;
        continue;
      }
      const range = /^-(?!\])/.test(this.#source.slice(at)) && !first;
      set += range && character === '-' ? '-' : /[\\\]^[-]/.test(character) ? `\\${character}` : character;
      at++;
    }
    this.#at = at + 1;
    return this.#isAtom(`[${negated ? '^' : ''}${set}]`);
  }

  #bracketClass(kind: string, name: string): string {
    if (kind !== ':') return name.replace(/[\\\]^[-]/g, '\\$&');
    const known = POSIX_CLASSES[name];
    if (known === undefined) throw new ExpressionSyntaxError('Invalid character class name');
    return known;
  }
}
