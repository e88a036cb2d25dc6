/** Floats as Python writes them: the shortest digits that read back, with an exponent from 1e16 on. */

export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    const [mantissa = '', exponent = ''] = value.toExponential().split('e');
    const sign = exponent.startsWith('-') ? '-' : '+';
    return `${mantissa}e${sign}${exponent.replace(/^[-+]/, '').padStart(2, '0')}`;
  }
  const text = String(value);
  if (text.includes('e')) return withoutExponent(value);
  return text.includes('.') ? text : `${text}.0`;
}

function withoutExponent(value: number): string {
  const text = Math.abs(value) < 1 ? value.toFixed(25).replace(/0+$/, '') : BigInt(value).toString();
  return text.includes('.') ? text : `${text}.0`;
}
