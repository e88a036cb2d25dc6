/** Builtins that are the host's own: they call nothing of the program but conversions of its values. */
import type { HostFunction, Obj } from '../callable.ts';
import type { Value } from '../machine.ts';
import { define, type Realm } from '../realm.ts';

/** Elements that a builtin goes through for the price of a step. */
const ELEMENTS_A_STEP = 16;

/** Takes methods over from a prototype of the host. */
export function borrow(realm: Realm, target: object, host: object, names: string): void {
  for (const name of names.split(' ')) {
    const method = (host as Record<string, HostFunction | undefined>)[name];
    // one that this browser is too old for is missing for the program too
    if (method === undefined) continue;
    const native = realm.native(name, method.length, (self, args) => {
      charge(realm, self);
      return Reflect.apply(method, self, args);
    });
    define(target, name, native);
  }
}

/** Takes functions over that want no `this`, or an object of the host for it. */
export function borrowFunctions(realm: Realm, target: object, host: object, names: string): void {
  for (const name of names.split(' ')) {
    const method = (host as Record<string, HostFunction | undefined>)[name];
    if (method === undefined) continue;
    define(
      target,
      name,
      realm.native(name, method.length, (_self, args) => Reflect.apply(method, host, args)),
    );
  }
}

/** Lets work on a long array or text cost what it takes. */
export function charge(realm: Realm, value: Value): void {
  if (typeof value !== 'string' && !Array.isArray(value)) return;
  if (value.length > ELEMENTS_A_STEP) realm.charge(value.length / ELEMENTS_A_STEP);
}

/** The value as an object that the host's functions take. */
export function asObject(realm: Realm, value: Value): Obj {
  if (value === undefined || value === null) realm.fail('TypeError', 'Cannot convert undefined or null to object');
  return Object(value) as Obj;
}
