/** Function. */
import { callableOf, isFunction, isObject, type HostFunction, type Obj } from '../callable.ts';
import type { ImportHooks } from '../compile/compilation.ts';
import { runScript } from '../compile/program.ts';
import type { Steps, Value } from '../machine.ts';
import { define, type Realm } from '../realm.ts';

export function installFunction(realm: Realm): void {
  const { functionPrototype: prototype } = realm;
  realm.constructorOf('Function', 1, (_self, args) => makeOfText(realm, args.map(String)), {
    prototype,
    isStepped: true,
  });
  const call = (name: string, length: number, run: (self: Value, args: readonly Value[]) => Value): void =>
    define(prototype, name, realm.createFunction(name, length, { constructs: false, call: run }));
  call('call', 1, (self, [receiver, ...args]) => realm.invoke(self, receiver, args));
  call('apply', 2, (self, [receiver, list]) => {
    if (list !== undefined && list !== null && !isObject(list))
      realm.fail('TypeError', 'CreateListFromArrayLike called on non-object');
    return realm.invoke(
      self,
      receiver,
      list === undefined || list === null ? [] : Array.from(list as unknown as ArrayLike<Value>),
    );
  });
  call('bind', 1, (self, [receiver, ...bound]) => {
    if (!isFunction(self)) realm.fail('TypeError', 'Bind must be called on a function');
    return bind(realm, self, receiver, bound);
  });
  realm.natives(prototype, {
    toString: [0, (self) => realm.sourceOf(self)],
  });
  realm.steppedNatives(realm.global, {
    eval: [1, (_self, [text]) => (typeof text === 'string' ? evaluate(realm, text) : same(text))],
  });
  Object.defineProperty(prototype, Symbol.hasInstance, {
    value: realm.native(Symbol.hasInstance, 1, (self, [value]) => isObject(value) && hasInstance(self, value)),
  });
}

function hasInstance(self: Value, value: Obj): boolean {
  const prototype = isObject(self) ? self['prototype'] : undefined;
  return isObject(prototype) && Object.prototype.isPrototypeOf.call(prototype, value);
}

function bind(realm: Realm, target: HostFunction, receiver: Value, bound: readonly Value[]): Value {
  const callable = callableOf(target);
  const length = Math.max(0, target.length - bound.length);
  const made = realm.createFunction(`bound ${target.name}`, length, {
    constructs: callable?.constructs === true,
    call: (_self, args, newTarget) =>
      newTarget === undefined
        ? realm.invoke(target, receiver, [...bound, ...args])
        : realm.construct(target, [...bound, ...args], newTarget === made ? target : newTarget),
  });
  if (callable?.constructs === true) Object.defineProperty(made, 'prototype', { value: target.prototype });
  return made;
}

const NO_IMPORTS: ImportHooks = {
  // oxlint-disable-next-line require-yield -- it is a step like those that do wait
  *load(): Steps {
    throw new Error('nothing is imported here');
  },
  meta: () => undefined,
};

/** `new Function('a', 'b', 'return a + b')`: interpreted as all else is. */
function* makeOfText(realm: Realm, words: string[]): Steps {
  const body = words.pop() ?? '';
  const text = `return function anonymous(${words.join(',')}\n) {\n${body}\n}`;
  return yield* runScript(realm, { name: 'anonymous', text }, NO_IMPORTS, new Map(), realm.global);
}

/** `eval` of a text: in the global scope, whoever calls it. */
function* evaluate(realm: Realm, text: string): Steps {
  return yield* runScript(realm, { name: 'eval', text }, NO_IMPORTS, new Map(), realm.global, 'last');
}

// oxlint-disable-next-line require-yield -- it is a step like those that do wait
function* same(value: Value): Steps {
  return value;
}
