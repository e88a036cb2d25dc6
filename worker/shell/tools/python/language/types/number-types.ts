/** Methods of int, bool, float and complex, and how they are made of other values. */
import { className, integerOf, realOf, textOf } from '../objects/classes.ts';
import {
  Boxed,
  boolType,
  Bytes,
  Complex,
  complexType,
  Float,
  floatType,
  intType,
  Tuple,
} from '../objects/containers.ts';
import { raised, typeError, valueError } from '../objects/exceptions.ts';
import { latin1 } from '../objects/hashing.ts';
import { smallInt, type Integer } from '../objects/integers.ts';
import { TypeObject, type Value } from '../objects/values.ts';
import { methods, staticMethod, plain } from '../machine/native.ts';
import { quoted, repr } from '../machine/representation.ts';
import { call } from '../machine/steps.ts';
import { indexOf, truth } from '../machine/truth.ts';

function boxed(cls: Value | undefined, value: Integer): Value {
  return cls instanceof TypeObject && cls.isUser ? new Boxed(cls, value) : value;
}

function truncated(value: number): Integer {
  if (Number.isNaN(value)) throw valueError('cannot convert float NaN to integer');
  if (!Number.isFinite(value)) throw raised('OverflowError', 'cannot convert float infinity to integer');
  return smallInt(BigInt(Math.trunc(value)));
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** The whole number a text spells; undefined where it spells none. */
function parseInteger(text: string, base: number): Integer | undefined {
  const trimmed = text.trim();
  const [, sign = '', prefix = '', body = ''] = /^([+-]?)(0[xXoObB])?(.*)$/s.exec(trimmed) ?? [];
  const told = { x: 16, o: 8, b: 2 }[prefix[1]?.toLowerCase() ?? ''];
  if (prefix !== '' && base !== 0 && base !== told) {
    if (told === 2 && base > 11) return parseDigits(sign, `${prefix}${body}`, base);
    return undefined;
  }
  return parseDigits(sign, body, told ?? (base === 0 ? 10 : base));
}

function parseDigits(sign: string, body: string, base: number): Integer | undefined {
  if (!/^[\da-z]+(?:_[\da-z]+)*$/i.test(body)) return undefined;
  const digits = body.replaceAll('_', '').toLowerCase();
  if (base === 10) return /^\d+$/.test(digits) ? smallInt(BigInt(sign + digits)) : undefined;
  let value = 0n;
  for (const digit of digits) {
    const one = DIGITS.indexOf(digit);
    if (one >= base) return undefined;
    value = value * BigInt(base) + BigInt(one);
  }
  return smallInt(sign === '-' ? -value : value);
}

methods(
  intType,
  {
    'bit_length()': ([self]) => {
      const value = integerOf(self!) ?? 0;
      return value == 0 ? 0 : (value < 0 ? -value : value).toString(2).length;
    },
    'bit_count()': ([self]) => (integerOf(self!) ?? 0).toString(2).replace(/[^1]/g, '').length,
    'conjugate()': ([self]) => self!,
    'is_integer()': () => true,
    'as_integer_ratio()': ([self]) => new Tuple([self!, 1]),
    'to_bytes(length=, byteorder=, *, signed=)': ([self, length = 1, order = 'big', signed = false]) => {
      const size = Number(length);
      let value = BigInt(integerOf(self!) ?? 0);
      if (value < 0n && signed !== true) throw raised('OverflowError', "can't convert negative int to unsigned");
      if (value < 0n) value += 1n << BigInt(size * 8);
      if (value >= 1n << BigInt(size * 8)) throw raised('OverflowError', 'int too big to convert');
      const data = new Uint8Array(size);
      for (let at = size - 1; at >= 0; at--, value >>= 8n) data[at] = Number(value & 0xffn);
      return new Bytes(order === 'little' ? data.reverse() : data);
    },
    'from_bytes(cls, bytes, byteorder=, *, signed=)': ([, bytes, order = 'big', signed = false]) => {
      const data = bytes instanceof Bytes ? [...bytes.data] : [];
      if (order === 'little') data.reverse();
      let value = 0n;
      for (const byte of data) value = (value << 8n) | BigInt(byte);
      const top = data[0] ?? 0;
      return smallInt(signed === true && top > 0x7f ? value - (1n << BigInt(data.length * 8)) : value);
    },
    '__index__()': ([self]) => integerOf(self!) ?? 0,
    '__int__()': ([self]) => integerOf(self!) ?? 0,
    '__float__()': ([self]) => new Float(Number(integerOf(self!) ?? 0)),
    '__eq__(other)': ([self, other]) => integerOf(self!) == integerOf(other!),
    '__hash__()': ([self]) => integerOf(self!) ?? 0,
    '__add__(other)': ([self, other]) => smallInt(BigInt(integerOf(self!) ?? 0) + BigInt(integerOf(other!) ?? 0)),
  },
  {
    *'__new__(cls, x=, base=)'([cls, value = 0, base], machine) {
      const text = textOf(value) ?? (value instanceof Bytes ? latin1(value.data) : undefined);
      if (text !== undefined) {
        const radix = base === undefined ? 10 : Number(indexOf(base, machine));
        const parsed = parseInteger(text, radix);
        if (parsed === undefined)
          throw valueError(`invalid literal for int() with base ${radix}: ${repr(value, machine)}`);
        return boxed(cls, parsed);
      }
      if (base !== undefined) throw typeError("int() can't convert non-string with explicit base");
      const integer = integerOf(value);
      if (integer !== undefined) return boxed(cls, integer);
      if (value instanceof Float) return boxed(cls, truncated(value.value));
      const type = value !== null && typeof value === 'object' ? value.cls : undefined;
      const method = type?.find('__int__') ?? type?.find('__index__') ?? type?.find('__trunc__');
      if (method !== undefined) return boxed(cls, integerOf(yield* call(method, [value])) ?? 0);
      throw typeError(
        `int() argument must be a string, a bytes-like object or a real number, not '${className(value)}'`,
      );
    },
  },
);

methods(boolType, {
  '__new__(cls, x=)': ([, value = false], machine) => truth(value, machine),
});

const FLOAT = /^[+-]?(?:(?:\d+(?:_\d+)*)?\.?(?:\d+(?:_\d+)*)?(?:e[+-]?\d+)?|inf(?:inity)?|nan)$/i;

function parseFloatText(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase();
  if (!FLOAT.test(trimmed) || !/\d|inf|nan/.test(trimmed)) return undefined;
  const sign = trimmed.startsWith('-') ? -1 : 1;
  if (trimmed.includes('inf')) return sign * Infinity;
  if (trimmed.includes('nan')) return NaN;
  const value = Number(trimmed.replaceAll('_', ''));
  return Number.isNaN(value) ? undefined : value;
}

function floatOf(value: Value | undefined): number {
  return value instanceof Float ? value.value : (realOf(value ?? 0) ?? NaN);
}

methods(
  floatType,
  {
    'is_integer()': ([self]) => Number.isInteger(floatOf(self)),
    'conjugate()': ([self]) => self!,
    'hex()': ([self]) => hexText(floatOf(self)),
    'as_integer_ratio()': ([self]) => ratio(floatOf(self)),
    '__float__()': ([self]) => new Float(floatOf(self)),
    '__int__()': ([self]) => truncated(floatOf(self)),
    '__trunc__()': ([self]) => truncated(floatOf(self)),
    '__hash__()': ([self]) => Math.trunc(floatOf(self)),
  },
  {
    *'__new__(cls, x=)'([cls, value = 0]) {
      const type = cls instanceof TypeObject ? cls : floatType;
      const text = textOf(value) ?? (value instanceof Bytes ? latin1(value.data) : undefined);
      if (text !== undefined) {
        const parsed = parseFloatText(text);
        if (parsed === undefined) throw valueError(`could not convert string to float: ${quoted(text)}`);
        return new Float(parsed, type);
      }
      const method =
        value !== null && typeof value === 'object' && value.cls.isUser ? value.cls.find('__float__') : undefined;
      const real = realOf(method === undefined ? value : yield* call(method, [value]));
      if (real === undefined)
        throw typeError(`float() argument must be a string or a real number, not '${className(value)}'`);
      if (!Number.isFinite(real) && typeof value === 'bigint')
        throw raised('OverflowError', 'int too large to convert to float');
      return new Float(real, type);
    },
  },
);
staticMethod(
  floatType,
  plain('fromhex(text, /)', ([text]) => new Float(Number(textOf(text)))),
);

function ratio(value: number): Tuple {
  let denominator = 1n;
  let numerator = value;
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    denominator *= 2n;
  }
  return new Tuple([smallInt(BigInt(numerator)), smallInt(denominator)]);
}

function hexText(value: number): string {
  if (value === 0) return '0x0.0p+0';
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const mantissa = Math.abs(value) / 2 ** exponent;
  const digits = BigInt(Math.round((mantissa - 1) * 2 ** 52))
    .toString(16)
    .padStart(13, '0');
  return `${value < 0 ? '-' : ''}0x1.${digits}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
}

methods(complexType, {
  '__new__(cls, real=, imag=)': ([, real = 0, imaginary = 0]) =>
    real instanceof Complex ? real : new Complex(realOf(real) ?? 0, realOf(imaginary) ?? 0),
  'conjugate()': ([self]) => (self instanceof Complex ? new Complex(self.real, -self.imaginary) : self!),
});
