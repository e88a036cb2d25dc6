/** Listeners of an object of the host (`process`), as EventEmitter has them. */
import { isFunction, type Obj } from '../callable.ts';
import type { Steps, Value } from '../machine.ts';
import { define, type Realm } from '../realm.ts';

interface Listener {
  readonly callback: Value;
  readonly once: boolean;
}

export class Listeners {
  readonly #realm: Realm;
  readonly #target: Obj;
  readonly #listeners = new Map<Value, Listener[]>();

  /** Gives the target its methods. `onAdd` hears of each event that somebody wants. */
  constructor(realm: Realm, target: Obj, onAdd: (event: string, count: number) => void) {
    this.#realm = realm;
    this.#target = target;
    const add =
      (once: boolean, first = false) =>
      (_self: Value, [event, callback]: readonly Value[]): Value => {
        if (!isFunction(callback))
          realm.fail('TypeError', 'The "listener" argument must be of type function. Received ' + typeof callback);
        const list = this.#listeners.get(event) ?? [];
        if (first) list.unshift({ callback, once });
        else list.push({ callback, once });
        this.#listeners.set(event, list);
        onAdd(String(event), list.length);
        return target;
      };
    const remove = (_self: Value, [event, callback]: readonly Value[]): Value => {
      const list = this.#listeners.get(event) ?? [];
      this.#listeners.set(
        event,
        list.filter((one) => one.callback !== callback),
      );
      onAdd(String(event), this.count(event));
      return target;
    };
    const methods = {
      on: add(false),
      addListener: add(false),
      once: add(true),
      prependListener: add(false, true),
      off: remove,
      removeListener: remove,
      removeAllListeners: (_self: Value, [event]: readonly Value[]) => {
        for (const name of event === undefined ? [...this.#listeners.keys()] : [event]) {
          this.#listeners.delete(name);
          onAdd(String(name), 0);
        }
        return target;
      },
      listenerCount: (_self: Value, [event]: readonly Value[]) => this.count(event),
      listeners: (_self: Value, [event]: readonly Value[]) =>
        (this.#listeners.get(event) ?? []).map(({ callback }) => callback),
    };
    for (const [name, run] of Object.entries(methods)) define(target, name, realm.native(name, 2, run));
    define(
      target,
      'setMaxListeners',
      realm.native('setMaxListeners', 1, () => target),
    );
    define(
      target,
      'emit',
      realm.stepped('emit', 1, (_self, [event, ...args]) => this.emit(event, args)),
    );
  }

  count(event: Value): number {
    return this.#listeners.get(event)?.length ?? 0;
  }

  *emit(event: Value, args: Value[]): Steps {
    const list = this.#listeners.get(event) ?? [];
    for (const listener of [...list]) {
      if (listener.once) list.splice(list.indexOf(listener), 1);
      yield* this.#realm.call(listener.callback, this.#target, [...args]);
    }
    return list.length > 0;
  }
}
