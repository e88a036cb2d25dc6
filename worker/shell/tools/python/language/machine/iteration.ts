/** Iterating over any value. */
import { classOf, className, textOf } from '../objects/classes.ts';
import { builtinType, Bytes, Dict, DictView, List, Range, SetObject, Tuple } from '../objects/containers.ts';
import { raised, Raised, typeError } from '../objects/exceptions.ts';
import { NativeFunction, type Value } from '../objects/values.ts';
import { GeneratorObject } from './frames.ts';
import { Iterator, iteratorOver, iteratorType, StepIterator } from './iterators.ts';
import type { Machine } from './machine.ts';
import { call, CHECKPOINT, next, type Steps } from './steps.ts';

const listIterator = builtinType('list_iterator', [iteratorType]);
const tupleIterator = builtinType('tuple_iterator', [iteratorType]);
const rangeIterator = builtinType('range_iterator', [iteratorType]);
const strIterator = builtinType('str_ascii_iterator', [iteratorType]);
const dictIterator = builtinType('dict_keyiterator', [iteratorType]);
const setIterator = builtinType('set_iterator', [iteratorType]);
/** Items between two looks whether to pause. */
const ITEMS_PER_CHECKPOINT = 256;

/** The iterator of a value of Python's own classes; undefined for others. */
export function builtinIterator(value: Value): Iterator | StepIterator | GeneratorObject | undefined {
  if (value instanceof List) {
    let at = 0;
    return new Iterator(() => value.items[at++], listIterator);
  }
  if (value instanceof Range) return rangeItems(value);
  if (value instanceof Tuple) {
    let at = 0;
    return new Iterator(() => value.items[at++], tupleIterator);
  }
  if (value instanceof Dict) return guarded(value.entries, () => keysOf(value), dictIterator, 'dictionary');
  if (value instanceof DictView) return guarded(value.dict.entries, () => value, dictIterator, 'dictionary');
  if (value instanceof SetObject) return guarded(value.entries, () => value.entries.values(), setIterator, 'Set');
  if (value instanceof Iterator || value instanceof StepIterator || value instanceof GeneratorObject) return value;
  if (value instanceof Bytes) return iteratorOver(value.data);
  const text = textOf(value);
  return text === undefined ? undefined : iteratorOver(text, strIterator);
}

function* keysOf(dict: Dict): Generator<Value> {
  for (const { key } of dict.entries.values()) yield key;
}

function rangeItems({ start, step, length }: Range): Iterator {
  let at = 0;
  return new Iterator(() => (at < length ? start + step * at++ : undefined), rangeIterator);
}

/** An iterator that minds what it iterates being changed. */
function guarded(
  entries: ReadonlyMap<unknown, unknown>,
  items: () => Iterable<Value>,
  cls: typeof dictIterator,
  what: string,
): Iterator {
  const { size } = entries;
  const source = items()[Symbol.iterator]();
  let isOver = false;
  return new Iterator(() => {
    if (isOver) return undefined;
    if (entries.size !== size) throw raised('RuntimeError', `${what} changed size during iteration`);
    const item = source.next();
    if (item.done !== true) return item.value;
    isOver = true;
    return undefined;
  }, cls);
}

/** The method of the program's own class that gives its iterator. */
export function customIterator(value: Value): Value | undefined {
  const type = classOf(value);
  const method = type.isUser ? type.find('__iter__') : undefined;
  return method instanceof NativeFunction ? undefined : method;
}

/** The iterator of any value. */
export function* iteratorOf(value: Value): Steps<Value> {
  const custom = customIterator(value);
  if (custom !== undefined && custom !== null) {
    const iterator = yield* call(custom, [value]);
    if (builtinIterator(iterator) === undefined && classOf(iterator).find('__next__') === undefined)
      throw typeError(`iter() returned non-iterator of type '${className(iterator)}'`);
    return iterator;
  }
  const own = builtinIterator(value);
  if (own !== undefined) return own;
  const type = classOf(value);
  const get = type.isUser ? type.find('__getitem__') : undefined;
  if (get !== undefined) return new StepIterator(() => itemByItem(value, get));
  const meta = type.find('__iter__');
  if (meta !== undefined && meta !== null) return yield* call(meta, [value]);
  throw typeError(`'${type.name}' object is not iterable`);
}

const positions = new WeakMap<object, number>();

/** The old protocol: items by number until IndexError. */
function* itemByItem(value: Value, get: Value): Steps<Value | undefined> {
  const holder = value as object;
  const at = positions.get(holder) ?? 0;
  try {
    const item = yield* call(get, [value, at]);
    positions.set(holder, at + 1);
    return item;
  } catch (error) {
    positions.delete(holder);
    if (error instanceof Raised && error.exception.cls.name === 'IndexError') return undefined;
    throw error;
  }
}

/** The items of a value that has them all at hand; undefined where the program must be asked. */
export function itemsAtHand(value: Value): readonly Value[] | undefined {
  if (customIterator(value) !== undefined) return undefined;
  if (value instanceof List || value instanceof Tuple) return value.items;
  if (typeof value === 'string') return [...value];
  if (value instanceof Dict) return [...keysOf(value)];
  if (value instanceof SetObject) return [...value.entries.values()];
  if (value instanceof DictView) return [...value];
  return undefined;
}

/** All items. */
export function* toArray(value: Value, machine: Machine): Steps<Value[]> {
  const atHand = itemsAtHand(value);
  if (atHand !== undefined) return [...atHand];
  const items: Value[] = [];
  const iterator = yield* iteratorOf(value);
  if (iterator instanceof Iterator) {
    for (let item = iterator.next(); item !== undefined; item = iterator.next()) {
      items.push(item);
      if (items.length % ITEMS_PER_CHECKPOINT === 0) {
        machine.process.kernel.useMemory(ITEMS_PER_CHECKPOINT * 8);
        machine.work(ITEMS_PER_CHECKPOINT);
        if (items.length % 8192 === 0) yield CHECKPOINT;
      }
    }
    machine.process.kernel.useMemory(-Math.floor(items.length / ITEMS_PER_CHECKPOINT) * ITEMS_PER_CHECKPOINT * 8);
    return items;
  }
  for (;;) {
    const item = yield* next(iterator);
    if (item === undefined) return items;
    items.push(item);
  }
}

/** Does something with each item; stops where it gives false. */
export function* forEach(value: Value, visit: (item: Value) => boolean | void): Steps<void> {
  const iterator = yield* iteratorOf(value);
  let count = 0;
  for (;;) {
    const item = yield* next(iterator);
    if (item === undefined) return;
    if (visit(item) === false) return;
    if (++count % ITEMS_PER_CHECKPOINT === 0) yield CHECKPOINT;
  }
}
