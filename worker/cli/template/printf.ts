/** fmt.Sprintf: directives with flags, width, precision and argument numbers, and Go's notes on what is wrong with them. */
import { formatValue } from './print.ts';
import type { Flags } from './format-scalar.ts';
import { withoutInterface, type GoValue } from './go-value.ts';

type Value = GoValue | undefined;

/** Widths and precisions beyond this count as mistakes. */
const MAX_NUMBER = 1_000_000;

/** The format with its directives replaced by the values. */
export function sprintf(format: string, values: readonly Value[]): string {
  return new Formatting(format, values).result();
}

/** One pass over a format and its arguments. */
class Formatting {
  readonly #format: string;
  readonly #values: readonly Value[];
  #at = 0;
  #argument = 0;
  /** Arguments were taken by number; those left over are then no mistake. */
  #reordered = false;
  #goodNumber = true;
  #afterNumber = false;
  #text = '';

  constructor(format: string, values: readonly Value[]) {
    this.#format = format;
    this.#values = values;
  }

  result(): string {
    while (this.#at < this.#format.length) {
      const percent = this.#format.indexOf('%', this.#at);
      const end = percent === -1 ? this.#format.length : percent;
      this.#text += this.#format.slice(this.#at, end);
      this.#at = end + 1;
      if (percent !== -1) this.#directive();
    }
    return this.#text + this.#extra();
  }

  #directive(): void {
    this.#goodNumber = true;
    const marks = this.#take(/[#0+\- ]*/y);
    this.#argumentNumber();
    const width = this.#width();
    const precision = this.#precision();
    if (!this.#afterNumber) this.#argumentNumber();
    if (this.#at >= this.#format.length) {
      this.#text += '%!(NOVERB)';
      return;
    }
    const verb = String.fromCodePoint(this.#format.codePointAt(this.#at) ?? 0);
    this.#at += verb.length;
    this.#verb(verb, flagsOf(marks, verb, width, precision));
  }

  #verb(verb: string, flags: Flags): void {
    if (verb === '%') this.#text += '%';
    else if (!this.#goodNumber) this.#text += `%!${verb}(BADINDEX)`;
    else if (this.#argument >= this.#values.length) this.#text += `%!${verb}(MISSING)`;
    else this.#text += formatValue(this.#values[this.#argument++], verb, flags);
  }

  /** `[3]`: the next argument is the third. */
  #argumentNumber(): void {
    const numbered = this.#format.charAt(this.#at) === '[';
    this.#afterNumber = numbered;
    if (!numbered) return;
    this.#reordered = true;
    const number = this.#take(/\[[^\]]*\]?/y);
    const index = /^\[\d{1,7}\]$/.test(number) ? Number(number.slice(1, -1)) - 1 : -1;
    if (index >= 0 && index < this.#values.length) this.#argument = index;
    else this.#goodNumber = false;
  }

  #width(): number | undefined {
    if (this.#format.charAt(this.#at) === '*') {
      this.#at++;
      return this.#star('%!(BADWIDTH)');
    }
    const width = this.#number();
    if (this.#afterNumber && width !== undefined) this.#goodNumber = false;
    return width;
  }

  #precision(): number | undefined {
    if (this.#format.charAt(this.#at) !== '.' || this.#at + 1 >= this.#format.length) return undefined;
    this.#at++;
    if (this.#afterNumber) this.#goodNumber = false;
    this.#argumentNumber();
    if (this.#format.charAt(this.#at) !== '*') return this.#number() ?? 0;
    this.#at++;
    return this.#star('%!(BADPREC)', 0);
  }

  /** `*` takes the number from an argument, which must be `least` or more. */
  #star(mistake: string, least = -MAX_NUMBER): number | undefined {
    this.#afterNumber = false;
    const value = withoutInterface(this.#values[this.#argument]);
    if (this.#argument < this.#values.length) this.#argument++;
    const number = value?.kind === 'int' || value?.kind === 'uint' ? Number(value.value) : NaN;
    if (number >= least && number <= MAX_NUMBER) return number;
    this.#text += mistake;
    return undefined;
  }

  #number(): number | undefined {
    const digits = this.#take(/\d*/y);
    return digits === '' || Number(digits) > MAX_NUMBER ? undefined : Number(digits);
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const taken = pattern.exec(this.#format)?.[0] ?? '';
    this.#at += taken.length;
    return taken;
  }

  #extra(): string {
    if (this.#reordered || this.#argument >= this.#values.length) return '';
    const texts = this.#values.slice(this.#argument).map((value) => {
      const type = withoutInterface(value)?.type.name;
      return type === undefined ? '<nil>' : `${type}=${formatValue(value, 'v', {})}`;
    });
    return `%!(EXTRA ${texts.join(', ')})`;
  }
}

function flagsOf(marks: string, verb: string, width: number | undefined, precision: number | undefined): Flags {
  const [sharp, plus] = [marks.includes('#'), marks.includes('+')];
  // %w wraps errors in Go; to all else it is a mistake that is shown as %v
  const forV = verb === 'v' || verb === 'w';
  return {
    ...(width === undefined ? {} : { width: Math.abs(width) }),
    ...(precision === undefined ? {} : { precision }),
    // a negative width is given by an argument and pads on the right
    minus: marks.includes('-') || (width ?? 0) < 0,
    zero: marks.includes('0') && (width ?? 0) >= 0,
    space: marks.includes(' '),
    sharp: sharp && !forV,
    plus: plus && !forV,
    sharpV: sharp && forV,
    plusV: plus && forV,
  };
}
