/** What `printf` prints (XCU printf): a format used again until its arguments are used up. */
import { backslashQuoted } from '../interpreter/quoting.ts';
import { encodeText, decodeText } from '../text.ts';
import { formatTime } from './time-format.ts';
import { unescapeText, type EscapeRules } from './escapes.ts';

export type PrintfKind = 'busybox' | 'bash' | 'gnu' | 'dash';

/** Something the format or an argument got wrong; the output goes on. */
export interface PrintfProblem {
  readonly kind: 'number' | 'trailing' | 'directive';
  /** The argument; of a directive what is left of the format from it on. */
  readonly text: string;
}

const BASIC_RULES: EscapeRules = {
  octalNeedsZero: false,
  hexadecimal: true,
  escape: true,
  unicode: false,
  stop: true,
  quotes: true,
};
/** Escapes in formats. */
const FORMAT_RULES: Readonly<Record<PrintfKind, EscapeRules>> = {
  busybox: BASIC_RULES,
  gnu: BASIC_RULES,
  bash: { ...BASIC_RULES, unicode: true, stop: false },
  dash: { ...BASIC_RULES, hexadecimal: false, stop: false },
};
const ARGUMENT_RULES: EscapeRules = {
  octalNeedsZero: true,
  hexadecimal: true,
  escape: true,
  unicode: false,
  stop: true,
  quotes: false,
};
const DIRECTIVE = /%(%|([-+ #0']*)(\*|\d+)?(?:\.(\*|-?\d+)?)?(?:[hlLjzt]*)([a-zA-Z]?))/y;
/** bash's `%(FORMAT)T`. */
const TIME_DIRECTIVE = /%([-0]*\d*)\(([^)]*)\)T/y;

interface Directive {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
}

/** Formats `values`; `nowMs` is the time for bash's `%(…)T`. */
export function formatPrintf(
  format: string,
  values: readonly string[],
  kind: PrintfKind,
  nowMs = 0,
): { readonly text: string; readonly problems: readonly PrintfProblem[] } {
  const formatter = new Formatter(kind, values, nowMs);
  do formatter.pass(format);
  while (formatter.goesOn);
  return { text: formatter.text, problems: formatter.problems };
}

class Formatter {
  text = '';
  readonly problems: PrintfProblem[] = [];
  readonly #kind: PrintfKind;
  readonly #values: readonly string[];
  readonly #nowMs: number;
  #next = 0;
  #stopped = false;
  #used = false;

  constructor(kind: PrintfKind, values: readonly string[], nowMs: number) {
    this.#nowMs = nowMs;
    this.#kind = kind;
    this.#values = values;
  }

  /** Arguments are left, and the last pass used some. */
  get goesOn(): boolean {
    return !this.#stopped && this.#used && this.#next < this.#values.length;
  }

  pass(format: string): void {
    this.#used = false;
    let at = 0;
    while (at < format.length && !this.#stopped) {
      const percent = format.indexOf('%', at);
      this.#literal(format.slice(at, percent === -1 ? undefined : percent));
      if (percent === -1) return;
      TIME_DIRECTIVE.lastIndex = percent;
      const time = this.#kind === 'bash' ? TIME_DIRECTIVE.exec(format) : null;
      if (time !== null) {
        at = TIME_DIRECTIVE.lastIndex;
        this.#time(time[1] ?? '', time[2] ?? '');
        continue;
      }
      DIRECTIVE.lastIndex = percent;
      const match = DIRECTIVE.exec(format);
      at = DIRECTIVE.lastIndex;
      if (match?.[1] === '%') this.text += '%';
      else if (match !== null) this.#directive(match, format.slice(percent));
    }
  }

  /** Seconds since 1970 as a time; -1, -2 and nothing are now. */
  #time(width: string, format: string): void {
    const seconds = this.#next < this.#values.length ? Number(this.#number()) : -1;
    const text = formatTime(format === '' ? '%X' : format, seconds < 0 ? this.#nowMs : seconds * 1000);
    const size = Math.abs(Number(width));
    this.text += width.startsWith('-') ? text.padEnd(size) : text.padStart(size);
  }

  #literal(text: string): void {
    if (this.#stopped) return;
    const read = unescapeText(text, FORMAT_RULES[this.#kind]);
    this.text += read.text;
    this.#stopped = read.stopped;
  }

  #directive([whole, , flags = '', width, precision, letter = '']: RegExpExecArray, rest: string): void {
    const given: Directive = {
      flags,
      width: width === '*' ? this.#integer() : Number(width ?? '0'),
      precision: whole.includes('.') ? (precision === '*' ? this.#integer() : Number(precision ?? '0')) : undefined,
    };
    switch (letter) {
      case 's':
        this.text += pad(cut(this.#take(), given.precision), given);
        break;
      case 'b': {
        const read = unescapeText(this.#take(), ARGUMENT_RULES);
        this.text += pad(cut(read.text, given.precision), given);
        this.#stopped ||= read.stopped;
        break;
      }
      case 'c':
        this.text += pad(decodeText(encodeText(this.#take()).subarray(0, 1)), given);
        break;
      case 'q':
        this.text += pad(backslashQuoted(this.#take()), given);
        break;
      case 'd':
      case 'i':
        this.text += formatInteger(this.#number(), given);
        break;
      case 'u':
      case 'o':
      case 'x':
      case 'X':
        this.text += formatUnsigned(this.#number(), letter, given);
        break;
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        this.text += formatFloat(this.#float(), letter, given);
        break;
      default:
        this.problems.push({ kind: 'directive', text: rest });
        this.#stopped = true;
    }
  }

  #take(): string {
    this.#used = true;
    return this.#values[this.#next++] ?? '';
  }

  #integer(): number {
    return Number(this.#number());
  }

  /** A number as C writes it, or the code of the character behind a quote. */
  #number(): bigint {
    const left = this.#next < this.#values.length;
    const text = this.#take();
    const quoted = /^["'](.)?/su.exec(text);
    if (quoted !== null) return BigInt(quoted[1]?.codePointAt(0) ?? 0);
    const match = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(text);
    const complete = match !== null && match[0].length === text.length;
    // busybox wants every number to be there; the others take 0 for one that is not.
    if (!complete && (this.#kind === 'busybox' || (left && text !== ''))) {
      this.problems.push({ kind: match === null ? 'number' : 'trailing', text });
    } // busybox takes nothing of a number that is wrong, the others what they could read.
    if (match === null || (!complete && this.#kind === 'busybox')) return 0n;
    const digits = match[2] ?? '0';
    const value = /^0[0-7]+$/.test(digits) ? BigInt(`0o${digits.slice(1)}`) : BigInt(digits);
    return match[1] === '-' ? -value : value;
  }

  #float(): number {
    const left = this.#next < this.#values.length;
    const text = this.#take();
    const value = /^["']/.test(text) ? (text.codePointAt(1) ?? 0) : Number(text);
    if (!Number.isNaN(value) && (text.trim() !== '' || !left)) return value;
    if (left) this.problems.push({ kind: 'number', text });
    return Number.parseFloat(text) || 0;
  }
}

function cut(text: string, precision: number | undefined): string {
  if (precision === undefined || precision < 0) return text;
  return decodeText(encodeText(text).subarray(0, precision));
}

function pad(text: string, { flags, width }: Directive): string {
  const missing = Math.abs(width) - encodeText(text).byteLength;
  if (missing <= 0) return text;
  return flags.includes('-') || width < 0 ? text + ' '.repeat(missing) : ' '.repeat(missing) + text;
}

/** Pads a number: zeros come between its sign or prefix and its digits. */
function padNumber(prefix: string, digits: string, directive: Directive, zeros: boolean): string {
  const filled = directive.precision === undefined ? digits : digits.padStart(directive.precision, '0');
  if (zeros && directive.flags.includes('0') && !directive.flags.includes('-')) {
    return prefix + filled.padStart(directive.width - prefix.length, '0');
  }
  return pad(prefix + filled, directive);
}

function signOf(negative: boolean, flags: string): string {
  if (negative) return '-';
  return flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

function formatInteger(value: bigint, directive: Directive): string {
  const magnitude = value < 0n ? -value : value;
  return padNumber(
    signOf(value < 0n, directive.flags),
    magnitude.toString(),
    directive,
    directive.precision === undefined,
  );
}

function formatUnsigned(value: bigint, letter: 'u' | 'o' | 'x' | 'X', directive: Directive): string {
  const digits = BigInt.asUintN(64, value).toString({ u: 10, o: 8, x: 16, X: 16 }[letter]);
  const alternate = directive.flags.includes('#') && value !== 0n;
  const prefix = !alternate || letter === 'u' ? '' : letter === 'o' ? '0' : `0${letter}`;
  return padNumber(
    prefix,
    letter === 'X' ? digits.toUpperCase() : digits,
    directive,
    directive.precision === undefined,
  );
}

/** `%e`, `%f`, `%g` as C prints them. */
export function formatFloat(value: number, letter: string, directive: Directive): string {
  const sign = signOf(value < 0 || Object.is(value, -0), directive.flags);
  const magnitude = Math.abs(value);
  const lower = letter.toLowerCase();
  if (!Number.isFinite(magnitude)) return pad(sign + (Number.isNaN(magnitude) ? 'nan' : 'inf'), directive);
  const precision = directive.precision ?? 6;
  const digits =
    lower === 'f'
      ? fixed(magnitude, Math.min(precision, 100))
      : lower === 'e'
        ? exponential(magnitude, precision)
        : general(magnitude, precision, directive.flags.includes('#'));
  const shown = letter === lower ? digits : digits.toUpperCase();
  return padNumber(sign, shown, { ...directive, precision: undefined }, true);
}

/** Rounds as C does: ties to even, where toFixed goes up. */
function fixed(value: number, precision: number): string {
  const text = value.toFixed(precision);
  if (precision > 60) return text;
  const exact = value.toFixed(precision + 40);
  const tie = /^50*$/.test(exact.slice(exact.length - 40));
  const odd = Number(text.at(-1)) % 2 === 1;
  if (!tie || !odd) return text;
  const down = exact.slice(0, exact.length - 40);
  return precision === 0 ? down.replace(/\.$/, '') : down;
}

function exponential(value: number, precision: number): string {
  return value.toExponential(Math.min(precision, 100)).replace(/e([+-])(\d)$/, 'e$10$2');
}

function general(value: number, precision: number, keepZeros: boolean): string {
  const significant = Math.max(1, precision);
  const exponent = value === 0 ? 0 : Number(/e(.+)$/.exec(value.toExponential(significant - 1))?.[1]);
  const text =
    exponent < -4 || exponent >= significant
      ? exponential(value, significant - 1)
      : value.toFixed(Math.max(0, significant - 1 - exponent));
  return keepZeros
    ? text
    : text.replace(/\.?0+(?=e|$)/, (zeros, offset: number) =>
        text.slice(0, offset).includes('.') || zeros.startsWith('.') ? '' : zeros,
      );
}
