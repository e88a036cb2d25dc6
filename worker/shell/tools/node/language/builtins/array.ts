/** Array. */
import { isFunction, isObject, type Obj } from '../callable.ts';
import { collect } from '../iteration.ts';
import { PAUSE, SUSPENDED, type Request, type Steps, type Value } from '../machine.ts';
import { define, type Realm, type SteppedNative } from '../realm.ts';
import { borrow, charge } from './borrowed.ts';

const PLAIN =
  'at concat copyWithin fill flat includes indexOf join lastIndexOf pop push reverse shift slice splice toReversed toSpliced toString unshift with toLocaleString';

export function installArray(realm: Realm): void {
  const { arrayPrototype: prototype } = realm;
  const make = realm.constructorOf(
    'Array',
    1,
    (_self, args, newTarget) => {
      const [first] = args;
      const list = args.length === 1 && typeof first === 'number' ? new Array<Value>(first) : [...args];
      return Object.setPrototypeOf(list, realm.prototypeFor(newTarget, 'Array')) as Value;
    },
    { prototype },
  );
  borrow(realm, prototype, Array.prototype, PLAIN);
  realm.natives(make, {
    isArray: [1, (_self, [value]) => Array.isArray(value)],
    of: [0, (_self, args) => [...args]],
  });
  realm.steppedNatives(make, { from: [1, (self, args) => fromIterable(realm, self, args)] });
  realm.steppedNatives(prototype, methodsWithCallbacks(realm));
}

function* fromIterable(realm: Realm, self: Value, [source, callback, receiver]: readonly Value[]): Steps {
  const isIterable = typeof source === 'string' || (isObject(source) && source[Symbol.iterator] !== undefined);
  let list: Value[];
  if (isIterable) list = yield* collect(realm, source);
  else {
    const length = Math.min(2 ** 32 - 1, Math.max(0, Math.trunc(Number(isObject(source) ? source['length'] : 0)) || 0));
    realm.charge(length);
    list = Array.from({ length }, (_, index) => (source as Obj)[index]);
  }
  if (isFunction(callback)) {
    for (let index = 0; index < list.length; index++) {
      if (realm.machine.fuel-- <= 0) yield PAUSE;
      const called = realm.invoke(callback, receiver, [list[index], index]);
      list[index] = called === SUSPENDED ? yield realm.machine.take() : called;
    }
  }
  const own = isObject(self) ? self['prototype'] : undefined;
  return Object.setPrototypeOf(list, isObject(own) && !Array.isArray(own) ? own : realm.arrayPrototype) as Value;
}

/** Calls the callback with each element; `visit` hears what it gave, and ends the loop with anything but undefined. */
function eachElement(
  realm: Realm,
  { fromEnd = false, withHoles = false }: { readonly fromEnd?: boolean; readonly withHoles?: boolean },
  visit: (given: Value, element: Value, index: number, result: Value[]) => Value,
  finish: (result: Value[]) => Value,
): SteppedNative {
  const { machine } = realm;
  return function* (self, [callback, receiver]): Steps {
    const list = listLike(realm, self);
    if (!isFunction(callback)) realm.fail('TypeError', `${shownCallback(callback)} is not a function`);
    const { length } = list;
    const result: Value[] = [];
    for (let count = 0; count < length; count++) {
      if (machine.fuel-- <= 0) yield PAUSE;
      const index = fromEnd ? length - 1 - count : count;
      if (!withHoles && !(index in list)) continue;
      const element = list[index];
      const called = realm.invoke(callback, receiver, [element, index, self]);
      const given = called === SUSPENDED ? yield machine.take() : called;
      const end = visit(given, element, index, result);
      if (end !== undefined) return end === NOTHING ? undefined : end;
    }
    return finish(result);
  };
}

/** Ends a loop whose value is undefined. */
const NOTHING = Symbol('nothing');

function listLike(realm: Realm, self: Value): ArrayLike<Value> {
  if (self === undefined || self === null)
    realm.fail('TypeError', 'Array.prototype method called on null or undefined');
  return typeof self === 'string' ? [...self] : (self as ArrayLike<Value>);
}

function shownCallback(value: Value): string {
  return isObject(value) ? '#<Object>' : typeof value === 'string' ? JSON.stringify(value) : String(value);
}

