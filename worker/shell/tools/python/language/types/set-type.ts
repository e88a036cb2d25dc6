/** Methods of set and frozenset. */
import { className } from '../objects/classes.ts';
import { frozensetType, SetObject, setType, Tuple } from '../objects/containers.ts';
import { raised, typeError } from '../objects/exceptions.ts';
import { hashKey } from '../objects/hashing.ts';
import { TypeObject, type Value } from '../objects/values.ts';
import { builtinEquals, ordered } from '../machine/comparison.ts';
import { builtinIterator, toArray } from '../machine/iteration.ts';
import type { Machine } from '../machine/machine.ts';
import { methods } from '../machine/native.ts';
import { combineSets } from '../machine/set-operators.ts';
import type { Steps } from '../machine/steps.ts';
import { initialisesItself } from './list-type.ts';

function setOf(value: Value | undefined): SetObject {
  if (value instanceof SetObject) return value;
  throw typeError(`descriptor requires a 'set' object but received a '${className(value ?? null)}'`);
}

function* asSet(value: Value, machine: Machine): Steps<SetObject> {
  return value instanceof SetObject ? value : new SetObject(yield* toArray(value, machine));
}

function* combined(
  self: Value | undefined,
  others: Value | undefined,
  operator: '|' | '&' | '-' | '^',
  machine: Machine,
): Steps<SetObject> {
  let result = new SetObject(setOf(self).entries.values(), setOf(self).cls.isUser ? setType : setOf(self).cls);
  for (const other of others instanceof Tuple ? others.items : [])
    result = combineSets(operator, result, yield* asSet(other, machine)) ?? result;
  return result;
}

function replace(self: Value | undefined, by: SetObject): null {
  const { entries } = setOf(self);
  const taken = [...by.entries];
  entries.clear();
  for (const [key, item] of taken) entries.set(key, item);
  return null;
}

for (const type of [setType, frozensetType])
  methods(
    type,
    {
      'copy()': ([self]) => new SetObject(setOf(self).entries.values(), setOf(self).cls),
      '__iter__()': ([self]) => builtinIterator(self!)!,
      '__len__()': ([self]) => setOf(self).entries.size,
      '__contains__(item)': ([self, item]) => setOf(self).has(item!),
      '__eq__(other)': ([self, other], machine) => builtinEquals(self!, other!, machine),
    },
    {
      *'__new__(cls, iterable=, *args)'([cls, iterable], machine) {
        const items = iterable === undefined || initialisesItself(cls) ? [] : yield* toArray(iterable, machine);
        return new SetObject(items, cls instanceof TypeObject ? cls : type);
      },
      *'union(*others)'([self, others], machine) {
        return yield* combined(self, others, '|', machine);
      },
      *'intersection(*others)'([self, others], machine) {
        return yield* combined(self, others, '&', machine);
      },
      *'difference(*others)'([self, others], machine) {
        return yield* combined(self, others, '-', machine);
      },
      *'symmetric_difference(other)'([self, other], machine) {
        return yield* combined(self, new Tuple([other!]), '^', machine);
      },
      *'issubset(other)'([self, other], machine) {
        return ordered('<=', setOf(self), yield* asSet(other!, machine), machine);
      },
      *'issuperset(other)'([self, other], machine) {
        return ordered('>=', setOf(self), yield* asSet(other!, machine), machine);
      },
      *'isdisjoint(other)'([self, other], machine) {
        return combineSets('&', self!, yield* asSet(other!, machine))?.entries.size === 0;
      },
    },
  );

methods(
  setType,
  {
    'add(item)': ([self, item], machine) => {
      setOf(self).add(item!);
      if (setOf(self).entries.size % 1024 === 0) machine.process.kernel.useMemory(65_536);
      return null;
    },
    'discard(item)': ([self, item]) => {
      setOf(self).entries.delete(hashKey(item!));
      return null;
    },
    'remove(item)': ([self, item]) => {
      if (!setOf(self).entries.delete(hashKey(item!))) throw raised('KeyError', item!);
      return null;
    },
    'pop()': ([self]) => {
      const [first] = setOf(self).entries;
      if (first === undefined) throw raised('KeyError', 'pop from an empty set');
      setOf(self).entries.delete(first[0]);
      return first[1];
    },
    'clear()': ([self]) => {
      setOf(self).entries.clear();
      return null;
    },
  },
  {
    *'__init__(iterable=)'([self, iterable], machine) {
      return iterable === undefined ? null : replace(self, new SetObject(yield* toArray(iterable, machine)));
    },
    *'update(*others)'([self, others], machine) {
      return replace(self, yield* combined(self, others, '|', machine));
    },
    *'intersection_update(*others)'([self, others], machine) {
      return replace(self, yield* combined(self, others, '&', machine));
    },
    *'difference_update(*others)'([self, others], machine) {
      return replace(self, yield* combined(self, others, '-', machine));
    },
    *'symmetric_difference_update(other)'([self, other], machine) {
      return replace(self, yield* combined(self, new Tuple([other!]), '^', machine));
    },
  },
);
setType.set('__hash__', null);
