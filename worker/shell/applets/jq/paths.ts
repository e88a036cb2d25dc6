/** Reading and changing values by path: indices, keys and slices. */
import { compareJson, isArray, isObject, JqError, typeOf, writeJson, type Json } from './json.ts';

/** Arrays are not made longer than this. */
const MAX_LENGTH = 10_000_000;

export function shortText(value: Json): string {
  const text = writeJson(value);
  return text.length > 11 ? `${text.slice(0, 10)}...` : text;
}

function cannotIndex(value: Json, key: Json): JqError {
  if (typeof key === 'string' && !isObject(value))
    return new JqError(`Cannot index ${typeOf(value)} with string "${key}"`);
  return new JqError(`Cannot index ${typeOf(value)} with ${typeOf(key)}`);
}

/** `.[key]`. */
export function indexValue(value: Json, key: Json): Json {
  if (isObject(value) && typeof key === 'string') return value.get(key) ?? null;
  if (isArray(value) && typeof key === 'number') {
    const at = Math.floor(key);
    return value[at < 0 ? value.length + at : at] ?? null;
  }
  if (isObject(key) && (value === null || isArray(value) || typeof value === 'string'))
    return sliceValue(value, key.get('start') ?? null, key.get('end') ?? null);
  if (isArray(value) && isArray(key)) return indicesOf(value, key);
  if (value === null && (typeof key === 'string' || typeof key === 'number')) return null;
  throw cannotIndex(value, key);
}

function sliceBounds(length: number, from: Json, to: Json): [start: number, end: number] {
  const bound = (limit: Json, missing: number, round: (value: number) => number): number => {
    if (limit === null) return missing;
    if (typeof limit !== 'number') throw new JqError('Start and end indices of an array slice must be numbers');
    const at = round(limit);
    return Math.min(length, Math.max(0, at < 0 ? length + at : at));
  };
  const start = bound(from, 0, Math.floor);
  return [start, Math.max(start, bound(to, length, Math.ceil))];
}

/** `.[from:to]`. */
export function sliceValue(value: Json, from: Json, to: Json): Json {
  if (value === null) return null;
  if (typeof value === 'string') {
    const characters = [...value];
    return characters.slice(...sliceBounds(characters.length, from, to)).join('');
  }
  if (isArray(value)) return value.slice(...sliceBounds(value.length, from, to));
  throw new JqError(`Cannot index ${typeOf(value)} with object`);
}

/** Where `part` begins in an array. */
export function indicesOf(value: readonly Json[], part: readonly Json[]): number[] {
  if (part.length === 0) return [];
  const found: number[] = [];
  for (let at = 0; at + part.length <= value.length; at++) {
    if (part.every((item, i) => compareJson(value[at + i] ?? null, item) === 0)) found.push(at);
  }
  return found;
}

export function getPath(value: Json, path: readonly Json[]): Json {
  let current = value;
  for (const key of path) {
    if (current === null) return null;
    current = indexValue(current, key);
  }
  return current;
}

/** The value with what stands at `path` replaced by `change` of it. */
export function updatePath(value: Json, path: readonly Json[], change: (before: Json) => Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  const inner = (before: Json): Json => updatePath(before, rest, change);
  if (typeof key === 'string' && (value === null || isObject(value))) {
    const copy = new Map(value ?? []);
    return copy.set(key, inner(value?.get(key) ?? null));
  }
  if (typeof key === 'number' && (value === null || isArray(value))) {
    const copy = value === null ? [] : [...value];
    const at = key < 0 ? copy.length + Math.floor(key) : Math.floor(key);
    if (at < 0) throw new JqError('Out of bounds negative array index');
    if (at >= MAX_LENGTH) throw new JqError('Array index too large');
    while (copy.length < at) copy.push(null);
    copy[at] = inner(copy[at] ?? null);
    return copy;
  }
  if (isObject(key) && (value === null || isArray(value))) {
    const items = value ?? [];
    const [start, end] = sliceBounds(items.length, key.get('start') ?? null, key.get('end') ?? null);
    const replaced = inner(items.slice(start, end));
    if (!isArray(replaced)) throw new JqError('A slice of an array can only be assigned another array');
    return [...items.slice(0, start), ...replaced, ...items.slice(end)];
  }
  throw cannotIndex(value, key);
}

/** The value without what stands at the paths. */
export function deletePaths(value: Json, paths: readonly Json[]): Json {
  let current = value;
  // from the last on, so that indices stay true
  for (const path of paths.toSorted(compareJson).reverse()) {
    if (!isArray(path)) throw new JqError('Path must be specified as an array');
    current = deletePath(current, path);
  }
  return current;
}

function deletePath(value: Json, path: readonly Json[]): Json {
  const [key, ...rest] = path;
  if (value === null || key === undefined) return null;
  if (rest.length > 0) {
    return getPath(value, [key]) === null ? value : updatePath(value, [key], (inner) => deletePath(inner, rest));
  }
  if (isObject(value) && typeof key === 'string') {
    const copy = new Map(value);
    copy.delete(key);
    return copy;
  }
  if (isArray(value) && typeof key === 'number') {
    const at = key < 0 ? value.length + key : key;
    return value.filter((_, i) => i !== at);
  }
  if (isArray(value) && isObject(key)) {
    const [start, end] = sliceBounds(value.length, key.get('start') ?? null, key.get('end') ?? null);
    return [...value.slice(0, start), ...value.slice(end)];
  }
  throw new JqError(`Cannot delete field at ${isObject(value) ? 'object' : 'array'} index of ${typeOf(value)}`);
}
