/** String and Symbol. */
import { isFunction, isObject } from '../callable.ts';
import { PAUSE, type Steps, type Value } from '../machine.ts';
import { textOf } from '../operators.ts';
import { define, type Realm } from '../realm.ts';
import { borrow, borrowFunctions } from './borrowed.ts';
import { tag } from './iterators.ts';
import { adoptMatch, matching, regExpOf } from './regexp.ts';

const PLAIN =
  'at charAt charCodeAt codePointAt concat endsWith includes indexOf isWellFormed lastIndexOf localeCompare normalize padEnd padStart repeat slice startsWith substr substring toLocaleLowerCase toLocaleUpperCase toLowerCase toUpperCase toWellFormed trim trimEnd trimStart anchor big bold fixed italics link small strike sub sup';

/** Longer texts are refused, as Node refuses those of half a gigabyte. */
const MAX_LENGTH = 2 ** 28;

export function installString(realm: Realm): void {
  const { stringPrototype: prototype } = realm;
  const make = realm.constructorOf(
    'String',
    1,
    (_self, args, newTarget) => {
      const text = args.length === 0 ? '' : typeof args[0] === 'symbol' ? args[0].toString() : textOf(args[0]);
      return newTarget === undefined ? text : realm.box(text);
    },
    { prototype },
  );
  borrowFunctions(realm, make, String, 'fromCharCode fromCodePoint');
  realm.natives(make, {
    raw: [1, (_self, [strings, ...values]) => String.raw(strings as { raw: string[] }, ...values)],
  });
  borrow(realm, prototype, String.prototype, PLAIN);
  for (const name of ['repeat', 'padEnd', 'padStart'] as const) limitLength(realm, name);
  realm.natives(prototype, {
    toString: [0, (self) => (self as string).valueOf()],
    valueOf: [0, (self) => (self as string).valueOf()],
    split: [
      2,
      (self, [separator, limit]) => textOf(self).split((regExpOf(separator) ?? separator) as string, limit as number),
    ],
    search: [1, (self, [pattern]) => textOf(self).search(toHost(pattern))],
    match: [1, (self, [pattern]) => match(realm, textOf(self), pattern)],
    matchAll: [1, (self, [pattern]) => matchAll(realm, textOf(self), pattern)],
  });
  realm.steppedNatives(prototype, {
    replace: [2, (self, [pattern, replacement]) => replace(realm, self, pattern, replacement, false)],
    replaceAll: [2, (self, [pattern, replacement]) => replace(realm, self, pattern, replacement, true)],
  });
}

function limitLength(realm: Realm, name: 'repeat' | 'padEnd' | 'padStart'): void {
  const host = String.prototype[name] as (...args: Value[]) => string;
  const native = realm.native(name, 1, (self, args) => {
    const size = name === 'repeat' ? textOf(self).length * Number(args[0]) : Number(args[0]);
    if (size > MAX_LENGTH) realm.fail('RangeError', 'Invalid string length');
    if (size > 0) realm.charge(size / 64);
    return Reflect.apply(host, self, args);
  });
  define(realm.stringPrototype, name, native);
}

function toHost(pattern: Value): RegExp {
  return regExpOf(pattern) ?? new RegExp(String(pattern));
}

function match(realm: Realm, text: string, pattern: Value): Value {
  const host = regExpOf(pattern);
  if (host === undefined) return adoptMatch(realm, new RegExp(pattern === undefined ? '' : textOf(pattern)).exec(text));
  if (!host.global)
    return adoptMatch(
      realm,
      matching(pattern, (own) => own.exec(text)),
    );
  host.lastIndex = 0;
  return realm.adopt(text.match(host));
}

function matchAll(realm: Realm, text: string, pattern: Value): Value {
  const host = regExpOf(pattern);
  if (host !== undefined && !host.global)
    realm.fail('TypeError', 'String.prototype.matchAll called with a non-global RegExp argument');
  const expression = host ?? new RegExp(String(pattern), 'g');
  return realm.wrapIterator(text.matchAll(expression), 'RegExp String Iterator');
}

function* replace(realm: Realm, self: Value, pattern: Value, replacement: Value, all: boolean): Steps {
  const text = textOf(self);
  realm.charge(text.length / 64);
  const host = regExpOf(pattern);
  if (all && host !== undefined && !host.global)
    realm.fail('TypeError', 'replaceAll must be called with a global RegExp');
  if (!isFunction(replacement)) {
    const to = textOf(replacement);
    if (host !== undefined) return matching(pattern, (own) => text.replace(own, to));
    return all ? text.replaceAll(textOf(pattern), to) : text.replace(textOf(pattern), to);
  }
  const found: { readonly args: Value[]; readonly start: number; readonly length: number }[] = [];
  const note = (...args: Value[]): string => {
    const hasGroups = isObject(args.at(-1));
    const start = Number(args.at(hasGroups ? -3 : -2));
    found.push({ args, start, length: String(args[0]).length });
    return '';
  };
  if (host !== undefined) matching(pattern, (own) => text.replace(own, note));
  else if (all) text.replaceAll(textOf(pattern), note);
  else text.replace(textOf(pattern), note);
  let result = '';
  let end = 0;
  for (const { args, start, length } of found) {
    if (realm.machine.fuel-- <= 0) yield PAUSE;
    result += text.slice(end, start) + textOf(yield* realm.call(replacement, undefined, args));
    end = start + length;
  }
  return result + text.slice(end);
}

export function installSymbol(realm: Realm): void {
  const make = realm.constructorOf('Symbol', 0, (_self, [description], newTarget) => {
    if (newTarget !== undefined) realm.fail('TypeError', 'Symbol is not a constructor');
    return Symbol(description === undefined ? undefined : textOf(description));
  });
  for (const name of [
    'iterator',
    'asyncIterator',
    'hasInstance',
    'toPrimitive',
    'toStringTag',
    'species',
    'isConcatSpreadable',
    'match',
    'matchAll',
    'replace',
    'search',
    'split',
    'unscopables',
  ] as const)
    Object.defineProperty(make, name, { value: Symbol[name] });
  borrowFunctions(realm, make, Symbol, 'for keyFor');
  const prototype = realm.prototype('Symbol');
  realm.natives(prototype, {
    toString: [0, (self) => Symbol.prototype.toString.call(self)],
    valueOf: [0, (self) => Symbol.prototype.valueOf.call(self)],
  });
  realm.getters(prototype, { description: (self) => (typeof self === 'symbol' ? self.description : undefined) });
  tag(prototype, 'Symbol');
}
