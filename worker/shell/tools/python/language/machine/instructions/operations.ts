/** Instructions for operators, and for making values of others. */
import { nameText } from '../../objects/classes.ts';
import type { Instruction } from '../../compile/code.ts';
import { classOf, className, textOf } from '../../objects/classes.ts';
import { Bytes, Dict, DictView, Float, List, Range, SetObject, Slice, Tuple } from '../../objects/containers.ts';
import { typeError } from '../../objects/exceptions.ts';
import { NativeFunction, type Value } from '../../objects/values.ts';
import type { BinaryOperator, ComparisonOperator } from '../../syntax/ast.ts';
import { formatValue } from '../../format/format-value.ts';
import { customMethod, equals, ordered, orderedValue, type OrderOperator } from '../comparison.ts';
import { forEach, itemsAtHand, toArray } from '../iteration.ts';
import type { Machine } from '../machine.ts';
import {
  binarySteps,
  builtinBinary,
  builtinUnary,
  inPlaceBuiltin,
  isCustom,
  UNARY_METHODS,
  unsupported,
} from '../operators.ts';
import { repr, str } from '../representation.ts';
import { call } from '../steps.ts';
import { truth } from '../truth.ts';
import { asciiRepr } from '../../format/ascii.ts';

export const BINARY_OPERATORS: readonly BinaryOperator[] = [
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '**',
  '@',
  '<<',
  '>>',
  '&',
  '|',
  '^',
];

export const binary: Instruction = (frame, argument, machine) => {
  const { stack } = frame;
  const b = stack.pop()!;
  const a = stack.pop()!;
  if (typeof a === 'number' && typeof b === 'number') {
    const result = argument === 0 ? a + b : argument === 1 ? a - b : argument === 2 ? a * b : NaN;
    if (Number.isSafeInteger(result) && result !== 0) {
      stack.push(result);
      return;
    }
  }
  operate(BINARY_OPERATORS[argument]!, a, b, stack, machine, false);
};

/** `+=` and the like. */
export const inPlace: Instruction = (frame, argument, machine) => {
  const { stack } = frame;
  const b = stack.pop()!;
  const a = stack.pop()!;
  if (typeof a === 'number' && typeof b === 'number' && argument < 2) {
    const result = argument === 0 ? a + b : a - b;
    if (Number.isSafeInteger(result)) {
      stack.push(result);
      return;
    }
  }
  const operator = BINARY_OPERATORS[argument]!;
  const changed = isCustom(a) ? undefined : inPlaceBuiltin(operator, a, b);
  if (changed !== undefined) stack.push(changed);
  else if (a instanceof List && operator === '+' && !isCustom(a)) {
    machine.pushSteps(
      (function* () {
        for (const item of yield* toArray(b, machine)) a.items.push(item);
        return a;
      })(),
    );
  } else operate(operator, a, b, stack, machine, true);
};

function operate(
  operator: BinaryOperator,
  a: Value,
  b: Value,
  stack: Value[],
  machine: Machine,
  isInPlace: boolean,
): void {
  if (isCustom(a) || isCustom(b)) {
    machine.pushSteps(binarySteps(operator, a, b, machine, isInPlace));
    return;
  }
  const result = builtinBinary(operator, a, b, machine);
  if (result === undefined) throw unsupported(isInPlace ? `${operator}=` : operator, a, b);
  stack.push(result);
}

const UNARY_OPERATORS = ['-', '+', '~'] as const;

export const unary: Instruction = (frame, argument, machine) => {
  const value = frame.stack.pop()!;
  const operator = UNARY_OPERATORS[argument]!;
  const method = isCustom(value) ? classOf(value).find(UNARY_METHODS[operator]) : undefined;
  if (method !== undefined && !(method instanceof NativeFunction)) {
    machine.pushSteps(call(method, [value]));
    return;
  }
  const result = builtinUnary(operator, value);
  if (result === undefined) throw typeError(`bad operand type for unary ${operator}: '${className(value)}'`);
  frame.stack.push(result);
};

