/** JSON as jq sees it: objects keep the order of their keys, and any two values compare. */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = ReadonlyMap<string, Json>;

/** An error a program can catch; its value is what `catch` gets. */
export class JqError extends Error {
  override readonly name = 'JqError';
  readonly value: Json;

  constructor(value: Json) {
    super(typeof value === 'string' ? value : `${writeJson(value)} (not a string)`);
    this.value = value;
  }
}

export function isObject(value: Json): value is JsonObject {
  return value instanceof Map;
}

export function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

export function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (isArray(value)) return 'array';
  return typeof value === 'object' ? 'object' : typeof value;
}

export function isTruthy(value: Json): boolean {
  return value !== null && value !== false;
}

const ORDER = ['null', 'boolean', 'number', 'string', 'array', 'object'];

/** Negative, zero or positive; types come in the order of jq's manual. */
export function compareJson(a: Json, b: Json): number {
  const types = ORDER.indexOf(typeOf(a)) - ORDER.indexOf(typeOf(b));
  if (types !== 0) return types;
  if (typeof a === 'boolean') return Number(a) - Number(b);
  // nan is below every number
  if (typeof a === 'number' && typeof b === 'number') return Number.isNaN(a) ? -1 : Number.isNaN(b) ? 1 : a - b;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (isArray(a) && isArray(b)) {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const order = compareJson(a[i] ?? null, b[i] ?? null);
      if (order !== 0) return order;
    }
    return a.length - b.length;
  }
  if (!isObject(a) || !isObject(b)) return 0;
  const [keysOfA, keysOfB] = [sortedKeys(a), sortedKeys(b)];
  const keys = compareJson(keysOfA, keysOfB);
  if (keys !== 0) return keys;
  for (const key of keysOfA) {
    const order = compareJson(a.get(key) ?? null, b.get(key) ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

/** By code points, as the bytes of UTF-8 are ordered. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

export function sortedKeys(object: JsonObject): string[] {
  return [...object.keys()].sort(compareText);
}

export interface WriteOptions {
  /** What a level is indented by; empty for one line. */
  readonly indent?: string;
  readonly sortKeys?: boolean;
  /** Characters beyond ASCII are escaped. */
  readonly ascii?: boolean;
}

export function writeJson(value: Json, options: WriteOptions = {}, margin = '\n'): string {
  if (typeof value === 'string') return writeText(value, options.ascii === true);
  if (typeof value === 'number') return writeNumber(value);
  if (value === null || typeof value === 'boolean') return String(value);
  const indent = options.indent ?? '';
  const inner = indent === '' ? '' : margin + indent;
  const last = indent === '' ? '' : margin;
  const [open, close] = isArray(value) ? '[]' : '{}';
  const colon = indent === '' ? ':' : ': ';
  const items = isArray(value)
    ? value.map((item) => writeJson(item, options, inner))
    : (options.sortKeys === true ? sortedKeys(value) : [...value.keys()]).map(
        (key) => writeText(key, options.ascii === true) + colon + writeJson(value.get(key) ?? null, options, inner),
      );
  if (items.length === 0) return `${open ?? ''}${close ?? ''}`;
  return `${open ?? ''}${inner}${items.join(`,${inner}`)}${last}${close ?? ''}`;
}

function writeNumber(value: number): string {
  if (Number.isNaN(value)) return 'null';
  if (!Number.isFinite(value)) return value > 0 ? '1.7976931348623157e+308' : '-1.7976931348623157e+308';
  if (Object.is(value, -0)) return '-0';
  const text = String(value);
  // C writes at least two digits of an exponent, and uses one from 1e17 on
  if (!text.includes('e') && Math.abs(value) >= 1e17) return exponentText(value.toExponential());
  return text.includes('e')
    ? exponentText(text)
    : Math.abs(value) < 1e-4 && value !== 0
      ? exponentText(value.toExponential())
      : text;
}

function exponentText(text: string): string {
  return text.replace(/e([-+])(\d)$/, 'e$10$2');
}

function writeText(text: string, ascii: boolean): string {
  const quoted = JSON.stringify(text).replaceAll('\x7f', '\\u007f');
  if (!ascii) return quoted;
  return quoted.replace(/[^\0-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
