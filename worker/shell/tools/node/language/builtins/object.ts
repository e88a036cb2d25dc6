/** Object, Reflect and Proxy. */
import { textOf } from '../operators.ts';
import { isObject, type Obj } from '../callable.ts';
import { collect } from '../iteration.ts';
import { PAUSE, SUSPENDED, type Steps, type Value } from '../machine.ts';
import { propertyKey } from '../properties.ts';
import { define, type Realm } from '../realm.ts';
import { asObject, borrowFunctions } from './borrowed.ts';
import { tag } from './iterators.ts';

const PLAIN =
  'freeze isFrozen seal isSealed preventExtensions isExtensible getOwnPropertyNames getOwnPropertySymbols getPrototypeOf is keys values entries hasOwn getOwnPropertyDescriptor getOwnPropertyDescriptors';

export function installObject(realm: Realm): void {
  const { objectPrototype: prototype } = realm;
  const make = realm.constructorOf(
    'Object',
    1,
    (_self, [value], newTarget) => {
      if (newTarget !== undefined && newTarget !== realm.global['Object'])
        return Object.create(realm.prototypeFor(newTarget, 'Object')) as Value;
      return value === undefined || value === null ? realm.object() : isObject(value) ? value : realm.box(value);
    },
    { prototype },
  );
  borrowFunctions(realm, make, Object, PLAIN);
  realm.natives(make, {
    assign: [2, (_self, [target, ...sources]) => Object.assign(asObject(realm, target), ...sources) as Value],
    create: [2, (_self, [above, properties]) => createObject(realm, above, properties)],
    defineProperty: [
      3,
      (_self, [target, key, descriptor]) => {
        if (!isObject(target)) realm.fail('TypeError', 'Object.defineProperty called on non-object');
        if (!isObject(descriptor))
          realm.fail('TypeError', `Property description must be an object: ${String(descriptor)}`);
        return Object.defineProperty(target, propertyKey(key), descriptor);
      },
    ],
    defineProperties: [
      2,
      (_self, [target, properties]) => Object.defineProperties(target as object, properties as PropertyDescriptorMap),
    ],
    setPrototypeOf: [2, (_self, [target, above]) => Object.setPrototypeOf(target, above as object | null) as Value],
  });
  realm.steppedNatives(make, {
    fromEntries: [1, (_self, [entries]) => fromEntries(realm, entries)],
    groupBy: [2, (_self, [items, callback]) => groupBy(realm, items, callback)],
  });
  realm.natives(prototype, {
    hasOwnProperty: [1, (self, [key]) => Object.hasOwn(asObject(realm, self), propertyKey(key))],
    isPrototypeOf: [
      1,
      (self, [value]) => isObject(value) && Object.prototype.isPrototypeOf.call(self as object, value),
    ],
    propertyIsEnumerable: [1, (self, [key]) => Object.prototype.propertyIsEnumerable.call(self, propertyKey(key))],
    toLocaleString: [0, (self) => String(self)],
    toString: [
      0,
      (self) => (isObject(self) && realm.errors.has(self) ? '[object Error]' : Object.prototype.toString.call(self)),
    ],
    valueOf: [0, (self) => asObject(realm, self)],
  });
  Object.defineProperty(prototype, '__proto__', {
    get: realm.native('get __proto__', 0, (self) => Object.getPrototypeOf(realm.box(self)) as Value),
    set: realm.native('set __proto__', 1, (self, [above]) => {
      if (isObject(self) && (isObject(above) || above === null)) Object.setPrototypeOf(self, above);
      return undefined;
    }),
    configurable: true,
  });
  installReflect(realm);
  installProxy(realm);
}

function createObject(realm: Realm, above: Value, properties: Value): Value {
  if (!isObject(above) && above !== null)
    realm.fail('TypeError', `Object prototype may only be an Object or null: ${textOf(above)}`);
  const made = Object.create(above) as Obj;
  return properties === undefined ? made : Object.defineProperties(made, properties as PropertyDescriptorMap);
}

function* fromEntries(realm: Realm, entries: Value): Steps {
  const made = realm.object();
  for (const entry of yield* collect(realm, entries, String(entries))) {
    if (!isObject(entry)) realm.fail('TypeError', `Iterator value ${String(entry)} is not an entry object`);
    const key = propertyKey(entry[0]);
    Object.defineProperty(made, key, { value: entry[1], writable: true, enumerable: true, configurable: true });
  }
  return made;
}

function* groupBy(realm: Realm, items: Value, callback: Value): Steps {
  const groups = Object.create(null) as Obj;
  let index = 0;
  for (const item of yield* collect(realm, items)) {
    if (realm.machine.fuel-- <= 0) yield PAUSE;
    const key = propertyKey(yield* realm.call(callback, undefined, [item, index++]));
    const group = groups[key];
    if (Array.isArray(group)) group.push(item);
    else groups[key] = realm.array([item]);
  }
  return groups;
}

function installReflect(realm: Realm): void {
  const reflect = realm.object();
  define(realm.global, 'Reflect', reflect);
  tag(reflect, 'Reflect');
  borrowFunctions(
    realm,
    reflect,
    Reflect,
    'defineProperty deleteProperty get getOwnPropertyDescriptor getPrototypeOf has isExtensible ownKeys preventExtensions set setPrototypeOf',
  );
  realm.steppedNatives(reflect, {
    apply: [3, (_self, [callee, self, args]) => realm.call(callee, self, Array.from(args as ArrayLike<Value>))],
    construct: [
      2,
      function* (_self, [callee, args, newTarget]): Steps {
        const made = realm.construct(callee, Array.from(args as ArrayLike<Value>), newTarget ?? callee);
        return made === SUSPENDED ? yield realm.machine.take() : made;
      },
    ],
  });
}

/** Proxies are the host's: their handlers are called by it, to their end at once. */
function installProxy(realm: Realm): void {
  const proxy = realm.constructorOf('Proxy', 2, (_self, [target, handler], newTarget) => {
    if (newTarget === undefined) realm.fail('TypeError', "Constructor Proxy requires 'new'");
    if (!isObject(target) || !isObject(handler))
      realm.fail('TypeError', 'Cannot create proxy with a non-object as target or handler');
    const made = new Proxy(target, handler);
    realm.proxies.set(made, { target, handler });
    return made;
  });
  realm.natives(proxy, {
    revocable: [2, () => realm.fail('Error', 'Strata makes no revocable proxies')],
  });
}
