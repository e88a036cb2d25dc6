/** Prototypes of iterators and generators. */
import { isObject, type Obj } from '../callable.ts';
import { requestOfAsyncGenerator, resumeGenerator } from '../coroutines.ts';
import { iteratorResult } from '../iteration.ts';
import type { Value } from '../machine.ts';
import { define, type Realm } from '../realm.ts';

const KINDS = ['Array Iterator', 'String Iterator', 'Map Iterator', 'Set Iterator', 'RegExp String Iterator'];

export function installIterators(realm: Realm): void {
  const base = realm.prototype('Iterator');
  define(
    base,
    Symbol.iterator,
    realm.native('[Symbol.iterator]', 0, (self) => self),
  );
  const asyncBase = realm.prototype('AsyncIterator');
  define(
    asyncBase,
    Symbol.asyncIterator,
    realm.native('[Symbol.asyncIterator]', 0, (self) => self),
  );
  for (const kind of KINDS) {
    const prototype = realm.prototype(kind, base);
    Object.setPrototypeOf(prototype, base);
    tag(prototype, kind);
    realm.natives(prototype, {
      next: [
        0,
        (self) => {
          const iterator = isObject(self) ? realm.hostIterators.get(self) : undefined;
          if (iterator === undefined)
            realm.fail('TypeError', `next method called on incompatible receiver ${String(self)}`);
          const { done, value } = iterator.next() as { readonly done?: boolean; readonly value: Value };
          return iteratorResult(realm, realm.adopt(value), done === true);
        },
      ],
    });
  }
  installGenerators(realm, base, asyncBase);
}

function installGenerators(realm: Realm, base: Obj, asyncBase: Obj): void {
  const generator = realm.prototype('Generator', base);
  Object.setPrototypeOf(generator, base);
  const asyncGenerator = realm.prototype('AsyncGenerator', asyncBase);
  Object.setPrototypeOf(asyncGenerator, asyncBase);
  for (const kind of ['next', 'throw', 'return'] as const) {
    realm.steppedNatives(generator, { [kind]: [1, (self, [value]) => resumeGenerator(realm, self, { kind, value })] });
    realm.steppedNatives(asyncGenerator, {
      [kind]: [1, (self, [value]) => requestOfAsyncGenerator(realm, self, { kind, value })],
    });
  }
  tag(generator, 'Generator');
  tag(asyncGenerator, 'AsyncGenerator');
  for (const [name, prototype] of [
    ['GeneratorFunction', generator],
    ['AsyncGeneratorFunction', asyncGenerator],
    ['AsyncFunction', undefined],
  ] as const) {
    const functions = realm.prototype(name, realm.functionPrototype);
    Object.setPrototypeOf(functions, realm.functionPrototype);
    tag(functions, name);
    if (prototype !== undefined) {
      define(functions, 'prototype', prototype);
      define(prototype, 'constructor', functions);
    }
    realm.constructorOf(name, 1, () => realm.fail('EvalError', 'Strata makes no such functions of texts'), {
      prototype: functions,
      isGlobal: false,
    });
  }
}

/** What `Object.prototype.toString` calls it. */
export function tag(prototype: object, name: string): void {
  Object.defineProperty(prototype, Symbol.toStringTag, { value: name, configurable: true });
}
