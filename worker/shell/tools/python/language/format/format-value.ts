/** `format()`: values in the form of a specification (library, "Format Specification Mini-Language"). */
import { nameText } from '../objects/classes.ts';
import { classOf, className, integerOf, textOf } from '../objects/classes.ts';
import { Complex, Float } from '../objects/containers.ts';
import { typeError, valueError } from '../objects/exceptions.ts';
import { floatText } from '../objects/float-text.ts';
import { NativeFunction, type Value } from '../objects/values.ts';
import type { Machine } from '../machine/machine.ts';
import { str } from '../machine/representation.ts';
import { textLength } from '../machine/truth.ts';
import { exponential, fixed, general, grouped, isSpecial, specialText } from './numbers.ts';

interface Specification {
  readonly fill: string;
  readonly align: string;
  readonly sign: string;
  readonly alternate: boolean;
  readonly zero: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | undefined;
  readonly type: string;
}

const SPECIFICATION = /^(?:([\s\S])?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/u;

function parse(text: string): Specification {
  const match = SPECIFICATION.exec(text);
  if (match === null) throw valueError(`Invalid format specifier`);
  const [, fill, align = '', sign = '-', , alternate, zero, width, grouping = '', precision, type = ''] = match;
  return {
    fill: fill ?? ' ',
    align,
    sign,
    alternate: alternate !== undefined,
    zero: zero !== undefined,
    width: Number(width ?? 0),
    grouping,
    precision: precision === undefined ? undefined : Number(precision),
    type,
  };
}

/** The text of a value for a specification; classes may have their own way. */
export function formatValue(value: Value, text: string, machine: Machine): string {
  const type = classOf(value);
  const method = type.find('__format__');
  if (method !== undefined && !(method instanceof NativeFunction)) {
    const result = textOf(machine.callNow(method, [value, text]));
    if (result === undefined) throw typeError('__format__ must return a str');
    return result;
  }
  if (method instanceof NativeFunction && method.owner !== undefined && method.owner.name !== 'object') {
    return nameText(machine.callNow(method, [value, text]));
  }
  if (text === '') return str(value, machine);
  return formatBuiltin(value, text, machine);
}

function formatBuiltin(value: Value, text: string, machine: Machine): string {
  const own = textOf(value);
  if (own !== undefined) return formatText(own, parse(text));
  if (value instanceof Float) return formatFloat(value.value, parse(text), value);
  if (value instanceof Complex) return padded(str(value, machine), parse(text), '>');
  const integer = integerOf(value);
  if (integer === undefined) throw typeError(`unsupported format string passed to ${className(value)}.__format__`);
  const specification = parse(text);
  if (typeof value === 'boolean' && specification.type === '') return formatText(str(value, machine), specification);
  return formatInteger(integer, specification, value);
}

function unknownCode(specification: Specification, value: Value): Error {
  return valueError(`Unknown format code '${specification.type}' for object of type '${className(value)}'`);
}

function formatText(text: string, specification: Specification): string {
  const { type, precision, align, sign } = specification;
  if (type !== '' && type !== 's') throw unknownCode(specification, text);
  if (sign !== '-') throw valueError('Sign not allowed in string format specifier');
  if (align === '=') throw valueError("'=' alignment not allowed in string format specifier");
  const cut = precision === undefined ? text : [...text].slice(0, precision).join('');
  return padded(
    cut,
    { ...specification, fill: specification.zero && specification.align === '' ? '0' : specification.fill },
    '<',
  );
}

/** Fills up to the width. */
function padded(text: string, { width, fill, align }: Specification, usual: string): string {
  const missing = width - textLength(text);
  if (missing <= 0) return text;
  const side = align === '' ? usual : align;
  if (side === '<') return text + fill.repeat(missing);
  if (side === '^') {
    const before = Math.floor(missing / 2);
    return fill.repeat(before) + text + fill.repeat(missing - before);
  }
  return fill.repeat(missing) + text;
}

function signOf(isNegative: boolean, sign: string): string {
  return isNegative ? '-' : sign === '-' ? '' : sign;
}

/** Puts a sign, a prefix and digits together; zeros for the width stand between. */
function assembled(sign: string, prefix: string, digits: string, specification: Specification): string {
  const { zero, align, fill, width } = specification;
  if (!(zero && align === '') && align !== '=') return padded(sign + prefix + digits, specification, '>');
  const filler = align === '=' && !zero ? fill : align === '=' ? (fill === ' ' ? '0' : fill) : '0';
  const length = sign.length + prefix.length;
  let body = digits;
  if (specification.grouping !== '' && filler === '0') {
    const [whole = '', ...rest] = digits.split(/(?=[.e])/);
    const plain = whole.replaceAll(specification.grouping, '');
    let count = plain.length;
    const size = /[bxXo]/.test(specification.type) ? 4 : 3;
    const shown = (): string => grouped(plain.padStart(count, '0'), specification.grouping, size) + rest.join('');
    while (shown().length + length < width) count++;
    body = shown();
  }
  return sign + prefix + filler.repeat(Math.max(0, width - length - body.length)) + body;
}

const BASES: Readonly<Record<string, readonly [base: number, prefix: string]>> = {
  b: [2, '0b'],
  o: [8, '0o'],
  x: [16, '0x'],
  X: [16, '0X'],
};

function formatInteger(value: number | bigint, specification: Specification, original: Value): string {
  const { type, sign, grouping, alternate, precision } = specification;
  if (type !== '' && 'eEfFgG%'.includes(type)) return formatFloat(Number(value), specification, original);
  if (precision !== undefined) throw valueError('Precision not allowed in integer format specifier');
  if (type === 'c') return padded(String.fromCodePoint(Number(value)), specification, '<');
  const isNegative = value < 0;
  const size = isNegative ? -value : value;
  const based = BASES[type];
  if (based === undefined && type !== '' && type !== 'd' && type !== 'n') throw unknownCode(specification, original);
  const [base, prefix] = based ?? [10, ''];
  const digits = type === 'X' ? size.toString(base).toUpperCase() : size.toString(base);
  const shown = grouping === '' ? digits : grouped(digits, grouping, base === 10 ? 3 : 4);
  return assembled(signOf(isNegative, sign), alternate ? prefix : '', shown, specification);
}

function formatFloat(value: number, specification: Specification, original: Value): string {
  const { type, sign, grouping, precision, alternate } = specification;
  const isNegative = value < 0 || Object.is(value, -0);
  if (isSpecial(value)) {
    const text = specialText(value).replace('-', '');
    const upper = /[A-Z]/.test(type) ? text.toUpperCase() : text;
    return assembled(signOf(value < 0, sign), '', type === '%' ? `${upper}%` : upper, {
      ...specification,
      zero: false,
    });
  }
  const size = Math.abs(value);
  const text = floatDigits(size, type, precision, alternate);
  if (text === undefined) throw unknownCode(specification, original);
  const [whole = '', rest = ''] = text.split(/(?=[.e%])(.*)/s);
  const shown = (grouping === '' ? whole : grouped(whole, grouping)) + rest;
  return assembled(signOf(isNegative, sign), '', shown, specification);
}

function floatDigits(
  size: number,
  type: string,
  precision: number | undefined,
  keepsZeros: boolean,
): string | undefined {
  switch (type) {
    case 'f':
    case 'F':
      return fixed(size, precision ?? 6);
    case 'e':
      return exponential(size, precision ?? 6);
    case 'E':
      return exponential(size, precision ?? 6).toUpperCase();
    case 'g':
    case 'n':
      return general(size, precision ?? 6, keepsZeros);
    case 'G':
      return general(size, precision ?? 6, keepsZeros).toUpperCase();
    case '%':
      return `${fixed(size * 100, precision ?? 6)}%`;
    case '': {
      if (precision === undefined) return floatText(size);
      const text = general(size, precision, keepsZeros);
      // without a type, a whole number keeps one digit behind its point, unless that is one too many
      if (/[.e]/.test(text)) return text;
      return text.length >= precision ? exponentialOrPoint(size, precision, text) : `${text}.0`;
    }
    default:
      return undefined;
  }
}

function exponentialOrPoint(size: number, precision: number, text: string): string {
  const short = exponential(size, Math.max(0, precision - 1)).replace(/\.?0+e/, 'e');
  return text.length > precision || precision <= text.length ? short : `${text}.0`;
}
