/** Equality and order (reference, 6.10). */
import { classOf, className, integerOf, textOf } from '../objects/classes.ts';
import {
  Boxed,
  Bytes,
  Complex,
  Dict,
  DictView,
  Float,
  List,
  NOT_IMPLEMENTED,
  Range,
  SetObject,
  Slice,
  Tuple,
} from '../objects/containers.ts';
import { typeError } from '../objects/exceptions.ts';
import { BoundMethod, NativeFunction, type Value } from '../objects/values.ts';
import type { Machine } from './machine.ts';
import { truth } from './truth.ts';

export type OrderOperator = '<' | '<=' | '>' | '>=';
const METHODS = {
  '<': '__lt__',
  '<=': '__le__',
  '>': '__gt__',
  '>=': '__ge__',
  '==': '__eq__',
  '!=': '__ne__',
} as const;
const MIRRORED = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' } as const;

/** A method that the program's class defines for an operator; undefined where Python's own rules hold. */
export function customMethod(value: Value, operator: keyof typeof METHODS): Value | undefined {
  if (value === null || typeof value !== 'object' || !value.cls.isUser) return undefined;
  const method = value.cls.find(METHODS[operator]);
  if (operator === '!=' && (method === undefined || method instanceof NativeFunction)) return undefined;
  return method instanceof NativeFunction ? undefined : method;
}

/** What the classes of two values say to a comparison; NotImplemented where they say nothing. */
export function askClasses(operator: keyof typeof METHODS, a: Value, b: Value, machine: Machine): Value {
  const own = customMethod(a, operator);
  const other = customMethod(b, MIRRORED[operator]);
  const isDerived = classOf(a) !== classOf(b) && classOf(b).isSubclassOf(classOf(a));
  if (isDerived && other !== undefined) {
    const result = machine.callNow(other, [b, a]);
    if (result !== NOT_IMPLEMENTED) return result;
  }
  if (own !== undefined) {
    const result = machine.callNow(own, [a, b]);
    if (result !== NOT_IMPLEMENTED) return result;
  }
  return other === undefined || isDerived ? NOT_IMPLEMENTED : machine.callNow(other, [b, a]);
}

export function equals(a: Value, b: Value, machine: Machine): boolean {
  if (a === b) return true;
  if (a === null || b === null) {
    const other = a ?? b;
    if (other === null || typeof other !== 'object' || !other.cls.isUser) return false;
  }
  if (typeof a === 'string' && typeof b === 'string') return false;
  const custom = askClasses('==', a, b, machine);
  if (custom !== NOT_IMPLEMENTED) return truth(custom, machine);
  return builtinEquals(a, b, machine);
}

/** Equality of Python's own classes: what a class of the program falls back to. */
export function builtinEquals(a: Value, b: Value, machine: Machine): boolean {
  if (a === b) return true;
  if (isNumeric(a) && isNumeric(b)) return equalNumbers(a, b);
  const text = textOf(a);
  if (text !== undefined) return text === textOf(b);
  if (a === null || typeof a !== 'object' || b === null || typeof b !== 'object') return false;
  if ((a instanceof List && b instanceof List) || (a instanceof Tuple && b instanceof Tuple))
    return a.items.length === b.items.length && a.items.every((item, index) => equals(item, b.items[index]!, machine));
  if (a instanceof Dict && b instanceof Dict) {
    if (a.size !== b.size) return false;
    for (const [key, { value }] of a.entries) {
      const other = b.entries.get(key);
      if (other === undefined || !equals(value, other.value, machine)) return false;
    }
    return true;
  }
  if (a instanceof SetObject && b instanceof SetObject)
    return a.entries.size === b.entries.size && [...a.entries.keys()].every((key) => b.entries.has(key));
  if (a instanceof DictView && b instanceof DictView) return equals(new SetObject(a), new SetObject(b), machine);
  if (a instanceof Bytes && b instanceof Bytes)
    return a.data.length === b.data.length && a.data.every((byte, index) => byte === b.data[index]);
  if (a instanceof Range && b instanceof Range)
    return a.length === b.length && (a.length === 0 || (a.start === b.start && (a.length === 1 || a.step === b.step)));
  if (a instanceof Slice && b instanceof Slice)
    return equals(new Tuple([a.start, a.stop, a.step]), new Tuple([b.start, b.stop, b.step]), machine);
  return a instanceof BoundMethod && b instanceof BoundMethod && a.self === b.self && a.callable === b.callable;
}

