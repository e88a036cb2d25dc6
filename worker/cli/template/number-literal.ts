/**
 * Numbers in templates. A literal stands for every kind of number that can hold it (int, uint, float), as Go's ideal
 * constants do; which one it becomes, the place where it is used decides.
 */
import { EngineError } from '../../base/errors.ts';
import { quoteGo, unquoteRune } from '../format/go-quote.ts';

/** What a literal can be. `complex` is set for imaginary ones, which can be nothing else here. */
export interface NumberLiteral {
  readonly int?: bigint;
  readonly uint?: bigint;
  readonly float?: number;
  readonly complex?: true;
}

const MAX_INT = (1n << 63n) - 1n;
const MAX_UINT = (1n << 64n) - 1n;

const INTEGER = /^([+-]?)(0[xX]_?[\da-fA-F]+|0[oO]_?[0-7]+|0[bB]_?[01]+|0_?[0-7]+|0|[1-9]\d*)$/;
const DECIMAL_FLOAT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const HEX_FLOAT = /^([+-]?)0[xX]([\da-fA-F]*)\.?([\da-fA-F]*)[pP]([+-]?\d+)$/;

/** Reads a number or a character constant. Throws `invalid-argument` with Go's message. */
export function parseNumberLiteral(text: string): NumberLiteral {
  if (text.startsWith("'")) {
    const code = unquoteRune(text);
    return { int: BigInt(code), uint: BigInt(code), float: code };
  }
  if (text.endsWith('i') && parseFloatLiteral(text.replace(/^.*\d(?=[+-])/, '').slice(0, -1)) !== undefined) {
    return { complex: true };
  }
  const whole = parseIntegerLiteral(text);
  if (whole !== undefined) return integerLiteral(whole, text);
  const float = parseFloatLiteral(text);
  if (float === undefined) throw new EngineError('invalid-argument', `illegal number syntax: ${quoteGo(text)}`);
  return floatLiteral(float, text);
}

function integerLiteral(whole: bigint, text: string): NumberLiteral {
  const int = whole >= -MAX_INT - 1n && whole <= MAX_INT ? whole : undefined;
  const uint = (/^\d/.test(text) && whole <= MAX_UINT) || whole === 0n ? whole : undefined;
  const value = int ?? uint;
  // it reads as a float, but nobody who writes an integer means one
  if (value === undefined) throw new EngineError('invalid-argument', `integer overflow: ${quoteGo(text)}`);
  return { ...(int === undefined ? {} : { int }), ...(uint === undefined ? {} : { uint }), float: Number(value) };
}

function floatLiteral(float: number, text: string): NumberLiteral {
  if (!/[.eEpP]/.test(text)) throw new EngineError('invalid-argument', `integer overflow: ${quoteGo(text)}`);
  const whole = Number.isInteger(float) ? BigInt(float) : undefined;
  if (whole === undefined) return { float };
  return {
    ...(whole >= -MAX_INT - 1n && whole <= MAX_INT ? { int: whole } : {}),
    ...(whole >= 0n && whole <= MAX_UINT ? { uint: whole } : {}),
    float,
  };
}

function parseIntegerLiteral(text: string): bigint | undefined {
  const match = INTEGER.exec(withoutUnderscores(text) ?? '');
  if (match === null) return undefined;
  const digits = (match[2] ?? '').toLowerCase();
  const size = BigInt(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return match[1] === '-' ? -size : size;
}

/** A float as strconv.ParseFloat reads it, or undefined. */
function parseFloatLiteral(text: string): number | undefined {
  const plain = withoutUnderscores(text) ?? '';
  const hex = HEX_FLOAT.exec(plain);
  if (hex === null) return DECIMAL_FLOAT.test(plain) ? finite(Number(plain)) : undefined;
  const [, sign = '', whole = '', fraction = '', power = '0'] = hex;
  if (whole + fraction === '') return undefined;
  const size = Number(BigInt(`0x${whole}${fraction}`)) * 2 ** (Number(power) - 4 * fraction.length);
  return finite(sign === '-' ? -size : size);
}

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

/** The text without the underscores that part digits; undefined when one stands elsewhere. */
function withoutUnderscores(text: string): string | undefined {
  if (!text.includes('_')) return text;
  const digit = /^[+-]?0[xX]/.test(text) ? '[\\da-fA-F]' : '\\d';
  const parted = text.replace(/^([+-]?0[xXoObB])_/, '$1').replace(new RegExp(`(?<=${digit})_(?=${digit})`, 'g'), '');
  return parted.includes('_') ? undefined : parted;
}
