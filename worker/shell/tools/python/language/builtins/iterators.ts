/** The built-in classes that are iterators over iterators: enumerate, zip, map, filter, reversed. */
import { className, classOf } from '../objects/classes.ts';
import { builtinType, List, Tuple } from '../objects/containers.ts';
import { typeError, valueError } from '../objects/exceptions.ts';
import type { TypeObject, Value } from '../objects/values.ts';
import { iteratorOf } from '../machine/iteration.ts';
import { Iterator, iteratorOver, iteratorType, StepIterator } from '../machine/iterators.ts';
import { methods } from '../machine/native.ts';
import { call, next, type Steps } from '../machine/steps.ts';
import { lengthOf, smallIndex, truth } from '../machine/truth.ts';

const enumerateType = builtinType('enumerate', [iteratorType]);
const zipType = builtinType('zip', [iteratorType]);
const mapType = builtinType('map', [iteratorType]);
const filterType = builtinType('filter', [iteratorType]);
const reversedType = builtinType('reversed', [iteratorType]);

export const iteratorTypes: readonly TypeObject[] = [enumerateType, zipType, mapType, filterType, reversedType];

function* allIterators(values: Value | undefined): Steps<Value[]> {
  const iterators: Value[] = [];
  for (const value of values instanceof Tuple ? values.items : []) iterators.push(yield* iteratorOf(value));
  return iterators;
}

methods(
  enumerateType,
  {},
  {
    *'__new__(cls, iterable, start=)'([, iterable, start = 0], machine) {
      const source = yield* iteratorOf(iterable!);
      let count = smallIndex(start, machine);
      if (source instanceof Iterator)
        return new Iterator(() => {
          const item = source.next();
          return item === undefined ? undefined : new Tuple([count++, item]);
        }, enumerateType);
      return new StepIterator(function* () {
        const item = yield* next(source);
        return item === undefined ? undefined : new Tuple([count++, item]);
      }, enumerateType);
    },
  },
);

methods(
  zipType,
  {},
  {
    *'__new__(cls, *, strict=, *args)'([, strict = false, args], machine) {
      const iterators = yield* allIterators(args);
      const isStrict = truth(strict, machine);
      return new StepIterator(function* () {
        const items: Value[] = [];
        for (const [index, iterator] of iterators.entries()) {
          const item = yield* next(iterator);
          if (item === undefined) {
            if (isStrict && index > 0)
              throw valueError(
                `zip() argument ${index + 1} is shorter than argument${index === 1 ? ' 1' : `s 1-${index}`}`,
              );
            if (isStrict) yield* checkAllOver(iterators);
            return undefined;
          }
          items.push(item);
        }
        return items.length === 0 ? undefined : new Tuple(items);
      }, zipType);
    },
  },
);

function* checkAllOver(iterators: readonly Value[]): Steps<void> {
  for (const [index, iterator] of iterators.entries())
    if (index > 0 && (yield* next(iterator)) !== undefined)
      throw valueError(`zip() argument ${index + 1} is longer than argument${index === 1 ? ' 1' : `s 1-${index}`}`);
}

methods(
  mapType,
  {},
  {
    *'__new__(cls, function, *iterables)'([, callable, sources]) {
      const iterators = yield* allIterators(sources);
      return new StepIterator(function* () {
        const items: Value[] = [];
        for (const iterator of iterators) {
          const item = yield* next(iterator);
          if (item === undefined) return undefined;
          items.push(item);
        }
        return yield* call(callable!, items);
      }, mapType);
    },
  },
);

methods(
  filterType,
  {},
  {
    *'__new__(cls, function, iterable)'([, test = null, iterable], machine) {
      const source = yield* iteratorOf(iterable!);
      return new StepIterator(function* () {
        for (;;) {
          const item = yield* next(source);
          if (item === undefined) return undefined;
          if (truth(test === null ? item : yield* call(test, [item]), machine)) return item;
        }
      }, filterType);
    },
  },
);

methods(
  reversedType,
  {},
  {
    *'__new__(cls, sequence)'([, sequence], machine) {
      const method = classOf(sequence!).find('__reversed__');
      if (method !== undefined) return yield* call(method, [sequence!]);
      if (sequence instanceof List || sequence instanceof Tuple)
        return iteratorOver([...sequence.items].reverse(), reversedType);
      if (typeof sequence === 'string') return iteratorOver([...sequence].reverse(), reversedType);
      const get = classOf(sequence!).find('__getitem__');
      const length = lengthOf(sequence!, machine);
      if (get === undefined || length === undefined)
        throw typeError(`'${className(sequence!)}' object is not reversible`);
      let at = length;
      return new StepIterator(function* () {
        return at > 0 ? yield* call(get, [sequence!, --at]) : undefined;
      }, reversedType);
    },
  },
);
