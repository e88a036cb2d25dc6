/** Decimal numbers of any length with a scale, as bc and dc compute with them (POSIX bc, "Operations"). */

/** `units` counts units of 10^-scale. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** Thrown where arithmetic has no result; the message is for the user. */
export class DecimalError extends Error {
  override readonly name = 'DecimalError';
}

export const decimal = (value: number | bigint): Decimal => ({ units: BigInt(value), scale: 0 });
export const ZERO = decimal(0);
export const ONE = decimal(1);

const power10 = (exponent: number): bigint => 10n ** BigInt(exponent);

/** The same with another scale; digits that have no room are cut off. */
export function withScale({ units, scale }: Decimal, wanted: number): Decimal {
  if (wanted >= scale) return { units: units * power10(wanted - scale), scale: wanted };
  return { units: units / power10(scale - wanted), scale: wanted };
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: withScale(a, scale).units + withScale(b, scale).units, scale };
}

export const negate = ({ units, scale }: Decimal): Decimal => ({ units: -units, scale });
export const subtract = (a: Decimal, b: Decimal): Decimal => add(a, negate(b));

export function multiply(a: Decimal, b: Decimal, scale: number): Decimal {
  const full = { units: a.units * b.units, scale: a.scale + b.scale };
  return withScale(full, Math.min(full.scale, Math.max(scale, a.scale, b.scale)));
}

export function divide(a: Decimal, b: Decimal, scale: number): Decimal {
  if (b.units === 0n) throw new DecimalError('divide by zero');
  const shift = scale + b.scale - a.scale;
  const units = shift >= 0 ? (a.units * power10(shift)) / b.units : a.units / (b.units * power10(-shift));
  return { units, scale };
}

/** What division with this scale leaves. */
export function remainder(a: Decimal, b: Decimal, scale: number): Decimal {
  const quotient = divide(a, b, scale);
  const left = subtract(a, { units: quotient.units * b.units, scale: quotient.scale + b.scale });
  return withScale(left, Math.max(scale + b.scale, a.scale));
}

export function power(base: Decimal, exponent: Decimal, scale: number): Decimal {
  const count = integerOf(exponent);
  if (exponent.units % power10(exponent.scale) !== 0n) throw new DecimalError('not an integer');
  if (count < 0n) return divide(ONE, powerOf(base, -count), scale);
  const exact = powerOf(base, count);
  const wanted = Math.min(base.scale * Number(count), Math.max(scale, base.scale));
  return withScale(exact, wanted);
}

function powerOf(base: Decimal, count: bigint): Decimal {
  return { units: base.units ** count, scale: base.scale * Number(count) };
}

export function squareRoot(value: Decimal, scale: number): Decimal {
  if (value.units < 0n) throw new DecimalError('negative number');
  const wanted = Math.max(scale, value.scale);
  const target = withScale(value, wanted * 2).units;
  if (target === 0n) return { units: 0n, scale: wanted };
  let root = 1n << BigInt(Math.ceil(target.toString(2).length / 2));
  for (;;) {
    const next = (root + target / root) >> 1n;
    if (next >= root) return { units: root, scale: wanted };
    root = next;
  }
}

export function compare(a: Decimal, b: Decimal): number {
  const { units } = subtract(a, b);
  return units < 0n ? -1 : units > 0n ? 1 : 0;
}

/** Without what is behind the point. */
export const integerOf = ({ units, scale }: Decimal): bigint => units / power10(scale);

/** Digits, of which the first may be zero. */
export function digitCount({ units, scale }: Decimal): number {
  const digits = (units < 0n ? -units : units).toString().length;
  return units === 0n ? Math.max(1, scale) : digits;
}

const DIGITS = '0123456789ABCDEF';

/** A number written in a base; a digit that the base does not have counts as its highest, where there are several. */
export function parseDecimal(text: string, base: number): Decimal {
  const [whole = '', fraction = ''] = text.split('.');
  const valueOf = (digit: string): bigint => {
    const value = DIGITS.indexOf(digit);
    return BigInt(text.length > 1 && value >= base ? base - 1 : value);
  };
  if (base === 10) {
    const digits = [...(whole + fraction)].map(valueOf).join('');
    return { units: BigInt(digits || '0'), scale: fraction.length };
  }
  const big = BigInt(base);
  const units = [...whole].reduce((value, digit) => value * big + valueOf(digit), 0n);
  const part = [...fraction].reduce((value, digit) => value * big + valueOf(digit), 0n);
  const scale = fraction.length;
  return { units: units * power10(scale) + (part * power10(scale)) / big ** BigInt(scale), scale };
}

/** The number in a base from 2 to 16, or, above that, with each digit as a decimal number of its own. */
export function writeDecimal({ units, scale }: Decimal, base: number): string {
  const sign = units < 0n ? '-' : '';
  const size = units < 0n ? -units : units;
  const one = power10(scale);
  const whole = size / one;
  if (base === 10) {
    const fraction = scale === 0 ? '' : `.${(size % one).toString().padStart(scale, '0')}`;
    if (size === 0n) return '0';
    return `${sign}${whole === 0n ? '' : whole.toString()}${fraction}`;
  }
  const digits: bigint[] = [];
  for (let rest = whole; rest > 0n; rest /= BigInt(base)) digits.unshift(rest % BigInt(base));
  const shown = (all: readonly bigint[]): string =>
    base <= 16
      ? all.map((digit) => DIGITS[Number(digit)] ?? '').join('')
      : all.map((digit) => ` ${digit.toString().padStart(String(base - 1).length, '0')}`).join('');
  if (scale === 0 || size === 0n) return `${sign}${shown(digits) || '0'}`;
  const fraction: bigint[] = [];
  let rest = size % one;
  for (let reached = 1n; reached < one; reached *= BigInt(base)) {
    rest *= BigInt(base);
    fraction.push(rest / one);
    rest %= one;
  }
  return `${sign}${shown(digits)}.${shown(fraction)}`;
}
