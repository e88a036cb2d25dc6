/** The builtins of values alone. */
import { formatTime } from '../time-format.ts';
import type { PlainBuiltin } from './evaluator.ts';
import { parseJson } from './json-reader.ts';
import { compareJson, isArray, isObject, isTruthy, JqError, sortedKeys, typeOf, writeJson, type Json } from './json.ts';
import { addValues } from './operators.ts';
import { deletePaths, indicesOf, shortText, updatePath } from './paths.ts';
import { matchText } from './regex.ts';
import { bytesOfText } from './text-bytes.ts';

function problem(value: Json, what: string): JqError {
  return new JqError(`${typeOf(value)} (${shortText(value)}) ${what}`);
}

function number(value: Json): number {
  if (typeof value !== 'number') throw problem(value, 'number required');
  return value;
}

function array(value: Json, what: string): readonly Json[] {
  if (!isArray(value)) throw problem(value, what);
  return value;
}

function length(value: Json): Json {
  if (value === null) return 0;
  if (typeof value === 'number') return Math.abs(value);
  if (typeof value === 'string') return [...value].length;
  if (typeof value === 'boolean') throw problem(value, 'has no length');
  return isArray(value) ? value.length : isObject(value) ? value.size : 0;
}

function keys(value: Json, sorted: boolean): Json {
  if (isArray(value)) return value.map((_, i) => i);
  if (!isObject(value)) throw problem(value, 'has no keys');
  return sorted ? sortedKeys(value) : [...value.keys()];
}

function contains(value: Json, part: Json): boolean {
  if (isObject(value) && isObject(part)) {
    return [...part].every(([key, inner]) => value.has(key) && contains(value.get(key) ?? null, inner));
  }
  if (isArray(value) && isArray(part)) return part.every((wanted) => value.some((item) => contains(item, wanted)));
  if (typeof value === 'string' && typeof part === 'string') return value.includes(part);
  if (typeOf(value) === typeOf(part)) return compareJson(value, part) === 0;
  throw new JqError(
    `${typeOf(value)} (${shortText(value)}) and ${typeOf(part)} (${shortText(part)}) cannot have their containment checked`,
  );
}

function has(value: Json, key: Json): boolean {
  if (isObject(value) && typeof key === 'string') return value.has(key);
  if (isArray(value) && typeof key === 'number') return key >= 0 && key < value.length;
  throw new JqError(
    `Cannot check whether ${typeOf(value)} has a ${typeof key === 'string' ? 'string' : typeOf(key)} key`,
  );
}

function flatten(value: Json, depth: Json): Json {
  const levels = number(depth);
  if (levels < 0) throw new JqError('flatten depth must not be negative');
  return array(value, 'cannot be flattened').flatMap((item) => {
    if (!isArray(item)) return [item];
    return levels > 0 ? array(flatten(item, levels - 1), '') : [item];
  });
}

/** Items with what they are sorted by, in order. */
function ranked(value: Json, ranks: Json): { readonly item: Json; readonly rank: Json }[] {
  const by = isArray(ranks) ? ranks : [];
  return array(value, 'cannot be sorted, as it is not an array')
    .map((item, i) => ({ item, rank: by[i] ?? null }))
    .sort((a, b) => compareJson(a.rank, b.rank));
}

function groupBy(value: Json, ranks: Json): Json {
  const groups: Json[][] = [];
  let last: Json | undefined;
  for (const { item, rank } of ranked(value, ranks)) {
    if (last !== undefined && compareJson(last, rank) === 0) groups.at(-1)?.push(item);
    else groups.push([item]);
    last = rank;
  }
  return groups;
}

/** The first of the least, the last of the greatest. */
function extreme(value: Json, ranks: Json, greatest: boolean): Json {
  const items = ranked(value, ranks);
  return (greatest ? items.at(-1) : items[0])?.item ?? null;
}

function toNumber(value: Json): Json {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') {
    const parsed = Number(value);
    if (value.trim() !== '' && !Number.isNaN(parsed)) return parsed;
    throw new JqError(`Cannot parse '${value}' as JSON`);
  }
  throw problem(value, 'cannot be parsed as a number');
}

