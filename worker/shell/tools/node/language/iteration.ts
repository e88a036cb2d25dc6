/** The iteration protocol, with short cuts for arrays, texts, maps and sets whose iteration nobody has changed. */
import { isFunction, isObject, type Obj } from './callable.ts';
import { SUSPENDED, type Request, type Steps, type Value } from './machine.ts';
import { getProperty } from './properties.ts';
import type { Realm } from './realm.ts';

/** Given in place of a value at the end. */
export const DONE = Symbol('done');

/** What is iterated, one value after the other. */
export interface Cursor {
  /** The next value or {@link DONE}, or SUSPENDED with steps that give it. */
  next(): Value;
  /** Lets go before the end. Gives nothing, or SUSPENDED. */
  close(): Value;
}

const nothing = (): undefined => undefined;

/** Begins an iteration; `what` names the value where it cannot be iterated. */
export function openCursor(realm: Realm, value: Value, what = 'object'): Cursor {
  const method = value === undefined || value === null ? undefined : getProperty(realm, value, Symbol.iterator);
  const quick = quickCursor(realm, value, method);
  if (quick !== undefined) return quick;
  if (!isFunction(method)) realm.fail('TypeError', `${what} is not iterable`);
  const opened = realm.invoke(method, value, []);
  if (opened === SUSPENDED) return lateCursor(realm, realm.machine.take());
  return cursorOf(realm, opened);
}

function quickCursor(realm: Realm, value: Value, method: Value): Cursor | undefined {
  if (method === undefined) return undefined;
  if (typeof value === 'string')
    return method === realm.stringPrototype[Symbol.iterator] ? hostCursor(value[Symbol.iterator]()) : undefined;
  if (Array.isArray(value) && method === realm.arrayPrototype['values']) {
    const list: readonly Value[] = value;
    let index = 0;
    return { next: () => (index < list.length ? list[index++] : DONE), close: nothing };
  }
  const iterate = realm.quickIterators.get(method);
  return iterate === undefined ? undefined : hostCursor(iterate(value));
}

function hostCursor(iterator: Iterator<Value>): Cursor {
  return {
    next: () => {
      const { done, value } = iterator.next() as { readonly done?: boolean; readonly value: Value };
      return done === true ? DONE : value;
    },
    close: nothing,
  };
}

/** The cursor of an iterator of the program. */
export function cursorOf(realm: Realm, iterator: Value): Cursor {
  if (!isObject(iterator)) realm.fail('TypeError', 'Result of the Symbol.iterator method is not an object');
  const next = iterator['next'];
  return {
    next: () => {
      const result = realm.invoke(next, iterator, []);
      return result === SUSPENDED ? realm.machine.suspend(laterResult(realm)) : valueOfResult(realm, result);
    },
    close: () => {
      const close = iterator['return'];
      return isFunction(close) ? realm.invoke(close, iterator, []) : undefined;
    },
  };
}

function* laterResult(realm: Realm, running = realm.machine.take()): Steps {
  return valueOfResult(realm, yield running);
}

function valueOfResult(realm: Realm, result: Value): Value {
  if (!isObject(result)) realm.fail('TypeError', `Iterator result ${String(result)} is not an object`);
  return result['done'] === true || Boolean(result['done']) ? DONE : result['value'];
}

/** A cursor whose iterator is still being made. */
function lateCursor(realm: Realm, opening: ReturnType<Realm['machine']['take']>): Cursor {
  let cursor: Cursor | undefined;
  return {
    next: () =>
      cursor?.next() ??
      realm.machine.suspend(
        (function* (): Steps {
          cursor = cursorOf(realm, yield opening);
          const value = cursor.next();
          return value === SUSPENDED ? yield realm.machine.take() : value;
        })(),
      ),
    close: () => cursor?.close(),
  };
}

/** All values of what can be iterated, as an array nobody else uses; or SUSPENDED. */
export function listOf(realm: Realm, value: Value, what?: string): Value {
  if (Array.isArray(value) && value[Symbol.iterator] === realm.arrayPrototype['values'])
    return Array.from<Value>(value);
  const cursor = openCursor(realm, value, what);
  const list: Value[] = [];
  for (;;) {
    const next = cursor.next();
    if (next === DONE) return list;
    if (next === SUSPENDED) return realm.machine.suspend(restOfList(realm, cursor, list));
    list.push(next);
  }
}

function* restOfList(realm: Realm, cursor: Cursor, list: Value[], running = realm.machine.take()): Steps {
  for (let next = yield running; next !== DONE;) {
    list.push(next);
    next = cursor.next();
    if (next === SUSPENDED) next = yield realm.machine.take();
  }
  return list;
}

/** The same inside a builtin. */
export function* collect(realm: Realm, value: Value, what?: string): Generator<Request, Value[], Value> {
  const list = listOf(realm, value, what);
  return (list === SUSPENDED ? yield realm.machine.take() : list) as Value[];
}

/** `{ value, done }` of the program. */
export function iteratorResult(realm: Realm, value: Value, done: boolean): Obj {
  return realm.object({ value, done });
}
