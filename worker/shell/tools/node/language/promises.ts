/** Promises of the program, and the jobs they leave; ordered as the language says (ECMA-262, 27.2). */
import { isFunction, isObject, type Obj } from './callable.ts';
import { Thrown, type Frame, type Steps, type Value } from './machine.ts';
import type { Realm } from './realm.ts';

/** What is done later, before anything from outside: gives a value that nobody wants, or SUSPENDED. */
export type PromiseJob = () => Value;

interface Reaction {
  readonly fulfilled: (value: Value) => Value;
  readonly rejected: (reason: Value) => Value;
}

type State =
  { kind: 'pending'; reactions: Reaction[] } | { readonly kind: 'fulfilled' | 'rejected'; readonly value: Value };

/** A rejection that nobody has minded yet. */
export interface Rejection {
  readonly promise: Obj;
  readonly reason: Value;
  readonly frame: Frame | undefined;
}

export class Promises {
  readonly #realm: Realm;
  readonly #states = new WeakMap<object, State>();
  readonly #resolved = new WeakSet();
  readonly #unhandled = new Map<object, Rejection>();
  readonly jobs: PromiseJob[] = [];

  constructor(realm: Realm) {
    this.#realm = realm;
  }

  create(newTarget?: Value): Obj {
    const promise = Object.create(this.#realm.prototypeFor(newTarget, 'Promise')) as Obj;
    this.#states.set(promise, { kind: 'pending', reactions: [] });
    return promise;
  }

  isPromise(value: Value): value is Obj {
    return isObject(value) && this.#states.has(value);
  }

  /** For `util.inspect`. */
  stateOf(promise: Obj): { readonly kind: 'pending' | 'fulfilled' | 'rejected'; readonly value?: Value } | undefined {
    return this.#states.get(promise);
  }

  /** Settles a promise as a value says: another promise, or a thing with `then`, is waited for. */
  resolve(promise: Obj, value: Value): void {
    if (this.#resolved.has(promise)) return;
    this.#resolved.add(promise);
    this.#settle(promise, value);
  }

  reject(promise: Obj, reason: Value, frame?: Frame): void {
    if (this.#resolved.has(promise)) return;
    this.#resolved.add(promise);
    this.#reject(promise, reason, frame);
  }

  /** A promise for a value: itself, where it is one. */
  of(value: Value): Obj {
    if (this.isPromise(value)) return value;
    const promise = this.create();
    this.resolve(promise, value);
    return promise;
  }

  rejected(reason: Value): Obj {
    const promise = this.create();
    this.reject(promise, reason, this.#realm.machine.frame);
    return promise;
  }

  /** Has one of these run once it is settled. */
  react(promise: Obj, fulfilled: (value: Value) => Value, rejected: (reason: Value) => Value): void {
    const state = this.#states.get(promise);
    if (state === undefined) return;
    this.#unhandled.delete(promise);
    if (state.kind === 'pending') state.reactions.push({ fulfilled, rejected });
    else this.#enqueue(state.kind === 'fulfilled' ? fulfilled : rejected, state.value);
  }

  /** `promise.then(…)`, with functions of the program. */
  then(promise: Obj, onFulfilled: Value, onRejected: Value): Obj {
    const { machine } = this.#realm;
    const next = this.create();
    const handler =
      (callback: Value, otherwise: (value: Value) => void) =>
      (value: Value): Value => {
        if (!isFunction(callback)) {
          otherwise(value);
          return undefined;
        }
        return machine.suspend(this.#callInto(next, callback, value));
      };
    this.react(
      promise,
      handler(onFulfilled, (value) => this.resolve(next, value)),
      handler(onRejected, (reason) => this.reject(next, reason)),
    );
    return next;
  }

  /** Takes the rejections that nobody minded. */
  takeUnhandled(): Rejection[] {
    const all = [...this.#unhandled.values()];
    this.#unhandled.clear();
    return all;
  }

  *#callInto(promise: Obj, callback: Value, value: Value): Steps {
    try {
      this.resolve(promise, yield* this.#realm.call(callback, undefined, [value]));
    } catch (error) {
      if (!(error instanceof Thrown)) throw error;
      this.reject(promise, error.value, error.frame);
    }
    return undefined;
  }

  #settle(promise: Obj, value: Value): void {
    if (value === promise) {
      this.#reject(promise, this.#realm.makeError('TypeError', 'Chaining cycle detected for promise #<Promise>'));
      return;
    }
    if (!isObject(value)) {
      this.#fulfil(promise, value);
      return;
    }
    let then: Value;
    try {
      ({ then } = value);
    } catch (error) {
      if (!(error instanceof Thrown)) throw error;
      this.#reject(promise, error.value);
      return;
    }
    if (!isFunction(then)) {
      this.#fulfil(promise, value);
      return;
    }
    const realm = this.#realm;
    this.jobs.push(() => {
      let settled = false;
      const once = (settle: (given: Value) => void) =>
        realm.native('', 1, (_self, [given]) => {
          if (!settled) {
            settled = true;
            settle(given);
          }
          return undefined;
        });
      const fulfil = once((given) => this.#settle(promise, given));
      const reject = once((reason) => this.#reject(promise, reason));
      return realm.machine.suspend(this.#callThen(value, then, fulfil, reject));
    });
  }

  *#callThen(value: Obj, then: Value, fulfil: Value, reject: Value): Steps {
    try {
      yield* this.#realm.call(then, value, [fulfil, reject]);
    } catch (error) {
      if (!(error instanceof Thrown)) throw error;
      yield* this.#realm.call(reject, undefined, [error.value]);
    }
    return undefined;
  }

  #fulfil(promise: Obj, value: Value): void {
    const state = this.#states.get(promise);
    this.#states.set(promise, { kind: 'fulfilled', value });
    if (state?.kind === 'pending') for (const { fulfilled } of state.reactions) this.#enqueue(fulfilled, value);
  }

  #reject(promise: Obj, reason: Value, frame?: Frame): void {
    const state = this.#states.get(promise);
    this.#states.set(promise, { kind: 'rejected', value: reason });
    if (state?.kind !== 'pending') return;
    if (state.reactions.length === 0) this.#unhandled.set(promise, { promise, reason, frame });
    for (const { rejected } of state.reactions) this.#enqueue(rejected, reason);
  }

  #enqueue(reaction: (value: Value) => Value, value: Value): void {
    this.jobs.push(() => reaction(value));
  }
}
