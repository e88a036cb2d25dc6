/** Promise. */
import { isFunction, isObject, type Obj } from '../callable.ts';
import { collect } from '../iteration.ts';
import { Thrown, type Steps, type Value } from '../machine.ts';
import type { Realm } from '../realm.ts';
import { tag } from './iterators.ts';

export function installPromise(realm: Realm): void {
  const { promises } = realm;
  const make = realm.constructorOf(
    'Promise',
    1,
    (_self, [executor], newTarget) => construct(realm, executor, newTarget),
    {
      isStepped: true,
    },
  );
  const prototype = realm.prototype('Promise');
  tag(prototype, 'Promise');
  const promiseOf = (self: Value): Obj =>
    promises.isPromise(self)
      ? self
      : realm.fail('TypeError', `Method Promise.prototype.then called on incompatible receiver ${String(self)}`);
  realm.natives(prototype, {
    then: [2, (self, [fulfilled, rejected]) => promises.then(promiseOf(self), fulfilled, rejected)],
    catch: [1, (self, [rejected]) => promises.then(promiseOf(self), undefined, rejected)],
    finally: [1, (self, [callback]) => lastly(realm, promiseOf(self), callback)],
  });
  realm.natives(make, {
    resolve: [1, (_self, [value]) => promises.of(value)],
    reject: [1, (_self, [reason]) => promises.rejected(reason)],
    withResolvers: [
      0,
      () => {
        const promise = promises.create();
        return realm.object({ promise, ...settlers(realm, promise) });
      },
    ],
  });
  realm.steppedNatives(make, {
    all: [1, (_self, [list]) => combine(realm, list, 'all')],
    allSettled: [1, (_self, [list]) => combine(realm, list, 'allSettled')],
    any: [1, (_self, [list]) => combine(realm, list, 'any')],
    race: [1, (_self, [list]) => combine(realm, list, 'race')],
  });
}

function settlers(realm: Realm, promise: Obj): { readonly resolve: Value; readonly reject: Value } {
  const { promises, machine } = realm;
  return {
    resolve: realm.native('resolve', 1, (_self, [value]) => promises.resolve(promise, value)),
    reject: realm.native('reject', 1, (_self, [reason]) => promises.reject(promise, reason, machine.frame)),
  };
}

function* construct(realm: Realm, executor: Value, newTarget: Value): Steps {
  if (newTarget === undefined) realm.fail('TypeError', "Promise constructor cannot be invoked without 'new'");
  if (!isFunction(executor)) realm.fail('TypeError', `Promise resolver ${String(executor)} is not a function`);
  const promise = realm.promises.create(newTarget);
  const { resolve, reject } = settlers(realm, promise);
  try {
    yield* realm.call(executor, undefined, [resolve, reject]);
  } catch (caught) {
    const error = realm.machine.adoptError(caught);
    if (!(error instanceof Thrown)) throw error;
    realm.promises.reject(promise, error.value, error.frame);
  }
  return promise;
}

/** `finally`: its callback is waited for, and what was settled goes on. */
function lastly(realm: Realm, promise: Obj, callback: Value): Obj {
  const { promises } = realm;
  if (!isFunction(callback)) return promises.then(promise, callback, callback);
  const after = (then: (settled: Value) => Value) =>
    realm.stepped('', 1, function* (_self, [settled]): Steps {
      const waited = promises.of(yield* realm.call(callback, undefined, []));
      return promises.then(
        waited,
        realm.native('', 0, () => then(settled)),
        undefined,
      );
    });
  return promises.then(
    promise,
    after((value) => value),
    after((reason) => {
      throw realm.thrown(reason);
    }),
  );
}

type Combination = 'all' | 'allSettled' | 'any' | 'race';

function* combine(realm: Realm, iterable: Value, kind: Combination): Steps {
  const { promises } = realm;
  const result = promises.create();
  let list: Value[];
  try {
    list = yield* collect(realm, iterable, String(isObject(iterable) ? 'object' : iterable));
  } catch (caught) {
    const error = realm.machine.adoptError(caught);
    if (!(error instanceof Thrown)) throw error;
    promises.reject(result, error.value);
    return result;
  }
  const settled: Value[] = list.map(() => undefined);
  let waiting = list.length;
  const finish = (): void => {
    if (--waiting > 0) return;
    if (kind === 'any') {
      const error = realm.makeError('Error', 'All promises were rejected');
      Object.setPrototypeOf(error, realm.prototype('AggregateError'));
      Object.defineProperty(error, 'errors', { value: realm.array(settled), writable: true, configurable: true });
      realm.captureStack(error);
      promises.reject(result, error);
    } else promises.resolve(result, realm.array(settled));
  };
  const note = (index: number, value: Value): Value => {
    settled[index] = value;
    finish();
    return undefined;
  };
  for (const [index, one] of list.entries()) {
    const promise = promises.of(one);
    const resolve = (value: Value): Value => promises.resolve(result, value);
    const reject = (reason: Value): Value => promises.reject(result, reason);
    const told = (status: string, name: string) => (value: Value) =>
      note(index, realm.object({ status, [name]: value }));
    switch (kind) {
      case 'all':
        promises.react(promise, (value) => note(index, value), reject);
        break;
      case 'allSettled':
        promises.react(promise, told('fulfilled', 'value'), told('rejected', 'reason'));
        break;
      case 'any':
        promises.react(promise, resolve, (reason) => note(index, reason));
        break;
      case 'race':
        promises.react(promise, resolve, reject);
    }
  }
  if (list.length === 0 && kind !== 'race') {
    waiting = 1;
    finish();
  }
  return result;
}
