/** Numbers, strings and booleans under a verb's flags, as Go's fmt writes them (fmt/format.go). */
import { utf8 } from '../../base/bytes.ts';
import { formatFloatBits, formatFloatHex } from '../format/go-float-binary.ts';
import { formatFloat, type FloatForm } from '../format/go-float.ts';
import { isPrintable, quoteGo } from '../format/go-quote.ts';

/** The flags of one directive. `plusV` and `sharpV` are `%+v` and `%#v`, for which plus and sharp mean something else. */
export interface Flags {
  readonly width?: number;
  readonly precision?: number;
  readonly minus?: boolean;
  readonly plus?: boolean;
  readonly sharp?: boolean;
  readonly space?: boolean;
  readonly zero?: boolean;
  readonly plusV?: boolean;
  readonly sharpV?: boolean;
}

const BASES: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };

/** Fills the text up to the width: on the left, or with the minus flag on the right. */
export function padded(text: string, flags: Flags): string {
  const missing = (flags.width ?? 0) - [...text].length;
  if (missing <= 0) return text;
  if (flags.minus === true) return text + ' '.repeat(missing);
  return (flags.zero === true ? '0' : ' ').repeat(missing) + text;
}

/** An integer under a verb, or undefined when the verb is not for integers. */
export function formatInteger(value: bigint, signed: boolean, verb: string, flags: Flags): string | undefined {
  switch (verb) {
    case 'c':
      return padded(character(value), flags);
    case 'q':
      return padded(quoteGo(character(value), "'", flags.plus), flags);
    case 'U':
      return padded(unicode(value, flags), { ...flags, zero: false });
    case 'v':
      if (flags.sharpV === true && !signed) return inBase(value, 'x', { ...flags, sharp: true });
      return inBase(value, 'd', flags);
    default:
      return BASES[verb] === undefined ? undefined : inBase(value, verb, flags);
  }
}

function inBase(value: bigint, verb: string, flags: Flags): string {
  const { precision, width, plus, space, sharp, minus } = flags;
  const sign = value < 0n ? '-' : plus === true ? '+' : space === true ? ' ' : '';
  const size = value < 0n ? -value : value;
  // zeros on the left count as digits, as a precision would
  const zeros = flags.zero === true && minus !== true && precision === undefined ? (width ?? 0) - sign.length : 0;
  if (precision === 0 && size === 0n) return padded('', { ...flags, zero: false });
  const lower = size.toString(BASES[verb]).padStart(precision ?? zeros, '0');
  const digits = verb === 'X' ? lower.toUpperCase() : lower;
  const prefix = (verb === 'O' ? '0o' : '') + (sharp === true ? basePrefix(verb, digits) : '');
  return padded(sign + prefix + digits, { ...flags, zero: false });
}

function basePrefix(verb: string, digits: string): string {
  if (verb === 'b') return '0b';
  if (verb === 'o' || verb === 'O') return digits.startsWith('0') ? '' : '0';
  return verb === 'x' || verb === 'X' ? `0${verb}` : '';
}

/** What is no code point is shown as U+FFFD. */
function character(value: bigint): string {
  const valid = value >= 0n && value <= 0x10ffffn && !(value >= 0xd800n && value <= 0xdfffn);
  return valid ? String.fromCodePoint(Number(value)) : '\ufffd';
}

function unicode(value: bigint, flags: Flags): string {
  const unsigned = BigInt.asUintN(64, value);
  const code = `U+${unsigned
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(flags.precision ?? 4, 4), '0')}`;
  const shown = character(unsigned);
  return flags.sharp === true && unsigned <= 0x10ffffn && isPrintable(shown) ? `${code} '${shown}'` : code;
}

