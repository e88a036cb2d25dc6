/** Numbers in the forms of format specifications: fixed, with exponent, general, in other bases, grouped. */

/** A float with digits behind the point, rounded as C does: half to even of the exact binary value. */
export function fixed(value: number, digits: number): string {
  if (digits <= 100 && Math.abs(value) < 1e21) {
    const text = value.toFixed(digits);
    return Object.is(value, -0) || (value < 0 && !text.startsWith('-')) ? `-${text.replace(/^-/, '')}` : text;
  }
  const whole = BigInt(Math.trunc(value)).toString();
  return digits === 0 ? whole : `${whole}.${'0'.repeat(digits)}`;
}

/** The form with an exponent of at least two digits. */
export function exponential(value: number, digits: number): string {
  const [mantissa = '', exponent = ''] = value.toExponential(Math.min(digits, 100)).split('e');
  const sign = exponent.startsWith('-') ? '-' : '+';
  return `${Object.is(value, -0) ? '-' : ''}${mantissa}e${sign}${exponent.replace(/^[-+]/, '').padStart(2, '0')}`;
}

/** The general form: significant digits, with an exponent where the number is large or small. */
export function general(value: number, precision: number, keepsZeros: boolean): string {
  const digits = precision === 0 ? 1 : precision;
  if (value === 0) return keepsZeros ? fixed(value, digits - 1) : Object.is(value, -0) ? '-0' : '0';
  const exponent = Number(value.toExponential(Math.min(digits - 1, 100)).split('e')[1]);
  const text =
    exponent < -4 || exponent >= digits
      ? exponential(value, digits - 1)
      : fixed(value, Math.max(0, digits - 1 - exponent));
  if (keepsZeros || !text.includes('.')) return text;
  const [mantissa = '', rest] = text.split('e');
  const short = mantissa.replace(/\.?0+$/, '');
  return rest === undefined ? short : `${short}e${rest}`;
}

/** Groups the digits of a whole number. */
export function grouped(digits: string, separator: string, size = 3): string {
  let out = '';
  for (let at = 0; at < digits.length; at++) {
    if (at > 0 && (digits.length - at) % size === 0) out += separator;
    out += digits[at]!;
  }
  return out;
}

export function isSpecial(value: number): boolean {
  return !Number.isFinite(value);
}

export function specialText(value: number): string {
  return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf';
}
