/** Whether a value counts as true (reference, 4.1 of the library). */
import { className, integerOf } from '../objects/classes.ts';
import { Boxed, Bytes, Complex, Dict, DictView, Float, List, Range, SetObject, Tuple } from '../objects/containers.ts';
import { raised, typeError, valueError } from '../objects/exceptions.ts';
import { NativeFunction, type PythonObject, type Value } from '../objects/values.ts';
import type { Machine } from './machine.ts';

export function truth(value: Value, machine: Machine): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
    case 'bigint':
      return value != 0;
    case 'string':
      return value !== '';
    default:
      return value !== null && truthOfObject(value, machine);
  }
}

function truthOfObject(value: PythonObject, machine: Machine): boolean {
  if (value.cls.isUser) {
    const method = value.cls.find('__bool__');
    if (method !== undefined && !(method instanceof NativeFunction)) {
      const result = machine.callNow(method, [value]);
      if (typeof result !== 'boolean') throw typeError(`__bool__ should return bool, returned ${className(result)}`);
      return result;
    }
  }
  if (value instanceof Float) return value.value !== 0;
  if (value instanceof Boxed) return typeof value.value === 'string' ? value.value !== '' : value.value != 0;
  if (value instanceof Complex) return value.real !== 0 || value.imaginary !== 0;
  const length = lengthOf(value, machine);
  return length === undefined || length > 0;
}

/** Number of items; undefined for what has none. */
export function lengthOf(value: Value, machine: Machine): number | undefined {
  if (typeof value === 'string') return textLength(value);
  if (value === null || typeof value !== 'object') return undefined;
  if (value.cls.isUser) {
    const method = value.cls.find('__len__');
    if (method !== undefined && !(method instanceof NativeFunction)) {
      const told = machine.callNow(method, [value]);
      const result = integerOf(told);
      if (result === undefined) throw typeError(`'${className(told)}' object cannot be interpreted as an integer`);
      if (result < 0) throw valueError('__len__() should return >= 0');
      return Number(result);
    }
  }
  if (value instanceof List || value instanceof Tuple) return value.items.length;
  if (value instanceof Dict) return value.size;
  if (value instanceof SetObject) return value.entries.size;
  if (value instanceof DictView) return value.dict.size;
  if (value instanceof Bytes) return value.data.length;
  if (value instanceof Range) return value.length;
  return value instanceof Boxed && typeof value.value === 'string' ? textLength(value.value) : undefined;
}

const HIGH = /[\ud800-\udbff][\udc00-\udfff]/;

/** Number of code points. */
export function textLength(text: string): number {
  if (!HIGH.test(text)) return text.length;
  return [...text].length;
}

/** True where each code point is one unit of the string. */
export function isFlat(text: string): boolean {
  return !HIGH.test(text);
}

/** The whole number that an index or a count is; asks `__index__`. */
export function indexOf(value: Value, machine: Machine): number | bigint {
  const integer = integerOf(value);
  if (integer !== undefined) return integer;
  const method = value !== null && typeof value === 'object' ? value.cls.find('__index__') : undefined;
  const asked = method === undefined ? undefined : integerOf(machine.callNow(method, [value]));
  if (asked === undefined) throw typeError(`'${className(value)}' object cannot be interpreted as an integer`);
  return asked;
}

/** The same as a JavaScript number; too large a one is an error. */
export function smallIndex(value: Value, machine: Machine): number {
  const index = indexOf(value, machine);
  if (typeof index === 'bigint') throw raised('OverflowError', 'Python int too large to convert to C ssize_t');
  return index;
}