function text(value: Json, what: string): string {
  if (typeof value !== 'string') throw new JqError(what);
  return value;
}

function indices(value: Json, part: Json): Json {
  if (value === null) return null;
  if (typeof value === 'string' && typeof part === 'string') {
    if (part === '') return null;
    return indicesOf([...value], [...part]);
  }
  return indicesOf(array(value, 'cannot be searched'), isArray(part) ? part : [part]);
}

function trim(value: Json, pattern: RegExp): Json {
  return text(value, `${typeOf(value)} (${shortText(value)}) cannot be trimmed`).replace(pattern, '');
}

function brokenDownTime(seconds: number): Json {
  const date = new Date(seconds * 1000);
  const yearDay = Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000);
  const fraction = seconds - Math.floor(seconds);
  return [
    date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes(),
    date.getUTCSeconds() + fraction, date.getUTCDay(), yearDay,
  ]; // prettier-ignore
}

function secondsOf(value: Json): number {
  if (typeof value === 'number') return value;
  const [year = 0, month = 0, day = 1, hour = 0, minute = 0, second = 0] = array(
    value,
    'requires parsed datetime inputs',
  ).map(number);
  return Date.UTC(year, month, day, hour, minute, Math.floor(second)) / 1000;
}

function parseTime(value: Json, format: Json): Json {
  const shown = text(value, `strptime/1 requires string inputs and arguments`);
  const parsed = Date.parse(shown);
  if (Number.isNaN(parsed))
    throw new JqError(
      `date "${shown}" does not match format "${text(format, 'strptime/1 requires string inputs and arguments')}"`,
    );
  return brokenDownTime(parsed / 1000);
}

const MATH: readonly (readonly [name: string, compute: (value: number) => number])[] = (
  [
    'floor',
    'ceil',
    'sqrt',
    'round',
    'trunc',
    'sin',
    'cos',
    'tan',
    'asin',
    'acos',
    'atan',
    'exp',
    'log',
    'log2',
    'log10',
    'cbrt',
  ] as const
).map((name) => [name, (value: number): number => Math[name](value)] as const);

const round = (value: number): number => Math.sign(value) * Math.round(Math.abs(value));

