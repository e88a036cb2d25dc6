/** Properties of values: those of objects are the host's; those of strings and numbers lie with the program's own prototypes. */
import { textOf } from './operators.ts';
import type { Obj } from './callable.ts';
import { isObject } from './callable.ts';
import { Thrown, type Value } from './machine.ts';
import type { Realm } from './realm.ts';

/** Reads a property; throws the program's TypeError for one of undefined or null. */
export function getProperty(realm: Realm, object: Value, key: PropertyKey): Value {
  switch (typeof object) {
    case 'object':
      if (object !== null) return (object as Obj)[key];
      break;
    case 'function':
      return (object as unknown as Obj)[key];
    case 'string':
      if (key === 'length') return object.length;
      if (typeof key === 'number' || (typeof key === 'string' && /^\d+$/.test(key)))
        return key in realm.stringPrototype ? realm.stringPrototype[key] : object[Number(key)];
      return inherited(realm.stringPrototype, key, object);
    case 'number':
      return inherited(realm.numberPrototype, key, object);
    case 'boolean':
      return inherited(realm.prototype('Boolean'), key, object);
    case 'symbol':
      return inherited(realm.prototype('Symbol'), key, object);
    case 'bigint':
      return inherited(realm.prototype('BigInt'), key, object);
    default:
  }
  return realm.fail('TypeError', `Cannot read properties of ${String(object)} (reading '${String(key)}')`);
}

/** A property of a primitive value, found with its prototype. */
function inherited(prototype: Obj, key: PropertyKey, self: Value): Value {
  const value = prototype[key];
  // functions are by far the most frequent; a getter must see the value itself
  return typeof value === 'function' ? value : Reflect.get(prototype, key, self);
}

/** Writes a property. Where the host refuses (a frozen object), strict code gets its TypeError and other code none. */
export function setProperty(realm: Realm, object: Value, key: PropertyKey, value: Value, strict: boolean): void {
  if (!isObject(object)) {
    if (object === undefined || object === null)
      realm.fail('TypeError', `Cannot set properties of ${object} (setting '${String(key)}')`);
    if (strict)
      realm.fail('TypeError', `Cannot create property '${textOf(key)}' on ${typeof object} '${textOf(object)}'`);
    return;
  }
  try {
    object[key] = value;
  } catch (error) {
    if (error instanceof Thrown || !(error instanceof TypeError)) throw error;
    if (strict) realm.fail('TypeError', refusal(object, key));
  }
}

/** Why a property cannot be written. */
function refusal(object: Obj, key: PropertyKey): string {
  const name = String(key);
  const shown = Array.isArray(object) ? '[object Array]' : `#<${constructorName(object)}>`;
  for (let at: Value = object; isObject(at); at = Object.getPrototypeOf(at) as Value) {
    const descriptor = Object.getOwnPropertyDescriptor(at, key);
    if (descriptor === undefined) continue;
    return descriptor.get === undefined
      ? `Cannot assign to read only property '${name}' of object '${shown}'`
      : `Cannot set property ${name} of ${shown} which has only a getter`;
  }
  return `Cannot add property ${name}, object is not extensible`;
}

function constructorName(object: Obj): string {
  const { constructor } = object;
  return typeof constructor === 'function' ? constructor.name : 'Object';
}

/** The key that a computed member stands for. */
export function propertyKey(value: Value): PropertyKey {
  if (typeof value === 'symbol' || typeof value === 'number' || typeof value === 'string') return value;
  // the host makes a key of an object by its own methods, as the language says
  return isObject(value) ? (Reflect.ownKeys({ [value as unknown as string]: 0 })[0] ?? '') : String(value);
}
