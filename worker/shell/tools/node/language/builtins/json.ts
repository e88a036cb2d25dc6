/** JSON. */
import { isFunction, isObject, type Obj } from '../callable.ts';
import type { Steps, Value } from '../machine.ts';
import { textOf } from '../operators.ts';
import { define, type Realm } from '../realm.ts';
import { tag } from './iterators.ts';

export function installJson(realm: Realm): void {
  const json = realm.object();
  define(realm.global, 'JSON', json);
  tag(json, 'JSON');
  realm.natives(json, {
    stringify: [
      3,
      (_self, [value, replacer, space]) =>
        JSON.stringify(value, replacer as (key: string, value: Value) => Value, space as number),
    ],
  });
  realm.steppedNatives(json, { parse: [2, (_self, [text, reviver]) => parseJson(realm, textOf(text), reviver)] });
}

/** Text to values of the program, adopted whole. */
export function readJson(realm: Realm, text: string): Value {
  realm.charge(text.length / 8);
  return adoptDeep(realm, JSON.parse(text));
}

function adoptDeep(realm: Realm, value: Value): Value {
  if (!isObject(value)) return value;
  if (Array.isArray(value)) {
    for (const one of value) adoptDeep(realm, one);
    return realm.array(value);
  }
  for (const key of Object.keys(value)) adoptDeep(realm, value[key]);
  return realm.adopt(value);
}

function* parseJson(realm: Realm, text: string, reviver: Value): Steps {
  const value = readJson(realm, text);
  return isFunction(reviver) ? yield* revive(realm, realm.object({ '': value }), '', reviver) : value;
}

/** Lets the program have a say on each value, the inner ones first. */
function* revive(realm: Realm, holder: Obj, key: string, reviver: Value): Steps {
  const value = holder[key];
  if (isObject(value)) {
    for (const inner of Object.keys(value)) {
      const made: Value = yield* revive(realm, value, inner, reviver);
      if (made === undefined) Reflect.deleteProperty(value, inner);
      else value[inner] = made;
    }
  }
  return yield* realm.call(reviver, holder, [key, value]);
}