/** A string under a verb, or undefined when the verb is not for strings. */
export function formatString(text: string, verb: string, flags: Flags): string | undefined {
  const { precision, sharp, sharpV, plus } = flags;
  const cut = precision === undefined ? text : [...text].slice(0, precision).join('');
  switch (verb) {
    case 'v':
      return padded(sharpV === true ? quoteGo(cut) : cut, flags);
    case 's':
      return padded(cut, flags);
    case 'q':
      return padded(sharp === true && canBackquote(cut) ? `\`${cut}\`` : quoteGo(cut, '"', plus), flags);
    case 'x':
    case 'X':
      return padded(hexOf(text, verb, flags), flags);
    default:
      return undefined;
  }
}

function canBackquote(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- these are what a raw string cannot hold
  return !/[`\u0000-\u0008\u000a-\u001f\u007f\ufeff]/.test(text);
}

function hexOf(text: string, verb: 'x' | 'X', { precision, sharp, space }: Flags): string {
  const bytes = utf8(text).subarray(0, precision);
  const pairs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
  const prefix = sharp === true && pairs.length > 0 ? `0${verb}` : '';
  const hex = prefix + pairs.join(space === true ? ` ${prefix}` : '');
  return verb === 'X' ? hex.toUpperCase() : hex;
}

/** A float under a verb, or undefined when the verb is not for floats. */
export function formatFloatVerb(value: number, verb: string, flags: Flags): string | undefined {
  const written = floatText(value, verb, flags.precision);
  if (written === undefined) return undefined;
  const number = flags.sharp === true && Number.isFinite(value) ? withPoint(written, verb, flags.precision) : written;
  const cased = verb === 'E' || verb === 'G' || verb === 'X' ? number.toUpperCase() : number;
  return signedFloat(Number.isFinite(value) ? cased : written.replace(/^\+/, ''), Number.isFinite(value), flags);
}

function floatText(value: number, verb: string, precision: number | undefined): string | undefined {
  const form = FLOAT_FORMS[verb];
  if (form !== undefined) return formatFloat(value, form, precision ?? (form === 'g' ? undefined : 6));
  if (verb !== 'b' && verb !== 'x' && verb !== 'X') return undefined;
  if (!Number.isFinite(value)) return formatFloat(value, 'g');
  return verb === 'b' ? formatFloatBits(value) : formatFloatHex(value, precision);
}

/** The sharp flag: always a point, and with `%g` also the zeros that it would leave out. */
function withPoint(number: string, verb: string, precision: number | undefined): string {
  if (verb === 'b') return number;
  const [, size = '', tail = ''] = /^(.*?)((?:p|(?<!0x.*)e).*)?$/.exec(number) ?? [];
  const pointed = size.includes('.') ? size : `${size}.`;
  if (!'vgGx'.includes(verb)) return pointed + tail;
  // a leading zero counts where nothing follows it; the prefix of hexadecimals counts as digits, as in Go
  const digits = size.replace(/[-.]/g, '').replace(/^0+(?=.)/, size.includes('.') ? '' : '$&');
  const counted = digits.replace(/^0+(?=[^0])/, '').length;
  return pointed + '0'.repeat(Math.max((precision ?? 6) - counted, 0)) + tail;
}

const FLOAT_FORMS: Readonly<Record<string, FloatForm>> = { v: 'g', g: 'g', G: 'g', e: 'e', E: 'e', f: 'f', F: 'f' };

/** Zeros go between sign and digits; infinities and NaN take none. */
function signedFloat(number: string, finite: boolean, flags: Flags): string {
  const negative = number.startsWith('-');
  const asked = flags.plus === true ? '+' : flags.space === true ? ' ' : '';
  const infinite = number.endsWith('Inf') ? '+' : '';
  const sign = negative ? '-' : asked === '' ? infinite : asked;
  const size = number.slice(negative ? 1 : 0);
  if (!finite) return padded(sign + size, { ...flags, zero: false });
  if (flags.zero !== true || flags.minus === true) return padded(sign + size, flags);
  return sign + padded(size, { ...flags, width: (flags.width ?? 0) - sign.length });
}

/** A boolean under a verb, or undefined when the verb is not for booleans. */
export function formatBool(value: boolean, verb: string, flags: Flags): string | undefined {
  return verb === 't' || verb === 'v' ? padded(String(value), flags) : undefined;
}