export const not: Instruction = (frame, _argument, machine) => {
  frame.stack.push(!truth(frame.stack.pop()!, machine));
};

export const COMPARISONS: readonly ComparisonOperator[] = [
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  'not in',
  'is',
  'is not',
];

export const compare: Instruction = (frame, argument, machine) => {
  const { stack } = frame;
  const b = stack.pop()!;
  const a = stack.pop()!;
  if (typeof a === 'number' && typeof b === 'number' && argument < 6) {
    stack.push(
      argument === 0
        ? a === b
        : argument === 1
          ? a !== b
          : argument === 2
            ? a < b
            : argument === 3
              ? a <= b
              : argument === 4
                ? a > b
                : a >= b,
    );
    return;
  }
  const operator = COMPARISONS[argument]!;
  switch (operator) {
    case '==':
    case '!=': {
      const method = customMethod(a, operator);
      if (operator === '!=' && method !== undefined) stack.push(truth(machine.callNow(method, [a, b]), machine));
      else stack.push(equals(a, b, machine) === (operator === '=='));
      return;
    }
    case 'is':
    case 'is not':
      stack.push((a === b) === (operator === 'is'));
      return;
    case 'in':
    case 'not in':
      contains(a, b, operator === 'in', stack, machine);
      return;
    default:
      stack.push(compareOrder(operator, a, b, machine));
  }
};

function compareOrder(operator: OrderOperator, a: Value, b: Value, machine: Machine): Value {
  return isCustom(a) || isCustom(b) ? orderedValue(operator, a, b, machine) : ordered(operator, a, b, machine);
}

function contains(item: Value, container: Value, isWanted: boolean, stack: Value[], machine: Machine): void {
  const method = isCustom(container) ? classOf(container).find('__contains__') : undefined;
  if (method !== undefined && !(method instanceof NativeFunction)) {
    machine.pushSteps(
      (function* () {
        return truth(yield* call(method, [container, item]), machine) === isWanted;
      })(),
    );
    return;
  }
  const found = builtinContains(item, container, machine);
  if (found !== undefined) {
    stack.push(found === isWanted);
    return;
  }
  machine.pushSteps(
    (function* () {
      let isFound = false;
      yield* forEach(container, (one) => {
        isFound ||= equals(one, item, machine);
        return !isFound;
      });
      return isFound === isWanted;
    })(),
  );
}

/** Whether a container of Python's own holds an item; undefined for what must be iterated. */
function builtinContains(item: Value, container: Value, machine: Machine): boolean | undefined {
  const text = textOf(container);
  if (text !== undefined) {
    const part = textOf(item);
    if (part === undefined) throw typeError(`'in <string>' requires string as left operand, not ${className(item)}`);
    return text.includes(part);
  }
  if (container instanceof Dict) return container.has(item);
  if (container instanceof SetObject) return container.has(item);
  if (container instanceof DictView && container.cls.name === 'dict_keys') return container.dict.has(item);
  if (container instanceof Bytes)
    return typeof item === 'number'
      ? container.data.includes(item)
      : item instanceof Bytes && String.fromCharCode(...container.data).includes(String.fromCharCode(...item.data));
  if (container instanceof Range && (typeof item === 'number' || item instanceof Float)) {
    const number = typeof item === 'number' ? item : item.value;
    const steps = (number - container.start) / container.step;
    return Number.isInteger(steps) && steps >= 0 && steps < container.length;
  }
  const items = itemsAtHand(container);
  if (items === undefined) {
    const iterable = classOf(container).find('__iter__') ?? classOf(container).find('__getitem__');
    if (iterable === undefined && !('next' in Object(container)) && !('frame' in Object(container)))
      throw typeError(`argument of type '${className(container)}' is not iterable`);
    return undefined;
  }
  if (items.length > 64) machine.work(items.length / 64);
  return items.some((one) => equals(one, item, machine));
}

