/** Map, Set and their weak kin. */
import { textOf } from '../operators.ts';
import { isObject, type Obj } from '../callable.ts';
import { collect } from '../iteration.ts';
import { PAUSE, type Steps, type Value } from '../machine.ts';
import { define, type Realm } from '../realm.ts';
import { borrowIterators } from './array.ts';
import { borrow } from './borrowed.ts';
import { tag } from './iterators.ts';

/** What a new entry costs, so that what fills the memory runs out of steps before. */
const ENTRY_STEPS = 5;

export function installCollections(realm: Realm): void {
  install(realm, 'Map', () => new Map(), Map.prototype, 'get set has delete clear', 'entries keys values');
  install(
    realm,
    'Set',
    () => new Set(),
    Set.prototype,
    'add has delete clear union intersection difference',
    'entries values',
  );
  install(realm, 'WeakMap', () => new WeakMap(), WeakMap.prototype, 'get set has delete', '');
  install(realm, 'WeakSet', () => new WeakSet(), WeakSet.prototype, 'add has delete', '');
  const map = realm.prototype('Map');
  const set = realm.prototype('Set');
  define(map, Symbol.iterator, map['entries']);
  define(set, 'keys', set['values']);
  define(set, Symbol.iterator, set['values']);
  realm.quickIterators.set(map['entries'], (self) => pairs(realm, self as Map<Value, Value>));
  realm.quickIterators.set(set['values'], (self) => Set.prototype.values.call(self));
  for (const prototype of [map, set]) {
    const own = prototype === map ? Map.prototype : Set.prototype;
    const size = Object.getOwnPropertyDescriptor(own, 'size')?.get;
    realm.getters(prototype, { size: (self) => (size === undefined ? 0 : (Reflect.apply(size, self, []) as number)) });
    realm.steppedNatives(prototype, { forEach: [1, (self, args) => forEach(realm, self, args)] });
  }
  realm.steppedNatives(realm.global['Map'] as object, {
    groupBy: [2, (_self, [items, callback]) => groupBy(realm, items, callback)],
  });
  realm.constructorOf('WeakRef', 1, (_self, [target], newTarget) => {
    const made = Object.create(realm.prototypeFor(newTarget, 'WeakRef')) as Obj;
    targets.set(made, target);
    return made;
  });
  realm.natives(realm.prototype('WeakRef'), { deref: [0, (self) => (isObject(self) ? targets.get(self) : undefined)] });
  const registry = (_self: Value, _args: readonly Value[], newTarget: Value): Value =>
    Object.create(realm.prototypeFor(newTarget, 'FinalizationRegistry')) as Value;
  realm.constructorOf('FinalizationRegistry', 1, registry);
  const nothing = (): undefined => undefined;
  realm.natives(realm.prototype('FinalizationRegistry'), { register: [2, nothing], unregister: [1, nothing] });
}

/** What a WeakRef refers to: nothing is collected while the program runs. */
const targets = new WeakMap<object, Value>();

function* pairs(realm: Realm, map: Map<Value, Value>): Generator<Value, undefined> {
  for (const [key, value] of Map.prototype.entries.call(map) as MapIterator<[Value, Value]>)
    yield realm.array([key, value]);
  return undefined;
}

function install(
  realm: Realm,
  name: string,
  create: () => object,
  host: object,
  methods: string,
  iterators: string,
): void {
  realm.constructorOf(
    name,
    0,
    function* (_self, [source], newTarget): Steps {
      if (newTarget === undefined) realm.fail('TypeError', `Constructor ${name} requires 'new'`);
      const made = Object.setPrototypeOf(create(), realm.prototypeFor(newTarget, name)) as Obj;
      if (source === undefined || source === null) return made;
      const adder = made[name.endsWith('Map') ? 'set' : 'add'];
      for (const entry of yield* collect(realm, source, textOf(source))) {
        if (realm.machine.fuel-- <= 0) yield PAUSE;
        if (!name.endsWith('Map')) yield* realm.call(adder, made, [entry]);
        else if (isObject(entry)) yield* realm.call(adder, made, [entry[0], entry[1]]);
        else realm.fail('TypeError', `Iterator value ${String(entry)} is not an entry object`);
      }
      return made;
    },
    { isStepped: true },
  );
  const prototype = realm.prototype(name);
  borrow(realm, prototype, host, methods);
  for (const method of ['set', 'add'])
    if (methods.split(' ').includes(method)) chargeFor(realm, prototype, host, method);
  if (iterators !== '') borrowIterators(realm, prototype, host, `${name} Iterator`, iterators);
  tag(prototype, name);
}

function chargeFor(realm: Realm, prototype: Obj, host: object, method: string): void {
  const own = (host as Record<string, (...args: Value[]) => Value>)[method];
  if (own === undefined) return;
  const native = realm.native(method, method === 'set' ? 2 : 1, (self, args) => {
    realm.machine.fuel -= ENTRY_STEPS;
    Reflect.apply(own, self, args);
    return self;
  });
  define(prototype, method, native);
}

function* forEach(realm: Realm, self: Value, [callback, receiver]: readonly Value[]): Steps {
  const isMap = self instanceof Map || Object.prototype.toString.call(self) === '[object Map]';
  const iterator = (isMap ? Map.prototype.entries.call(self) : Set.prototype.entries.call(self)) as MapIterator<
    [Value, Value]
  >;
  for (const [key, value] of iterator) {
    if (realm.machine.fuel-- <= 0) yield PAUSE;
    yield* realm.call(callback, receiver, [value, key, self]);
  }
  return undefined;
}

function* groupBy(realm: Realm, items: Value, callback: Value): Steps {
  const groups = new Map<Value, Value[]>();
  let index = 0;
  for (const item of yield* collect(realm, items)) {
    if (realm.machine.fuel-- <= 0) yield PAUSE;
    const key = yield* realm.call(callback, undefined, [item, index++]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, realm.array([item]));
    else group.push(item);
  }
  return realm.adopt(groups);
}
