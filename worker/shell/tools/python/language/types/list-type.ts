/** Methods of list, tuple and range. */
import { className } from '../objects/classes.ts';
import { List, listType, Range, rangeType, Slice, sliceType, Tuple, tupleType } from '../objects/containers.ts';
import { raised, typeError, valueError } from '../objects/exceptions.ts';
import { NativeFunction, TypeObject, type Value } from '../objects/values.ts';
import { builtinEquals, equals, orderedValue } from '../machine/comparison.ts';
import { builtinIterator, toArray } from '../machine/iteration.ts';
import { iteratorOver } from '../machine/iterators.ts';
import type { Machine } from '../machine/machine.ts';
import { methods } from '../machine/native.ts';
import { builtinItem, deleteBuiltinItem, setBuiltinItem, sliceBounds } from '../machine/subscripts.ts';
import { smallIndex, truth } from '../machine/truth.ts';
import { numericHash } from '../builtins/hash-values.ts';
import { sortValues } from '../builtins/sorting.ts';
import { repr } from '../machine/representation.ts';

/** Bytes of memory an item is taken to use. */
const ITEM_BYTES = 16;
const ITEMS_PER_CHARGE = 4096;

function listOf(value: Value | undefined): List {
  if (value instanceof List) return value;
  throw typeError(`descriptor requires a 'list' object but received a '${className(value ?? null)}'`);
}

/** Lists that grow are counted in steps: what they hold is memory of the page. */
function charge(list: List, machine: Machine): void {
  if (list.items.length % ITEMS_PER_CHARGE === 0) machine.process.kernel.useMemory(ITEMS_PER_CHARGE * ITEM_BYTES);
}

function position(items: readonly Value[], wanted: Value, from: Value, to: Value, machine: Machine): number {
  const { start, stop } = sliceBounds(new Slice(from, to, null), items.length, machine);
  for (let at = start; at < stop; at++) if (equals(items[at]!, wanted, machine)) return at;
  return -1;
}

/** True where the program's class initialises its instances itself, so that making one takes no arguments. */
export function initialisesItself(cls: Value | undefined): boolean {
  return cls instanceof TypeObject && cls.isUser && !(cls.find('__init__') instanceof NativeFunction);
}

methods(
  listType,
  {
    'append(object)': ([self, item], machine) => {
      const list = listOf(self);
      list.items.push(item!);
      charge(list, machine);
      return null;
    },
    'insert(index, object)': ([self, index, item], machine) => {
      const { items } = listOf(self);
      items.splice(smallIndex(index!, machine), 0, item!);
      return null;
    },
    'pop(index=)': ([self, index = -1], machine) => {
      const { items } = listOf(self);
      if (items.length === 0) throw raised('IndexError', 'pop from empty list');
      const given = smallIndex(index, machine);
      const at = given < 0 ? given + items.length : given;
      if (at < 0 || at >= items.length) throw raised('IndexError', 'pop index out of range');
      return at === items.length - 1 ? items.pop()! : items.splice(at, 1)[0]!;
    },
    'remove(value)': ([self, item], machine) => {
      const { items } = listOf(self);
      const at = position(items, item!, null, null, machine);
      if (at === -1) throw valueError('list.remove(x): x not in list');
      items.splice(at, 1);
      return null;
    },
    'clear()': ([self]) => {
      listOf(self).items.length = 0;
      return null;
    },
    'copy()': ([self]) => new List([...listOf(self).items]),
    'reverse()': ([self]) => {
      listOf(self).items.reverse();
      return null;
    },
    'count(value)': ([self, item], machine) => listOf(self).items.filter((one) => equals(one, item!, machine)).length,
    'index(value, start=, stop=)': ([self, item, start = null, stop = null], machine) => {
      const at = position(listOf(self).items, item!, start, stop, machine);
      if (at === -1) throw valueError(`${repr(item!, machine)} is not in list`);
      return at;
    },
    '__iter__()': ([self]) => builtinIterator(self!)!,
    '__len__()': ([self]) => listOf(self).items.length,
    '__getitem__(index)': ([self, index], machine) => builtinItem(self!, index!, machine)!,
    '__delitem__(index)': ([self, index], machine) => {
      deleteBuiltinItem(self!, index!, machine);
      return null;
    },
    '__contains__(value)': ([self, item], machine) => position(listOf(self).items, item!, null, null, machine) !== -1,
    '__eq__(other)': ([self, other], machine) => builtinEquals(self!, other!, machine),
    '__lt__(other)': ([self, other], machine) => orderedValue('<', self!, other!, machine),
    '__reversed__()': ([self]) => iteratorOver([...listOf(self).items].reverse()),
  },
  {
    *'__new__(cls, iterable=, *args, **keywords)'([cls, iterable], machine) {
      const type = cls instanceof TypeObject ? cls : listType;
      return new List(iterable === undefined || initialisesItself(cls) ? [] : yield* toArray(iterable, machine), type);
    },
    *'__init__(iterable=)'([self, iterable], machine) {
      listOf(self).items = iterable === undefined ? [] : yield* toArray(iterable, machine);
      return null;
    },
    *'extend(iterable)'([self, iterable], machine) {
      const items = yield* toArray(iterable!, machine);
      for (const item of items) listOf(self).items.push(item);
      machine.work(items.length / 16);
      return null;
    },
    *'sort(*, key=, reverse=)'([self, key = null, reverse = false], machine) {
      const list = listOf(self);
      list.items = yield* sortValues(list.items, key, truth(reverse, machine), machine);
      return null;
    },
    *'__setitem__(index, value)'([self, index, value], machine) {
      setBuiltinItem(
        self!,
        index!,
        value!,
        index instanceof Slice ? yield* toArray(value!, machine) : undefined,
        machine,
      );
      return null;
    },
  },
);
listType.set('__hash__', null);

