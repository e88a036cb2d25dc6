/** `'%s' % value`: the older way of formatting (library, "printf-style String Formatting"). */
import { className, integerOf, realOf, textOf } from '../objects/classes.ts';
import { Dict, Float, List, Tuple } from '../objects/containers.ts';
import { raised, typeError, valueError } from '../objects/exceptions.ts';
import type { Value } from '../objects/values.ts';
import type { Machine } from '../machine/machine.ts';
import { repr, str } from '../machine/representation.ts';
import { asciiRepr } from './ascii.ts';
import { exponential, fixed, general, isSpecial, specialText } from './numbers.ts';

const FIELD = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+))?[hlL]?([\s\S])?/g;

export function formatPercent(template: string, values: Value, machine: Machine): string {
  const args = values instanceof Tuple ? values.items : [values];
  let at = 0;
  const take = (): Value => {
    const value = args[at++];
    if (value === undefined) throw typeError('not enough arguments for format string');
    return value;
  };
  const text = template.replace(
    FIELD,
    (_all, name: string | undefined, flags: string, width?: string, precision?: string, type?: string) => {
      if (type === undefined) throw valueError('incomplete format');
      if (type === '%') return '%';
      let value: Value | undefined;
      const columns = width === '*' ? Number(take()) : Number(width ?? 0);
      const digits = precision === '*' ? Number(take()) : precision === undefined ? undefined : Number(precision);
      if (name === undefined) value = take();
      else {
        if (!(values instanceof Dict)) throw typeError('format requires a mapping');
        value = values.get(name);
        if (value === undefined) throw raised('KeyError', name);
      }
      return field(value, type, { flags, columns, digits }, machine);
    },
  );
  if (at < args.length && !(values instanceof Dict) && !(values instanceof List && at > 0))
    throw typeError('not all arguments converted during string formatting');
  return text;
}

interface Layout {
  readonly flags: string;
  readonly columns: number;
  readonly digits: number | undefined;
}

function field(value: Value, type: string, layout: Layout, machine: Machine): string {
  const { flags, columns, digits } = layout;
  const pad = (text: string): string => (flags.includes('-') ? text.padEnd(columns) : text.padStart(columns));
  switch (type) {
    case 's':
    case 'r':
    case 'a': {
      const text = type === 's' ? str(value, machine) : type === 'r' ? repr(value, machine) : asciiRepr(value, machine);
      return pad(digits === undefined ? text : text.slice(0, digits));
    }
    case 'c': {
      const code = integerOf(value);
      return pad(code === undefined ? (textOf(value) ?? '') : String.fromCodePoint(Number(code)));
    }
    case 'd':
    case 'i':
    case 'u':
    case 'x':
    case 'X':
    case 'o':
      return number(wholeNumber(value, type), type, layout);
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G': {
      const real = realOf(value);
      if (real === undefined) throw typeError(`must be real number, not ${className(value)}`);
      return aligned(real < 0 || Object.is(real, -0), '', floatText(Math.abs(real), type, digits ?? 6), layout);
    }
    default:
      throw valueError(`unsupported format character '${type}' (0x${type.charCodeAt(0).toString(16)}) at index 0`);
  }
}

function wholeNumber(value: Value, type: string): number | bigint {
  const integer = integerOf(value);
  if (integer !== undefined) return integer;
  if (value instanceof Float && 'diu'.includes(type)) return Math.trunc(value.value);
  throw typeError(
    'diu'.includes(type)
      ? `%${type} format: a real number is required, not ${className(value)}`
      : `%${type} format: an integer is required, not ${className(value)}`,
  );
}

function number(value: number | bigint, type: string, layout: Layout): string {
  const base = type === 'o' ? 8 : type === 'x' || type === 'X' ? 16 : 10;
  const size = value < 0 ? -value : value;
  const digits = size.toString(base).padStart(layout.digits ?? 0, '0');
  const prefix = layout.flags.includes('#') && base !== 10 ? (base === 8 ? '0o' : `0${type}`) : '';
  return aligned(value < 0, prefix, type === 'X' ? digits.toUpperCase() : digits, layout);
}

function floatText(size: number, type: string, digits: number): string {
  if (isSpecial(size)) return specialText(size);
  switch (type) {
    case 'e':
      return exponential(size, digits);
    case 'E':
      return exponential(size, digits).toUpperCase();
    case 'g':
      return general(size, digits, false);
    case 'G':
      return general(size, digits, false).toUpperCase();
    default:
      return fixed(size, digits);
  }
}

function aligned(isNegative: boolean, prefix: string, digits: string, { flags, columns }: Layout): string {
  const sign = isNegative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const head = sign + prefix;
  if (flags.includes('-')) return (head + digits).padEnd(columns);
  if (flags.includes('0')) return head + digits.padStart(columns - head.length, '0');
  return (head + digits).padStart(columns);
}
