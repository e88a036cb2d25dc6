/** `printf` and `sprintf` of awk: C's directives, with values taken as the letter wants them. */
import { formatFloat } from '../printf-format.ts';
import { AwkError } from './ast.ts';
import { toNumber, type Value } from './values.ts';

interface Directive {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly letter: string;
}

const DIRECTIVE = /%([-+ #0']*)(\*|\d*)(?:\.(\*|\d*))?(?:[hlLjztq]*)(.?)/gs;
const MAX_CACHED = 200;
const cache = new Map<string, readonly (string | Directive)[]>();

/** Missing values are empty. `line` is where the program says so, for mistakes. */
export function formatValues(
  format: string,
  values: readonly Value[],
  text: (value: Value) => string,
  line: number | undefined,
): string {
  let out = '';
  let next = 0;
  for (const part of partsOf(format, line)) {
    if (typeof part === 'string') out += part;
    else out += formatOne(part, values[next++], text);
  }
  return out;
}

function partsOf(format: string, line: number | undefined): readonly (string | Directive)[] {
  const known = cache.get(format);
  if (known !== undefined) return known;
  const parts: (string | Directive)[] = [];
  let end = 0;
  for (const match of format.matchAll(DIRECTIVE)) {
    const [whole, flags = '', width = '', precision, letter = ''] = match;
    parts.push(format.slice(end, match.index));
    end = match.index + whole.length;
    if (width === '*' || precision === '*') throw new AwkError('%*x formats are not supported', line);
    if (letter === '%') parts.push('%');
    else if (/[diouxXcseEfFgGaA]/.test(letter))
      parts.push({
        flags,
        width: Number(width),
        precision: precision === undefined ? undefined : Number(precision),
        letter,
      });
    else parts.push(whole);
  }
  parts.push(format.slice(end));
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(format, parts);
  return parts;
}

function formatOne(directive: Directive, value: Value, text: (value: Value) => string): string {
  const { letter, precision } = directive;
  switch (letter) {
    case 's': {
      const shown = text(value);
      return pad(precision === undefined ? shown : shown.slice(0, precision), directive);
    }
    case 'c':
      return pad(characterOf(value), directive);
    case 'd':
    case 'i':
      return formatInteger(wholeNumber(toNumber(value)), directive);
    case 'o':
    case 'u':
    case 'x':
    case 'X':
      return formatUnsigned(BigInt.asUintN(64, wholeNumber(toNumber(value))), directive);
    default:
      return formatFloat(toNumber(value), letter, directive);
  }
}

function characterOf(value: Value): string {
  const number = typeof value === 'number' ? value : typeof value === 'object' ? value.number : undefined;
  if (number !== undefined) return String.fromCharCode(Number(BigInt.asUintN(8, wholeNumber(number))));
  const shown = typeof value === 'object' ? value.text : String(value ?? '');
  // no character is the one that ends text in C
  return shown === '' ? '\0' : shown.slice(0, 1);
}

const SMALLEST = -(2n ** 63n);

/** As C converts to a 64-bit integer: what does not fit becomes the smallest. */
function wholeNumber(number: number): bigint {
  if (!Number.isFinite(number)) return SMALLEST;
  const whole = BigInt(Math.trunc(number));
  return whole < SMALLEST || whole >= -SMALLEST ? SMALLEST : whole;
}

function formatInteger(value: bigint, directive: Directive): string {
  const magnitude = (value < 0n ? -value : value).toString();
  const sign = value < 0n ? '-' : directive.flags.includes('+') ? '+' : directive.flags.includes(' ') ? ' ' : '';
  return padDigits(sign, magnitude, directive);
}

function formatUnsigned(value: bigint, directive: Directive): string {
  const { letter, flags } = directive;
  const digits = value.toString(letter === 'u' ? 10 : letter === 'o' ? 8 : 16);
  const alternate = flags.includes('#') && value !== 0n;
  const prefix = !alternate || letter === 'u' ? '' : letter === 'o' ? '0' : `0${letter}`;
  return padDigits(prefix, letter === 'X' ? digits.toUpperCase() : digits, directive);
}

function padDigits(prefix: string, digits: string, directive: Directive): string {
  const { flags, width, precision } = directive;
  const filled = precision === 0 && digits === '0' ? '' : digits.padStart(precision ?? 0, '0');
  const zeros = flags.includes('0') && !flags.includes('-') && precision === undefined;
  return zeros ? prefix + filled.padStart(width - prefix.length, '0') : pad(prefix + filled, directive);
}

function pad(text: string, { flags, width }: Directive): string {
  return flags.includes('-') ? text.padEnd(width) : text.padStart(width);
}
