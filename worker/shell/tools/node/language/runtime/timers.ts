/** Timers, immediates and microtasks. */
import { isFunction, isObject, type Obj } from '../callable.ts';
import type { Value } from '../machine.ts';
import { define, type Realm } from '../realm.ts';
import { calling, type EventLoop } from './event-loop.ts';

/** Gives the functions, which the global object gets too. */
export function installTimers(realm: Realm, loop: EventLoop): Obj {
  const timers = realm.object();
  const ids = new WeakMap<object, number>();
  const timeout = realm.prototype('Timeout');
  const immediate = realm.prototype('Immediate');
  realm.constructorOf('Timeout', 0, () => undefined, { isGlobal: false });
  realm.constructorOf('Immediate', 0, () => undefined, { isGlobal: false });
  const handle = (prototype: Obj, id: number): Obj => {
    const made = Object.create(prototype) as Obj;
    ids.set(made, id);
    return made;
  };
  const hold = (isHeld: boolean) => (self: Value) => {
    loop.holdTimer((isObject(self) ? ids.get(self) : undefined) ?? 0, isHeld);
    return self;
  };
  realm.natives(timeout, {
    ref: [0, hold(true)],
    unref: [0, hold(false)],
    hasRef: [0, () => true],
    refresh: [0, (self) => self],
  });
  Object.defineProperty(timeout, Symbol.toPrimitive, {
    value: realm.native(Symbol.toPrimitive, 0, (self) => (isObject(self) ? ids.get(self) : undefined)),
  });
  const require = (callback: Value): void => {
    if (!isFunction(callback))
      realm.fail(
        'TypeError',
        `The "callback" argument must be of type function. Received ${callback === undefined ? 'undefined' : typeof callback}`,
        {
          code: 'ERR_INVALID_ARG_TYPE',
        },
      );
  };
  const start =
    (repeats: boolean) =>
    (_self: Value, [callback, delay, ...args]: readonly Value[]) => {
      require(callback);
      return handle(timeout, loop.addTimer(calling(realm, callback, undefined, args), Number(delay ?? 1), repeats));
    };
  const stop = (_self: Value, [given]: readonly Value[]): undefined => {
    const id = isObject(given) ? ids.get(given) : Number(given);
    if (id !== undefined) loop.clear(id);
    return undefined;
  };
  const natives = {
    setTimeout: start(false),
    setInterval: start(true),
    setImmediate: (_self: Value, [callback, ...args]: readonly Value[]) => {
      require(callback);
      return handle(immediate, loop.addImmediate(calling(realm, callback, undefined, args)));
    },
    clearTimeout: stop,
    clearInterval: stop,
    clearImmediate: stop,
    queueMicrotask: (_self: Value, [callback]: readonly Value[]) => {
      require(callback);
      realm.promises.jobs.push(calling(realm, callback, undefined, []));
      return undefined;
    },
  };
  for (const [name, run] of Object.entries(natives)) {
    const made = realm.native(name, 2, run);
    define(realm.global, name, made);
    timers[name] = made;
  }
  const wait = realm.native('setTimeout', 2, (_self, [delay, value]) => {
    const promise = realm.promises.create();
    loop.addTimer(() => realm.promises.resolve(promise, value), Number(delay ?? 1), false);
    return promise;
  });
  timers['promises'] = realm.object({ setTimeout: wait });
  return timers;
}
