/** Methods of dict and its views. */
import { className, classOf } from '../objects/classes.ts';
import {
  Dict,
  dictItemsType,
  dictKeysType,
  dictType,
  dictValuesType,
  DictView,
  List,
  Tuple,
} from '../objects/containers.ts';
import { raised, typeError, valueError } from '../objects/exceptions.ts';
import { TypeObject, type Value } from '../objects/values.ts';
import { builtinEquals } from '../machine/comparison.ts';
import { builtinIterator, toArray } from '../machine/iteration.ts';
import { iteratorOver } from '../machine/iterators.ts';
import type { Machine } from '../machine/machine.ts';
import { methods } from '../machine/native.ts';
import { builtinItem } from '../machine/subscripts.ts';
import { call, type Steps } from '../machine/steps.ts';
import { initialisesItself } from './list-type.ts';

const ENTRY_BYTES = 64;
const ENTRIES_PER_CHARGE = 1024;

function dictOf(value: Value | undefined): Dict {
  if (value instanceof Dict) return value;
  throw typeError(`descriptor requires a 'dict' object but received a '${className(value ?? null)}'`);
}

function charge(dict: Dict, machine: Machine): void {
  if (dict.size % ENTRIES_PER_CHARGE === 0) machine.process.kernel.useMemory(ENTRIES_PER_CHARGE * ENTRY_BYTES);
}

/** Adds the entries of a mapping, or pairs, and named ones. */
export function* updateDict(
  dict: Dict,
  source: Value | undefined,
  named: Value | undefined,
  machine: Machine,
): Steps<void> {
  if (source instanceof Dict) for (const { key, value } of source.entries.values()) dict.set(key, value);
  else if (source !== undefined) {
    const keys = classOf(source).find('keys');
    if (keys !== undefined) {
      const get = classOf(source).find('__getitem__') ?? null;
      for (const key of yield* toArray(yield* call(keys, [source]), machine))
        dict.set(key, yield* call(get, [source, key]));
    } else {
      const pairs = yield* toArray(source, machine);
      for (const [index, pair] of pairs.entries()) {
        if (classOf(pair).find('__iter__') === undefined && typeof pair !== 'string')
          throw typeError(`cannot convert dictionary update sequence element #${index} to a sequence`);
        const parts = yield* toArray(pair, machine);
        if (parts.length !== 2)
          throw valueError(`dictionary update sequence element #${index} has length ${parts.length}; 2 is required`);
        dict.set(parts[0]!, parts[1]!);
      }
    }
  }
  if (named instanceof Dict) for (const { key, value } of named.entries.values()) dict.set(key, value);
}

methods(
  dictType,
  {
    'get(key, default=)': ([self, key, fallback = null]) => {
      const found = dictOf(self).get(key!);
      return found === undefined ? fallback : found;
    },
    'keys()': ([self]) => new DictView(dictKeysType, dictOf(self)),
    'values()': ([self]) => new DictView(dictValuesType, dictOf(self)),
    'items()': ([self]) => new DictView(dictItemsType, dictOf(self)),
    'pop(key, default=)': ([self, key, fallback]) => {
      const dict = dictOf(self);
      if (!dict.has(key!)) {
        if (fallback === undefined) throw raised('KeyError', key!);
        return fallback;
      }
      return dict.delete(key!)!;
    },
    'popitem()': ([self]) => {
      const dict = dictOf(self);
      const last = [...dict.entries.values()].at(-1);
      if (last === undefined) throw raised('KeyError', 'popitem(): dictionary is empty');
      dict.delete(last.key);
      return new Tuple([last.key, last.value]);
    },
    'setdefault(key, default=)': ([self, key, fallback = null], machine) => {
      const dict = dictOf(self);
      const found = dict.get(key!);
      if (found !== undefined) return found;
      dict.set(key!, fallback);
      charge(dict, machine);
      return fallback;
    },
    'clear()': ([self]) => {
      dictOf(self).entries.clear();
      return null;
    },
    'copy()': ([self]) => {
      const copy = new Dict(dictOf(self).cls.isUser ? dictType : dictOf(self).cls);
      for (const { key, value } of dictOf(self).entries.values()) copy.set(key, value);
      return copy;
    },
    '__iter__()': ([self]) => builtinIterator(self!)!,
    '__len__()': ([self]) => dictOf(self).size,
    '__contains__(key)': ([self, key]) => dictOf(self).has(key!),
    '__setitem__(key, value)': ([self, key, value], machine) => {
      const dict = dictOf(self);
      dict.set(key!, value!);
      charge(dict, machine);
      return null;
    },
    '__delitem__(key)': ([self, key]) => {
      if (!dictOf(self).has(key!)) throw raised('KeyError', key!);
      dictOf(self).delete(key!);
      return null;
    },
    '__eq__(other)': ([self, other], machine) => builtinEquals(self!, other!, machine),
    '__reversed__()': ([self]) => iteratorOver([...dictOf(self).entries.values()].map(({ key }) => key).reverse()),
  },
  {
    *'__new__(cls, *args, **keywords)'([cls, args, named], machine) {
      const dict = new Dict(cls instanceof TypeObject ? cls : dictType);
      if (!initialisesItself(cls) && args instanceof Tuple) {
        if (args.items.length > 1) throw typeError(`dict expected at most 1 argument, got ${args.items.length}`);
        yield* updateDict(dict, args.items[0], named, machine);
      }
      return dict;
    },
    *'__init__(iterable=, /, **keywords)'([self, source, named], machine) {
      yield* updateDict(dictOf(self), source, named, machine);
      return null;
    },
    *'update(iterable=, /, **keywords)'([self, source, named], machine) {
      yield* updateDict(dictOf(self), source, named, machine);
      return null;
    },
    *'__getitem__(key)'([self, key], machine) {
      const dict = dictOf(self);
      const missing = dict.has(key!) ? undefined : dict.cls.find('__missing__');
      return missing === undefined ? builtinItem(dict, key!, machine)! : yield* call(missing, [dict, key!]);
    },
    *'fromkeys(cls, iterable, value=)'([cls, iterable, value = null], machine) {
      const dict = new Dict(cls instanceof TypeObject ? cls : dictType);
      for (const key of yield* toArray(iterable!, machine)) dict.set(key, value);
      return dict;
    },
  },
);
dictType.set('__hash__', null);

for (const type of [dictKeysType, dictValuesType, dictItemsType])
  methods(type, {
    '__iter__()': ([self]) => builtinIterator(self!)!,
    '__len__()': ([self]) => (self instanceof DictView ? self.dict.size : 0),
    '__reversed__()': ([self]) => iteratorOver(self instanceof DictView ? [...self].reverse() : []),
    'isdisjoint(other)': ([self, other]) =>
      self instanceof DictView && ![...self].some((item) => other instanceof List && other.items.includes(item)),
  });