function itemsOf(value: Value | undefined): readonly Value[] {
  if (value instanceof Tuple) return value.items;
  throw typeError('not a tuple');
}

methods(
  tupleType,
  {
    'count(value)': ([self, item], machine) => itemsOf(self).filter((one) => equals(one, item!, machine)).length,
    'index(value, start=, stop=)': ([self, item, start = null, stop = null], machine) => {
      const at = position(itemsOf(self), item!, start, stop, machine);
      if (at === -1) throw valueError('tuple.index(x): x not in tuple');
      return at;
    },
    '__iter__()': ([self]) => builtinIterator(self!)!,
    '__len__()': ([self]) => itemsOf(self).length,
    '__getitem__(index)': ([self, index], machine) => builtinItem(self!, index!, machine)!,
    '__contains__(value)': ([self, item], machine) => position(itemsOf(self), item!, null, null, machine) !== -1,
    '__eq__(other)': ([self, other], machine) => builtinEquals(self!, other!, machine),
    '__lt__(other)': ([self, other], machine) => orderedValue('<', self!, other!, machine),
    '__hash__()': ([self]) => numericHash(self!),
  },
  {
    *'__new__(cls, iterable=)'([cls, iterable], machine) {
      const type = cls instanceof TypeObject ? cls : tupleType;
      if (iterable instanceof Tuple && type === tupleType) return iterable;
      return new Tuple(iterable === undefined ? [] : yield* toArray(iterable, machine), type);
    },
  },
);

function rangeOf(value: Value | undefined): Range {
  if (value instanceof Range) return value;
  throw typeError('not a range');
}

methods(rangeType, {
  '__new__(cls, start, stop=, step=, /)': ([, start, stop, step = 1], machine) => {
    const whole = (value: Value): number => smallIndex(value, machine);
    if (whole(step) === 0) throw valueError('range() arg 3 must not be zero');
    return stop === undefined ? new Range(0, whole(start!), 1) : new Range(whole(start!), whole(stop), whole(step));
  },
  'count(value)': ([self, item]) => (inRange(rangeOf(self), item) === -1 ? 0 : 1),
  'index(value)': ([self, item], machine) => {
    const at = inRange(rangeOf(self), item);
    if (at === -1) throw valueError(`${repr(item!, machine)} is not in range`);
    return at;
  },
  '__iter__()': ([self]) => builtinIterator(self!)!,
  '__len__()': ([self]) => rangeOf(self).length,
  '__getitem__(index)': ([self, index], machine) => builtinItem(self!, index!, machine)!,
  '__contains__(value)': ([self, item]) => inRange(rangeOf(self), item) !== -1,
  '__reversed__()': ([self]) => {
    const { start, step, length } = rangeOf(self);
    return builtinIterator(new Range(start + (length - 1) * step, start - step, -step))!;
  },
});

function inRange({ start, step, length }: Range, item: Value | undefined): number {
  const at = typeof item === 'number' ? (item - start) / step : -1;
  return Number.isInteger(at) && at >= 0 && at < length ? at : -1;
}

methods(sliceType, {
  '__new__(cls, start, stop=, step=, /)': ([, start, stop, step = null]) =>
    stop === undefined ? new Slice(null, start!, null) : new Slice(start!, stop, step),
  'indices(length)': ([self, length], machine) => {
    if (!(self instanceof Slice)) throw typeError('not a slice');
    const { start, stop, step } = sliceBounds(self, smallIndex(length!, machine), machine);
    return new Tuple([start, stop, step]);
  },
});