function isNumeric(value: Value): boolean {
  return (
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    typeof value === 'boolean' ||
    value instanceof Float ||
    value instanceof Complex ||
    (value instanceof Boxed && typeof value.value !== 'string')
  );
}

function equalNumbers(a: Value, b: Value): boolean {
  if (a instanceof Complex || b instanceof Complex) {
    const parts = (value: Value): [number, number] =>
      value instanceof Complex ? [value.real, value.imaginary] : [Number(numberOf(value)), 0];
    const [x, y] = [parts(a), parts(b)];
    return x[0] === y[0] && x[1] === y[1];
  }
  // an int and a float are equal where they are the same number, whatever JavaScript makes of their types
  return numberOf(a) == numberOf(b);
}

function numberOf(value: Value): number | bigint {
  return value instanceof Float ? value.value : (integerOf(value) ?? NaN);
}

/** Whether `a operator b` holds. */
export function ordered(operator: OrderOperator, a: Value, b: Value, machine: Machine): boolean {
  if (typeof a === 'number' && typeof b === 'number') return decide(operator, a < b ? -1 : a > b ? 1 : 0);
  return truth(orderedValue(operator, a, b, machine), machine);
}

export function orderedValue(operator: OrderOperator, a: Value, b: Value, machine: Machine): Value {
  const custom = askClasses(operator, a, b, machine);
  if (custom !== NOT_IMPLEMENTED) return custom;
  const result = builtinOrder(operator, a, b, machine);
  if (result === undefined)
    throw typeError(`'${operator}' not supported between instances of '${className(a)}' and '${className(b)}'`);
  return result;
}

function builtinOrder(operator: OrderOperator, a: Value, b: Value, machine: Machine): boolean | undefined {
  if (isNumeric(a) && isNumeric(b) && !(a instanceof Complex) && !(b instanceof Complex)) {
    const [x, y] = [numberOf(a), numberOf(b)];
    return operator === '<' ? x < y : operator === '<=' ? x <= y : operator === '>' ? x > y : x >= y;
  }
  const [left, right] = [textOf(a), textOf(b)];
  if (left !== undefined && right !== undefined) return decide(operator, compareTexts(left, right));
  if ((a instanceof List && b instanceof List) || (a instanceof Tuple && b instanceof Tuple)) {
    const length = Math.min(a.items.length, b.items.length);
    for (let i = 0; i < length; i++) {
      if (!equals(a.items[i]!, b.items[i]!, machine)) return ordered(operator, a.items[i]!, b.items[i]!, machine);
    }
    return decide(operator, a.items.length - b.items.length);
  }
  if (a instanceof Bytes && b instanceof Bytes) {
    const length = Math.min(a.data.length, b.data.length);
    for (let i = 0; i < length; i++) if (a.data[i] !== b.data[i]) return decide(operator, a.data[i]! - b.data[i]!);
    return decide(operator, a.data.length - b.data.length);
  }
  const [x, y] = [a instanceof DictView ? new SetObject(a) : a, b instanceof DictView ? new SetObject(b) : b];
  return x instanceof SetObject && y instanceof SetObject ? comparesSets(operator, x, y) : undefined;
}

function comparesSets(operator: OrderOperator, a: SetObject, b: SetObject): boolean {
  const within = (small: SetObject, large: SetObject): boolean =>
    [...small.entries.keys()].every((key) => large.entries.has(key));
  switch (operator) {
    case '<':
      return a.entries.size < b.entries.size && within(a, b);
    case '<=':
      return within(a, b);
    case '>':
      return b.entries.size < a.entries.size && within(b, a);
    case '>=':
      return within(b, a);
  }
}

const ABOVE_SURROGATES = /[\ud800-\udfff]/;

/** The order of texts is that of their code points. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  if (!ABOVE_SURROGATES.test(a) && !ABOVE_SURROGATES.test(b)) return a < b ? -1 : 1;
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function decide(operator: OrderOperator, order: number): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}
