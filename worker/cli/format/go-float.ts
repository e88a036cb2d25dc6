/**
 * Floating-point numbers as Go's strconv writes them: the shortest digits that read back the same, or a given number of
 * digits rounded half to even on the exact value (JavaScript's toFixed and toPrecision round halves up).
 */

/** `e`: scientific; `f`: plain; `g`: whichever Go finds shorter. */
export type FloatForm = 'e' | 'f' | 'g';

/** Digits without a point, and where the point stands: 0.d1d2d3… × 10^point. No digits stand for zero. */
interface Decimal {
  readonly digits: string;
  readonly point: number;
}

/** Below this many digits `%g` of the shortest form stays plain. */
const SHORTEST_PLAIN_DIGITS = 6;

/**
 * The number in the given form. `precision` counts digits after the point (`e`, `f`) or all digits (`g`); left out, as many
 * as are needed to tell the number from its neighbours. A negative zero keeps its sign.
 */
export function formatFloat(value: number, form: FloatForm, precision?: number): string {
  if (Number.isNaN(value)) return 'NaN';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  if (size === Infinity) return sign === '' ? '+Inf' : '-Inf';
  return sign + formatFinite(size, form, precision);
}

function formatFinite(size: number, form: FloatForm, precision: number | undefined): string {
  if (precision === undefined) return inForm(shortestDecimal(size), form, undefined);
  const exact = exactDecimal(size);
  const kept = { e: precision + 1, f: exact.point + precision, g: Math.max(precision, 1) }[form];
  return inForm(roundedDecimal(exact, kept), form, form === 'g' ? Math.max(precision, 1) : precision);
}

function inForm(decimal: Decimal, form: FloatForm, precision: number | undefined): string {
  const { digits, point } = decimal;
  if (form === 'f') return plain(decimal, precision ?? Math.max(digits.length - point, 0));
  if (form === 'e') return scientific(decimal, precision ?? Math.max(digits.length - 1, 0));
  // %g gives no trailing zeros: the digits there are decide
  const few = precision !== undefined && precision > digits.length && digits.length >= point;
  const limit = precision === undefined ? SHORTEST_PLAIN_DIGITS : few ? digits.length : precision;
  const exponent = digits === '' ? 0 : point - 1;
  if (exponent < -4 || exponent >= Math.max(limit, digits === '' ? 1 : 0)) {
    return scientific(decimal, Math.max(Math.min(precision ?? digits.length, digits.length) - 1, 0));
  }
  return plain(decimal, Math.max(digits.length - point, 0));
}

function plain({ digits, point }: Decimal, fraction: number): string {
  const whole = point <= 0 || digits === '' ? '0' : digits.slice(0, point).padEnd(point, '0');
  if (fraction === 0) return whole;
  const behind = (point < 0 ? '0'.repeat(Math.min(-point, fraction)) : '') + digits.slice(Math.max(point, 0));
  return `${whole}.${behind.slice(0, fraction).padEnd(fraction, '0')}`;
}

function scientific({ digits, point }: Decimal, fraction: number): string {
  const exponent = digits === '' ? 0 : point - 1;
  const behind = fraction === 0 ? '' : `.${digits.slice(1, fraction + 1).padEnd(fraction, '0')}`;
  const power = String(Math.abs(exponent)).padStart(2, '0');
  return `${digits.slice(0, 1) || '0'}${behind}e${exponent < 0 ? '-' : '+'}${power}`;
}

/** The fewest digits that read back as the same number; JavaScript and Go agree on them. */
function shortestDecimal(size: number): Decimal {
  if (size === 0) return { digits: '', point: 0 };
  const [mantissa = '', exponent = '0'] = size.toExponential().split('e');
  return trimmed(mantissa.replace('.', ''), Number(exponent) + 1);
}

/** All decimal digits of the number: a double is a whole number times a power of two, so there is an end to them. */
function exactDecimal(size: number): Decimal {
  if (size === 0) return { digits: '', point: 0 };
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, size);
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  const mantissa = biased === 0 ? fraction : fraction | (1n << 52n);
  const power = Math.max(biased, 1) - 1075;
  if (power >= 0) {
    const digits = (mantissa << BigInt(power)).toString();
    return trimmed(digits, digits.length);
  }
  // m / 2^p = m × 5^p / 10^p
  const digits = (mantissa * 5n ** BigInt(-power)).toString();
  return trimmed(digits, digits.length + power);
}

function roundedDecimal({ digits, point }: Decimal, kept: number): Decimal {
  if (kept >= digits.length) return { digits, point };
  if (kept < 0) return { digits: '', point: 0 };
  const head = digits.slice(0, kept);
  const next = digits.charAt(kept);
  const half = next === '5' && digits.length === kept + 1;
  const odd = kept > 0 && Number(head.at(-1)) % 2 === 1;
  if (half ? !odd : next < '5') return trimmed(head, point);
  const raised = (BigInt(head === '' ? '0' : head) + 1n).toString();
  return trimmed(raised, point + raised.length - kept);
}

function trimmed(digits: string, point: number): Decimal {
  const kept = digits.replace(/0+$/, '');
  return kept === '' ? { digits: '', point: 0 } : { digits: kept, point };
}