function methodsWithCallbacks(realm: Realm): Record<string, readonly [number, SteppedNative]> {
  const nothing = (): undefined => undefined;
  const found = (fromEnd: boolean, what: 'element' | 'index', missing: Value): SteppedNative =>
    eachElement(
      realm,
      { fromEnd, withHoles: true },
      (given, element, index) => (given ? (what === 'index' ? index : (element ?? NOTHING)) : undefined),
      () => missing,
    );
  return {
    forEach: [1, eachElement(realm, {}, nothing, nothing)],
    map: [
      1,
      eachElement(
        realm,
        {},
        (given, _element, index, result) => void (result[index] = given),
        (result) => realm.array(result),
      ),
    ],
    filter: [
      1,
      eachElement(
        realm,
        {},
        (given, element, _index, result) => void (given && result.push(element)),
        (result) => realm.array(result),
      ),
    ],
    find: [1, found(false, 'element', undefined)],
    findLast: [1, found(true, 'element', undefined)],
    findIndex: [1, found(false, 'index', -1)],
    findLastIndex: [1, found(true, 'index', -1)],
    some: [
      1,
      eachElement(
        realm,
        {},
        (given) => (given ? true : undefined),
        () => false,
      ),
    ],
    every: [
      1,
      eachElement(
        realm,
        {},
        (given) => (given ? undefined : false),
        () => true,
      ),
    ],
    flatMap: [
      1,
      eachElement(
        realm,
        {},
        (given, _element, _index, result) =>
          void (Array.isArray(given) ? result.push(...(given as Value[])) : result.push(given)),
        (result) => realm.array(result),
      ),
    ],
    reduce: [1, (self, args) => reduce(realm, self, args, false)],
    reduceRight: [1, (self, args) => reduce(realm, self, args, true)],
    sort: [1, (self, [compare]) => sort(realm, self as Value[], compare)],
    toSorted: [1, (self, [compare]) => sort(realm, realm.array([...(self as Value[])]), compare)],
  };
}

function* reduce(realm: Realm, self: Value, args: readonly Value[], fromEnd: boolean): Steps {
  const [callback, initial] = args;
  const list = listLike(realm, self);
  if (!isFunction(callback)) realm.fail('TypeError', `${shownCallback(callback)} is not a function`);
  const indices = Array.from({ length: list.length }, (_, index) => index).filter((index) => index in list);
  if (fromEnd) indices.reverse();
  let value = initial;
  if (args.length < 2) {
    const first = indices.shift();
    if (first === undefined) realm.fail('TypeError', 'Reduce of empty array with no initial value');
    value = list[first];
  }
  for (const index of indices) {
    if (realm.machine.fuel-- <= 0) yield PAUSE;
    const called = realm.invoke(callback, undefined, [value, list[index], index, self]);
    value = called === SUSPENDED ? yield realm.machine.take() : called;
  }
  return value;
}

/** Sorts in place, stably; undefined and holes go to the end. */
function* sort(realm: Realm, self: Value[], compare: Value): Steps {
  if (compare !== undefined && !isFunction(compare))
    realm.fail('TypeError', 'The comparison function must be either a function or undefined');
  const present = Object.keys(self).flatMap((key) =>
    /^\d+$/.test(key) && self[Number(key)] !== undefined ? [self[Number(key)]] : [],
  );
  charge(realm, present);
  const sorted = compare === undefined ? sortedAsText(present) : yield* mergeSorted(realm, present, compare);
  const { length } = self;
  for (let index = 0; index < length; index++) self[index] = sorted[index];
  return self;
}

function sortedAsText(values: readonly Value[]): Value[] {
  const keyed = values.map((value) => ({ value, text: String(value) }));
  keyed.sort((one, other) => (one.text < other.text ? -1 : one.text > other.text ? 1 : 0));
  return keyed.map(({ value }) => value);
}

function* mergeSorted(realm: Realm, values: Value[], compare: Value): Generator<Request, Value[], Value> {
  let from = values;
  let to = new Array<Value>(values.length);
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length);
      const end = Math.min(start + 2 * width, values.length);
      let left = start;
      let right = middle;
      for (let at = start; at < end; at++) {
        if (realm.machine.fuel-- <= 0) yield PAUSE;
        const takesLeft =
          left < middle &&
          (right >= end || Number(yield* realm.call(compare, undefined, [from[right], from[left]])) >= 0);
        to[at] = takesLeft ? from[left++] : from[right++];
      }
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Iterators over arrays, as `values()` and its kin make them. */
export function installArrayIterators(realm: Realm): void {
  const { arrayPrototype: prototype } = realm;
  borrowIterators(realm, prototype, Array.prototype, 'Array Iterator', 'values keys entries');
  define(prototype, Symbol.iterator, prototype['values']);
  borrowIterators(realm, realm.stringPrototype, String.prototype, 'String Iterator', 'matchAll');
  const iterate = realm.native('[Symbol.iterator]', 0, (self) =>
    realm.wrapIterator(String.prototype[Symbol.iterator].call(self as string), 'String Iterator'),
  );
  define(realm.stringPrototype, Symbol.iterator, iterate);
}

/** Methods whose iterator is the host's, in an object of the program. */
export function borrowIterators(realm: Realm, target: object, host: object, kind: string, names: string): void {
  for (const name of names.split(' ')) {
    const method = (host as Record<string, (...args: Value[]) => Iterator<Value>>)[name];
    if (method === undefined) continue;
    define(
      target,
      name,
      realm.native(name, 0, (self, args) => realm.wrapIterator(Reflect.apply(method, self, args), kind)),
    );
  }
}
