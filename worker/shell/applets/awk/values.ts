/** Values of awk: numbers, strings, and text from outside, which counts as a number where it looks like one. */
import { formatFloat } from '../printf-format.ts';

/** Undefined is what a variable holds before it is set: zero and the empty string at once. */
export type Value = number | string | InputText | undefined;
export type AwkArray = Map<string, Value>;

/** What looks like a number, blanks around it. */
const NUMERIC =
  /^[ \t\n\v\f\r]*[-+]?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|inf(?:inity)?|nan)[ \t\n\v\f\r]*$/i;
/** The number a text starts with, as strtod reads it. */
const LEADING = /^[ \t\n\v\f\r]*([-+]?)(?:(0[xX][0-9a-fA-F]+)|((?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|(inf)|(nan))/i;

/** A field, a line that was read, an argument. */
export class InputText {
  readonly text: string;
  #looksNumeric: boolean | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** Its number; undefined where it does not look like one. */
  get number(): number | undefined {
    this.#looksNumeric ??= NUMERIC.test(this.text);
    return this.#looksNumeric ? numberOfText(this.text) : undefined;
  }
}

export function numberOfText(text: string): number {
  const first = text.charCodeAt(0);
  const second = text.charCodeAt(1);
  // Digits alone are most of what there is. JavaScript reads 0b1 and 0o7 too, so a letter behind a zero takes the long way.
  if (first >= 0x30 && first <= 0x39 && (Number.isNaN(second) || second <= 0x39)) {
    const number = Number(text);
    if (!Number.isNaN(number)) return number;
  }
  const [, sign, hexadecimal, decimal, infinite, nothing] = LEADING.exec(text) ?? [];
  let magnitude = 0;
  if (decimal !== undefined) magnitude = Number(decimal);
  else if (hexadecimal !== undefined) magnitude = Number(hexadecimal);
  else if (infinite !== undefined) magnitude = Infinity;
  else if (nothing !== undefined) magnitude = NaN;
  return sign === '-' ? -magnitude : magnitude;
}

export function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  if (value === undefined) return 0;
  return numberOfText(typeof value === 'string' ? value : value.text);
}

export function isTrue(value: Value): boolean {
  if (typeof value === 'number') return value !== 0;
  if (value === undefined) return false;
  if (typeof value === 'string') return value !== '';
  const { number } = value;
  return number === undefined ? value.text !== '' : number !== 0;
}

const LARGEST_INTEGER = 2 ** 63;

/** A number as text: whole ones in full, others by `format` (CONVFMT or OFMT). */
export function numberToText(
  number: number,
  format: string,
  print: (format: string, number: number) => string,
): string {
  if (Number.isSafeInteger(number)) return number === 0 ? '0' : String(number);
  if (Number.isInteger(number) && Math.abs(number) < LARGEST_INTEGER) return BigInt(number).toString();
  if (format === '%.6g') return formatFloat(number, 'g', { flags: '', width: 0, precision: 6 });
  return print(format, number);
}

/** Negative, zero or positive. Two numbers compare as numbers, anything else as text. */
export function compareValues(left: Value, right: Value, text: (value: Value) => string): number {
  const leftNumber = comparableNumber(left);
  const rightNumber = comparableNumber(right);
  if (leftNumber !== undefined && rightNumber !== undefined)
    return leftNumber === rightNumber ? 0 : leftNumber - rightNumber;
  const leftText = text(left);
  const rightText = text(right);
  return leftText < rightText ? -1 : leftText === rightText ? 0 : 1;
}

function comparableNumber(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  if (value === undefined) return 0;
  return typeof value === 'string' ? undefined : value.number;
}
