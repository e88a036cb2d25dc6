/** `util.format`, which is how `console.log` puts its arguments together. */
import { textOf } from '../operators.ts';
import { isFunction, isObject } from '../callable.ts';
import type { Value } from '../machine.ts';
import type { Realm } from '../realm.ts';
import { inspect } from './inspect.ts';
import { DEFAULT_OPTIONS } from './options.ts';
import { numberText } from './primitives.ts';

export function format(realm: Realm, values: readonly Value[]): string {
  const [first, ...others] = values;
  let index = 0;
  let text = '';
  if (typeof first !== 'string') index = -1;
  else if (others.length === 0) return first;
  else
    text = first.replace(/%[sdifjoOc%]/g, (mark) => {
      if (mark === '%%') return '%';
      if (index >= others.length) return mark;
      return substitute(realm, mark.charAt(1), others[index++]);
    });
  const rest = index === -1 ? values : others.slice(index);
  const shown = rest.map((value) => (typeof value === 'string' ? value : inspect(realm, value)));
  return index === -1 ? shown.join(' ') : [text, ...shown].join(' ');
}

function substitute(realm: Realm, mark: string, value: Value): string {
  switch (mark) {
    case 's':
      return shortText(realm, value);
    case 'd':
      return typeof value === 'bigint'
        ? `${value}n`
        : isObject(value)
          ? numberOf(value)
          : typeof value === 'symbol'
            ? 'NaN'
            : numberText(Number(value));
    case 'i':
      return typeof value === 'bigint'
        ? `${value}n`
        : isObject(value) || typeof value === 'symbol'
          ? 'NaN'
          : numberText(Number.parseInt(String(value), 10));
    case 'f':
      return typeof value === 'symbol' ? 'NaN' : numberText(Number.parseFloat(String(value)));
    case 'j':
      return jsonText(value);
    case 'o':
      return inspect(realm, value, { ...DEFAULT_OPTIONS, showHidden: true, depth: 4 });
    case 'O':
      return inspect(realm, value);
    default:
      return '';
  }
}

function numberOf(value: Value): string {
  return numberText(Number(value));
}

function jsonText(value: Value): string {
  try {
    const text = JSON.stringify(value) as string | undefined;
    return text ?? 'undefined';
  } catch (error) {
    if (error instanceof TypeError && error.message.includes('circular')) return '[Circular]';
    throw error;
  }
}

/** `%s`: texts as they are, objects without a text of their own as `util.inspect` shows them, one level deep. */
function shortText(realm: Realm, value: Value): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number') return numberText(value);
  if (!isObject(value)) return typeof value === 'symbol' ? value.toString() : String(value);
  const { toString } = value;
  const isOwn = isFunction(toString) && toString !== realm.objectPrototype['toString'] && !Array.isArray(value);
  if (isOwn && (realm.errors.has(value) || !realm.isBuiltin(toString))) return textOf(value);
  return inspect(realm, value, { ...DEFAULT_OPTIONS, depth: 0 });
}
