/** Floats by their bits, as Go's `%b` and `%x` show them: `4503599627370496p-52`, `0x1.8p+01`. */

const FRACTION_BITS = 52;
const FRACTION_DIGITS = FRACTION_BITS / 4;

/** A finite number's size: a whole number of 53 bits (fewer for the tiniest) times a power of two. */
interface BinaryFloat {
  readonly mantissa: bigint;
  readonly exponent: number;
}

function binaryFloat(size: number): BinaryFloat {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, size);
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n) & 0x7ff;
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  return { mantissa: biased === 0 ? fraction : fraction | (1n << 52n), exponent: Math.max(biased, 1) - 1075 };
}

/** Mantissa and power of two of a finite number. */
export function formatFloatBits(value: number): string {
  const { mantissa, exponent } = binaryFloat(Math.abs(value));
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  return `${sign}${String(mantissa)}p${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent))}`;
}

/** Hexadecimal digits and a power of two of a finite number; `digits` after the point, as many as needed when left out. */
export function formatFloatHex(value: number, digits?: number): string {
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const { mantissa, exponent } = rounded(normal(binaryFloat(Math.abs(value))), digits);
  const fraction = (mantissa & ((1n << 52n) - 1n)).toString(16).padStart(FRACTION_DIGITS, '0');
  const shown = digits === undefined ? fraction.replace(/0+$/, '') : fraction.slice(0, digits).padEnd(digits, '0');
  const power = mantissa === 0n ? 0 : exponent + FRACTION_BITS;
  const tail = `p${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  return `${sign}0x${String(mantissa >> 52n)}${shown === '' ? '' : `.${shown}`}${tail}`;
}

/** With the highest bit set, so that the digit before the point is 1. */
function normal({ mantissa, exponent }: BinaryFloat): BinaryFloat {
  if (mantissa === 0n) return { mantissa, exponent };
  const missing = FRACTION_BITS + 1 - mantissa.toString(2).length;
  return { mantissa: mantissa << BigInt(missing), exponent: exponent - missing };
}

function rounded({ mantissa, exponent }: BinaryFloat, digits: number | undefined): BinaryFloat {
  if (digits === undefined || digits >= FRACTION_DIGITS) return { mantissa, exponent };
  const dropped = BigInt(FRACTION_BITS - 4 * digits);
  const kept = mantissa >> dropped;
  const rest = mantissa - (kept << dropped);
  const half = 1n << (dropped - 1n);
  const up = rest > half || (rest === half && kept % 2n === 1n);
  const result = (up ? kept + 1n : kept) << dropped;
  return result >> 53n === 0n ? { mantissa: result, exponent } : { mantissa: result >> 1n, exponent: exponent + 1 };
}
