/** RegExp: the host's, under the program's prototype. */
import { textOf } from '../operators.ts';
import { isObject, type Obj } from '../callable.ts';
import type { Value } from '../machine.ts';
import { define, type Realm } from '../realm.ts';

const FLAGS = ['dotAll', 'global', 'hasIndices', 'ignoreCase', 'multiline', 'sticky', 'unicode', 'unicodeSets'];

/** The host's own expression behind one of the program. */
const twins = new WeakMap<object, RegExp>();

export function createRegExp(realm: Realm, pattern: string, flags: string, newTarget?: Value): Obj {
  let host: RegExp;
  try {
    host = new RegExp(pattern, flags);
  } catch (error) {
    return realm.fail('SyntaxError', error instanceof Error ? error.message : String(error));
  }
  const made = Object.setPrototypeOf(new RegExp(pattern, flags), realm.prototypeFor(newTarget, 'RegExp')) as Obj;
  twins.set(made, host);
  return made;
}

export function regExpOf(value: Value): RegExp | undefined {
  return isObject(value) ? twins.get(value) : undefined;
}

/** Does something with the host's expression, at the place where the program's stands. */
export function matching<T>(value: Value, work: (host: RegExp) => T): T {
  const host = regExpOf(value);
  if (host === undefined) throw new TypeError('Receiver is not a RegExp');
  const self = value as Obj;
  host.lastIndex = Number(self['lastIndex']);
  const result = work(host);
  if (host.lastIndex !== self['lastIndex']) self['lastIndex'] = host.lastIndex;
  return result;
}

/** A match as an array of the program. */
export function adoptMatch(realm: Realm, match: RegExpExecArray | null): Value {
  if (match?.indices !== undefined) realm.adopt(match.indices);
  return realm.adopt(match);
}

export function installRegExp(realm: Realm): void {
  const make = realm.constructorOf('RegExp', 2, (_self, [pattern, flags], newTarget) => {
    const other = regExpOf(pattern);
    if (other !== undefined && newTarget === undefined && flags === undefined) return pattern;
    const source = other === undefined ? (pattern === undefined ? '(?:)' : textOf(pattern)) : other.source;
    return createRegExp(realm, source, flags === undefined ? (other?.flags ?? '') : textOf(flags), newTarget);
  });
  const prototype = realm.prototype('RegExp');
  realm.natives(prototype, {
    exec: [
      1,
      (self, [text]) =>
        adoptMatch(
          realm,
          matching(self, (host) => host.exec(String(text))),
        ),
    ],
    test: [1, (self, [text]) => matching(self, (host) => host.test(String(text)))],
    toString: [0, (self) => matching(self, String)],
  });
  realm.getters(prototype, {
    source: (self) => matching(self, ({ source }) => source),
    flags: (self) => matching(self, ({ flags }) => flags),
    ...Object.fromEntries(
      FLAGS.map((name) => [name, (self: Value) => matching(self, (host) => host[name as 'global'])]),
    ),
  });
  realm.natives(make, { escape: [1, (_self, [text]) => String(text).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')] });
  define(make, Symbol.species, undefined);
}
