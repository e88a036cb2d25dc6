/** Date. Containers live in UTC, whatever the browser's own time zone is. */
import { textOf } from '../operators.ts';
import { isObject } from '../callable.ts';
import type { Value } from '../machine.ts';
import { define, type Realm } from '../realm.ts';
import { borrow } from './borrowed.ts';

const PARTS = ['Date', 'Day', 'FullYear', 'Hours', 'Milliseconds', 'Minutes', 'Month', 'Seconds'];

export function installDate(realm: Realm, nowMs: () => number): void {
  const make = realm.constructorOf('Date', 7, (_self, args, newTarget) => {
    const time = args.length === 0 ? Math.floor(nowMs()) : timeOf(args);
    const date = new Date(time);
    return newTarget === undefined
      ? fullText(date)
      : (Object.setPrototypeOf(date, realm.prototypeFor(newTarget, 'Date')) as Value);
  });
  realm.natives(make, {
    now: [0, () => Math.floor(nowMs())],
    parse: [1, (_self, [text]) => parseTime(String(text))],
    UTC: [7, (_self, args) => Date.UTC(...(args.map(Number) as [number]))],
  });
  const prototype = realm.prototype('Date');
  borrow(realm, prototype, Date.prototype, 'getTime setTime toISOString toJSON toUTCString valueOf');
  for (const part of PARTS)
    for (const verb of part === 'Day' ? ['get'] : ['get', 'set']) {
      borrow(realm, prototype, Date.prototype, `${verb}UTC${part}`);
      define(prototype, `${verb}${part}`, prototype[`${verb}UTC${part}`]);
    }
  const dateOf = (self: Value): Date => self as Date;
  realm.natives(prototype, {
    getTimezoneOffset: [0, () => 0],
    getYear: [0, (self) => Date.prototype.getUTCFullYear.call(dateOf(self)) - 1900],
    toString: [0, (self) => fullText(dateOf(self))],
    toDateString: [0, (self) => dateText(dateOf(self))],
    toTimeString: [0, (self) => timeText(dateOf(self))],
    toLocaleString: [0, (self, args) => localText(self, args, Date.prototype.toLocaleString)],
    toLocaleDateString: [0, (self, args) => localText(self, args, Date.prototype.toLocaleDateString)],
    toLocaleTimeString: [0, (self, args) => localText(self, args, Date.prototype.toLocaleTimeString)],
  });
  Object.defineProperty(prototype, Symbol.toPrimitive, {
    value: realm.native(Symbol.toPrimitive, 1, (self, [hint]) =>
      hint === 'number' ? Date.prototype.getTime.call(dateOf(self)) : fullText(dateOf(self)),
    ),
    configurable: true,
  });
}

function timeOf(args: readonly Value[]): number {
  const [first] = args;
  if (args.length > 1) return Date.UTC(...(args.map(Number) as [number]));
  if (Object.prototype.toString.call(first) === '[object Date]') return Date.prototype.getTime.call(first);
  const primitive = isObject(first) ? textOf(first) : first;
  return typeof primitive === 'string' ? parseTime(primitive) : Number(primitive);
}

/** A text without a zone is in UTC, as all local time is. */
function parseTime(text: string): number {
  const hasZone =
    /(?:Z|GMT|UTC|[+-]\d{2}:?\d{2})(?:\s*\(.*\))?\s*$/i.test(text) || /^[+-]?\d{4,6}(?:-\d{2}(?:-\d{2})?)?$/.test(text);
  return Date.parse(hasZone ? text : /^\d{4}-\d{2}-\d{2}T/.test(text) ? `${text}Z` : `${text} UTC`);
}

function valid(date: Date, write: (text: string) => string): string {
  const time = Date.prototype.getTime.call(date);
  return Number.isNaN(time) ? 'Invalid Date' : write(Date.prototype.toUTCString.call(date));
}

/** `Fri Jan 02 2026`, of `Fri, 02 Jan 2026 03:04:05 GMT`. */
function dateText(date: Date): string {
  return valid(date, (text) => text.replace(/^(\w+), (\d+) (\w+) (-?\d+) .*$/, '$1 $3 $2 $4'));
}

function timeText(date: Date): string {
  return valid(date, (text) => `${text.replace(/^.* (\d+:\d+:\d+) GMT$/, '$1')} GMT+0000 (Coordinated Universal Time)`);
}

function fullText(date: Date): string {
  return valid(date, () => `${dateText(date)} ${timeText(date)}`);
}

function localText(
  self: Value,
  [locale, options]: readonly Value[],
  write: (locale?: string, options?: Intl.DateTimeFormatOptions) => string,
): string {
  const given = isObject(options) ? options : {};
  return Reflect.apply(write, self, [locale ?? 'en-US', { timeZone: 'UTC', ...given }]) as string;
}