export const buildTuple: Instruction = (frame, argument) => {
  frame.stack.push(new Tuple(frame.stack.splice(frame.stack.length - argument, argument)));
};

export const buildList: Instruction = (frame, argument) => {
  frame.stack.push(new List(frame.stack.splice(frame.stack.length - argument, argument)));
};

export const buildSet: Instruction = (frame, argument) => {
  frame.stack.push(new SetObject(frame.stack.splice(frame.stack.length - argument, argument)));
};

export const buildDict: Instruction = (frame, argument) => {
  const items = frame.stack.splice(frame.stack.length - argument * 2, argument * 2);
  const dict = new Dict();
  for (let at = 0; at < items.length; at += 2) dict.set(items[at]!, items[at + 1]!);
  frame.stack.push(dict);
};

export const buildSlice: Instruction = (frame) => {
  const [start, stop, step] = frame.stack.splice(frame.stack.length - 3, 3);
  frame.stack.push(new Slice(start!, stop!, step!));
};

/** Adds the top to the list or set that is `argument` below it. */
export const append: Instruction = (frame, argument) => {
  const item = frame.stack.pop()!;
  const target = frame.stack.at(-argument)!;
  if (target instanceof List) target.items.push(item);
  else if (target instanceof SetObject) target.add(item);
};

/** Adds key and value to the dict that is `argument` below them. */
export const addEntry: Instruction = (frame, argument) => {
  const value = frame.stack.pop()!;
  const key = frame.stack.pop()!;
  const target = frame.stack.at(-argument)!;
  if (target instanceof Dict) target.set(key, value);
};

/** Adds all items of the top to the list or set below it. */
export const extend: Instruction = (frame, _argument, machine) => {
  const source = frame.stack.pop()!;
  const target = frame.stack.pop()!;
  const take = (items: readonly Value[]): Value => {
    for (const item of items) {
      if (target instanceof List) target.items.push(item);
      else if (target instanceof SetObject) target.add(item);
    }
    return target;
  };
  const items = itemsAtHand(source);
  if (items !== undefined) frame.stack.push(take(items));
  else
    machine.pushSteps(
      (function* () {
        return take(yield* toArray(source, machine));
      })(),
    );
};

/** Adds all entries of the top to the dict below it. */
export const update: Instruction = (frame, _argument, machine) => {
  const source = frame.stack.pop()!;
  const target = frame.stack.at(-1);
  if (!(target instanceof Dict)) return;
  if (source instanceof Dict) {
    for (const { key, value } of source.entries.values()) target.set(key, value);
    return;
  }
  const keys = classOf(source).find('keys');
  if (keys === undefined) throw typeError(`'${className(source)}' object is not a mapping`);
  frame.stack.pop();
  machine.pushSteps(
    (function* () {
      const get = classOf(source).find('__getitem__') ?? null;
      for (const key of yield* toArray(yield* call(keys, [source]), machine))
        target.set(key, yield* call(get, [source, key]));
      return target;
    })(),
  );
};

export const listToTuple: Instruction = (frame) => {
  const list = frame.stack.pop();
  if (list instanceof List) frame.stack.push(new Tuple(list.items));
};

/** Joins texts to one. */
export const joinTexts: Instruction = (frame, argument) => {
  frame.stack.push(
    frame.stack
      .splice(frame.stack.length - argument, argument)
      .map(nameText)
      .join(''),
  );
};

/** Formats a field of an f-string. 1, 2, 3: convert with str, repr, ascii first; 4: a format is on top. */
export const formatField: Instruction = (frame, argument, machine) => {
  const spec = (argument & 4) === 0 ? '' : nameText(frame.stack.pop());
  const value = frame.stack.pop()!;
  const conversion = argument & 3;
  const converted =
    conversion === 1
      ? str(value, machine)
      : conversion === 2
        ? repr(value, machine)
        : conversion === 3
          ? asciiRepr(value, machine)
          : value;
  if (typeof converted === 'string' && spec === '') frame.stack.push(converted);
  else frame.stack.push(formatValue(converted, spec, machine));
};