export const PLAIN_BUILTINS: ReadonlyMap<string, PlainBuiltin> = new Map<string, PlainBuiltin>([
  ...MATH.map(([name, compute]): [string, PlainBuiltin] => [`${name}/0`, (value) => compute(number(value))]),
  ['round/0', (value) => round(number(value))],
  ['fabs/0', (value) => Math.abs(number(value))],
  ['abs/0', (value) => (number(value) < 0 ? -number(value) : value)],
  ['exp2/0', (value) => 2 ** number(value)],
  ['exp10/0', (value) => 10 ** number(value)],
  ['pow/2', (_, base = null, exponent = null) => number(base) ** number(exponent)],
  ['atan2/2', (_, y = null, x = null) => Math.atan2(number(y), number(x))],
  ['fmin/2', (_, a = null, b = null) => Math.min(number(a), number(b))],
  ['fmax/2', (_, a = null, b = null) => Math.max(number(a), number(b))],
  ['infinite/0', () => Infinity],
  ['nan/0', () => NaN],
  ['isinfinite/0', (value) => Math.abs(number(value)) === Infinity],
  ['isnan/0', (value) => Number.isNaN(number(value))],
  ['isnormal/0', (value) => Number.isFinite(number(value)) && Math.abs(number(value)) >= 2 ** -1022],
  ['null/0', () => null],
  ['true/0', () => true],
  ['false/0', () => false],
  ['not/0', (value) => !isTruthy(value)],
  ['length/0', length],
  ['utf8bytelength/0', (value) => bytesOfText(text(value, `${typeOf(value)} (${shortText(value)}) only strings have UTF-8 byte length`)).byteLength],
  ['keys/0', (value) => keys(value, true)],
  ['keys_unsorted/0', (value) => keys(value, false)],
  ['has/1', (value, key = null) => has(value, key)],
  ['contains/1', (value, part = null) => contains(value, part)],
  ['add/0', (value) => (isObject(value) ? [...value.values()] : array(value, 'cannot be iterated over')).reduce<Json>(addValues, null)],
  ['flatten/0', (value) => flatten(value, 1e9)],
  ['flatten/1', (value, depth = null) => flatten(value, depth)],
  ['reverse/0', (value) => (value === null ? [] : typeof value === 'string' ? [...value].reverse().join('') : array(value, 'cannot be reversed, as it is not an array').toReversed())],
  ['_sort_by/1', (value, ranks = null) => ranked(value, ranks).map(({ item }) => item)],
  ['_group_by/1', (value, ranks = null) => groupBy(value, ranks)],
  ['_min_by/1', (value, ranks = null) => extreme(value, ranks, false)],
  ['_max_by/1', (value, ranks = null) => extreme(value, ranks, true)],
  ['_indices/1', (value, part = null) => indices(value, part)],
  ['_match/3', (value, expression = null, flags = null, test = null) => matchText(value, expression, flags, test === true)],
  ['type/0', typeOf],
  ['tostring/0', (value) => (typeof value === 'string' ? value : writeJson(value))],
  ['tonumber/0', toNumber],
  ['tojson/0', (value) => writeJson(value)],
  ['fromjson/0', (value) => {
    const source = text(value, `${typeOf(value)} (${shortText(value)}) only strings can be parsed`);
    try {
      return parseJson(source);
    } catch (error) {
      throw error instanceof JqError ? new JqError(`${error.message} (while parsing '${source}')`) : error;
    }
  }],
  ['ascii_downcase/0', (value) => text(value, 'ascii_downcase input must be a string').replace(/[A-Z]/g, (letter) => letter.toLowerCase())],
  ['ascii_upcase/0', (value) => text(value, 'ascii_upcase input must be a string').replace(/[a-z]/g, (letter) => letter.toUpperCase())],
  ['explode/0', (value) => [...text(value, `${typeOf(value)} (${shortText(value)}) cannot be exploded`)].map((character) => character.codePointAt(0) ?? 0)],
  ['implode/0', (value) => array(value, 'cannot be imploded').map((code) => String.fromCodePoint(number(code))).join('')],
  ['startswith/1', (value, part = null) => text(value, 'startswith() requires string inputs').startsWith(text(part, 'startswith() requires string inputs'))],
  ['endswith/1', (value, part = null) => text(value, 'endswith() requires string inputs').endsWith(text(part, 'endswith() requires string inputs'))],
  ['ltrimstr/1', (value, part = null) => (typeof value === 'string' && typeof part === 'string' && value.startsWith(part) ? value.slice(part.length) : value)],
  ['rtrimstr/1', (value, part = null) => (typeof value === 'string' && typeof part === 'string' && part !== '' && value.endsWith(part) ? value.slice(0, -part.length) : value)],
  ['trim/0', (value) => trim(value, /^\s+|\s+$/g)],
  ['ltrim/0', (value) => trim(value, /^\s+/)],
  ['rtrim/0', (value) => trim(value, /\s+$/)],
  ['split/1', (value, separator = null) => {
    const [whole, by] = [text(value, 'split input and separator must be strings'), text(separator, 'split input and separator must be strings')];
    return whole === '' ? [] : by === '' ? [...whole] : whole.split(by);
  }],
  ['setpath/2', (value, path = null, replacement = null) => updatePath(value, array(path, 'Path must be specified as an array'), () => replacement)],
  ['delpaths/1', (value, paths = null) => deletePaths(value, array(paths, 'Paths must be specified as an array'))],
  ['gmtime/0', (value) => brokenDownTime(number(value))],
  ['mktime/0', secondsOf],
  ['strftime/1', (value, format = null) => formatTime(text(format, 'strftime/1 requires a string format'), secondsOf(value) * 1000)],
  ['strptime/1', (value, format = null) => parseTime(value, format)],
]); // prettier-ignore
