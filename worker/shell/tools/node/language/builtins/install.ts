/** All builtins of the language. */
import { isObject, type Obj } from '../callable.ts';
import type { Value } from '../machine.ts';
import { define, Realm, type RealmHooks } from '../realm.ts';
import { installArray, installArrayIterators } from './array.ts';
import { installBinary, installTextCoders } from './binary.ts';
import { borrowFunctions } from './borrowed.ts';
import { installCollections } from './collections.ts';
import { installDate } from './date.ts';
import { installErrors } from './errors.ts';
import { installFunction } from './function.ts';
import { installIterators } from './iterators.ts';
import { installJson } from './json.ts';
import { installNumbers, type RandomNumber } from './numbers.ts';
import { installObject } from './object.ts';
import { installPromise } from './promise.ts';
import { installRegExp } from './regexp.ts';
import { installString, installSymbol } from './string.ts';

export interface Surroundings extends RealmHooks {
  readonly nowMs: () => number;
  readonly random: RandomNumber;
}

export function createRealm(surroundings: Surroundings): Realm {
  const realm = new Realm(surroundings);
  installIterators(realm);
  installFunction(realm);
  installObject(realm);
  installArray(realm);
  installArrayIterators(realm);
  installString(realm);
  installSymbol(realm);
  installNumbers(realm, surroundings.random);
  installErrors(realm);
  installCollections(realm);
  installRegExp(realm);
  installDate(realm, surroundings.nowMs);
  installJson(realm);
  installPromise(realm);
  installBinary(realm);
  installTextCoders(realm);
  const { global } = realm;
  for (const [name, value] of [
    ['NaN', NaN],
    ['Infinity', Infinity],
    ['undefined', undefined],
  ] as const)
    Object.defineProperty(global, name, { value });
  define(global, 'globalThis', global);
  define(global, 'global', global);
  borrowFunctions(
    realm,
    global,
    globalThis,
    'escape unescape isFinite isNaN decodeURI decodeURIComponent encodeURI encodeURIComponent',
  );
  realm.natives(global, {
    structuredClone: [1, (_self, [value]) => clone(realm, value, new Map())],
  });
  return realm;
}

/** A copy of a value with all it holds; functions cannot be copied. */
function clone(realm: Realm, value: Value, known: Map<Value, Value>): Value {
  if (!isObject(value)) return value;
  if (known.has(value)) return known.get(value);
  if (typeof value === 'function') realm.fail('Error', `${realm.sourceOf(value)} could not be cloned.`);
  const text = Object.prototype.toString.call(value);
  const note = <T>(made: T): T => {
    known.set(value, made);
    return made;
  };
  if (Array.isArray(value)) {
    const list = note(realm.array([]));
    for (const one of value) list.push(clone(realm, one, known));
    return list;
  }
  if (text === '[object Map]') {
    const made = note(realm.adopt(new Map())) as Map<Value, Value>;
    Map.prototype.forEach.call(value as never, (one, key) =>
      Map.prototype.set.call(made, clone(realm, key, known), clone(realm, one, known)),
    );
    return made;
  }
  if (text === '[object Set]') {
    const made = note(realm.adopt(new Set())) as Set<Value>;
    Set.prototype.forEach.call(value as never, (one) => Set.prototype.add.call(made, clone(realm, one, known)));
    return made;
  }
  if (text === '[object Date]') return realm.adopt(new Date(Date.prototype.getTime.call(value as never)));
  const made: Obj = note(realm.object());
  for (const key of Object.keys(value)) made[key] = clone(realm, value[key], known);
  return made;
}
