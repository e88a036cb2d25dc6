/** `util.inspect`: values as `console.log` shows them. */
import { callableOf, isFunction, isObject, type Obj } from '../callable.ts';
import type { Value } from '../machine.ts';
import type { Realm } from '../realm.ts';
import { errorText } from './error-text.ts';
import { joinEntries } from './layout.ts';
import { DEFAULT_OPTIONS, type InspectOptions } from './options.ts';
import { keyText, numberText, quoted } from './primitives.ts';

export const CUSTOM = Symbol.for('nodejs.util.inspect.custom');

/** Objects told apart by what they are: how they begin, and their entries besides properties. */
interface Shape {
  readonly prefix: string;
  readonly braces: readonly [string, string];
  readonly entries: () => string[];
  readonly keys: readonly PropertyKey[];
  /** What it is without any entries, where that is not the braces. */
  readonly whole?: string;
  readonly list?: readonly unknown[];
}

export function inspect(realm: Realm, value: Value, options: InspectOptions = DEFAULT_OPTIONS): string {
  return new Inspector(realm, options).value(value, 0, false);
}

export class Inspector {
  readonly realm: Realm;
  readonly options: InspectOptions;
  readonly #open: Obj[] = [];
  readonly #circular = new Map<Obj, number>();
  #indentation = 0;
  #deepest = 0;

  constructor(realm: Realm, options: InspectOptions) {
    this.realm = realm;
    this.options = options;
  }

  /** `typed`: it is a value in an object, where long texts go over several lines. */
  value(value: Value, level: number, typed = true): string {
    if (!isObject(value)) return this.#primitive(value, typed);
    const proxied = this.realm.proxies.get(value);
    const target = proxied?.target ?? value;
    const custom = target[CUSTOM];
    if (isFunction(custom)) {
      const depth = this.options.depth - level;
      const made = this.realm.callNow(custom, target, [depth, this.realm.object({ ...this.options, depth })]);
      if (made !== target)
        return isObject(made)
          ? this.value(made, level)
          : String(made).replaceAll('\n', `\n${' '.repeat(this.#indentation)}`);
    }
    if (this.#open.includes(target)) {
      const index = this.#circular.get(target) ?? this.#circular.size + 1;
      this.#circular.set(target, index);
      return `[Circular *${index}]`;
    }
    return this.#object(target, level);
  }

  /** Runs what writes something further in. */
  indented<T>(blanks: number, write: () => T): T {
    this.#indentation += blanks;
    const result = write();
    this.#indentation -= blanks;
    return result;
  }

  get indentation(): number {
    return this.#indentation;
  }

  #primitive(value: Value, typed: boolean): string {
    if (typeof value === 'number') return numberText(value);
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value !== 'string') return typeof value === 'symbol' ? value.toString() : String(value);
    const { maxStringLength } = this.options;
    if (value.length > maxStringLength) {
      const more = value.length - maxStringLength;
      return `${quoted(value.slice(0, maxStringLength))}... ${more} more character${more > 1 ? 's' : ''}`;
    }
    if (
      typed &&
      this.options.compact > 0 &&
      value.length > 16 &&
      value.length > this.options.breakLength - this.#indentation - 4
    )
      return value
        .split(/(?<=\n)/)
        .map(quoted)
        .join(` +\n${' '.repeat(this.#indentation + 2)}`);
    return quoted(value);
  }

  #object(object: Obj, level: number): string {
    const { prefix, braces, entries, keys, whole, list } = this.#shape(object, level);
    if (whole !== undefined && keys.length === 0) return whole;
    if (level > this.options.depth && !isEmpty(object, keys)) {
      const name = constructorName(object);
      return Array.isArray(object) ? '[Array]' : `[${name ?? '[Object: null prototype]'}]`;
    }
    this.#deepest = level;
    this.#open.push(object);
    const parts = entries();
    for (const key of keys) parts.push(this.#property(object, key, level));
    this.#open.pop();
    if (this.options.sorted && list === undefined) parts.sort();
    const circular = this.#circular.get(object);
    const reference = circular === undefined ? '' : `<ref *${circular}>`;
    const head = [reference, prefix].filter((part) => part !== '').join(' ');
    if (parts.length === 0) return `${head === '' ? '' : `${head} `}${braces.join('')}`;
    const layout = { options: this.options, indentation: this.#indentation, levelsBelow: this.#deepest - level };
    const [open, close] = braces;
    return joinEntries(layout, parts, head, [open, close], list);
  }

  #property(object: Obj, key: PropertyKey, level: number): string {
    const descriptor = Object.getOwnPropertyDescriptor(object, key);
    const name = descriptor?.enumerable === false ? `[${String(key)}]` : keyText(key);
    const separator = ': ';
    if (descriptor?.get !== undefined)
      return `${name}${separator}${descriptor.set === undefined ? '[Getter]' : '[Getter/Setter]'}`;
    if (descriptor?.set !== undefined) return `${name}${separator}[Setter]`;
    return `${name}${separator}${this.indented(2, () => this.value(descriptor?.value, level + 1))}`;
  }

  #shape(object: Obj, level: number): Shape {
    const keys = visibleKeys(object, this.options.showHidden);
    const name = constructorName(object);
    const tag = tagOf(object, name);
    const kind = kindOf(object, this.realm);
    const named = (fallback: string, size?: number): string => {
      const base = name ?? `[${fallback}: null prototype]`;
      const sized = size === undefined ? base : `${base}(${size})`;
      return tag === '' ? sized : `${sized} [${tag}]`;
    };
    const none = (): string[] => [];
    const inner = (value: Value): string => this.indented(2, () => this.value(value, level + 1));
    switch (kind) {
      case 'Array': {
        const list = object as unknown as readonly Value[];
        const prefix = name === 'Array' && tag === '' ? '' : named('Array', list.length);
        const others = keys.filter((key) => typeof key === 'symbol' || !/^\d+$/.test(String(key)));
        return { prefix, braces: ['[', ']'], entries: () => this.#elements(list, inner), keys: others, list };
      }
      case 'Set': {
        const set = object as unknown as Set<Value>;
        const values = [...Set.prototype.values.call(set)] as Value[];
        return { prefix: named('Set', values.length), braces: ['{', '}'], entries: () => values.map(inner), keys };
      }
      case 'Map': {
        const pairs = [...(Map.prototype.entries.call(object) as MapIterator<[Value, Value]>)];
        const entries = (): string[] => pairs.map(([key, value]) => `${inner(key)} => ${inner(value)}`);
        return { prefix: named('Map', pairs.length), braces: ['{', '}'], entries, keys };
      }
      case 'Typed': {
        const list = object as unknown as readonly Value[];
        const prefix = named('TypedArray', list.length);
        const others = keys.filter((key) => typeof key === 'symbol' || !/^\d+$/.test(String(key)));
        return { prefix, braces: ['[', ']'], entries: () => this.#elements(list, inner), keys: others, list };
      }
      case 'Function': {
        const whole = functionText(object, name, tag);
        return { prefix: whole, whole, braces: ['{', '}'], entries: none, keys };
      }
      case 'RegExp':
      case 'Date': {
        const host = kind === 'RegExp' ? RegExp.prototype.toString.call(object) : dateText(object);
        const whole = name === kind || name === undefined ? host : `${name} ${host}`;
        return { prefix: whole, whole, braces: ['{', '}'], entries: none, keys };
      }
      case 'Error': {
        const { whole, rest } = errorText(this, object, name, keys);
        return { prefix: whole, whole, braces: ['{', '}'], entries: none, keys: rest };
      }
      case 'Promise': {
        const state = this.realm.promises.stateOf(object);
        const entries = (): string[] => [
          state?.kind === 'pending'
            ? '<pending>'
            : `${state?.kind === 'rejected' ? '<rejected> ' : ''}${inner(state?.value)}`,
        ];
        return { prefix: named('Promise'), braces: ['{', '}'], entries, keys };
      }
      case 'Weak': {
        return { prefix: named('WeakSet'), braces: ['{', '}'], entries: () => ['<items unknown>'], keys };
      }
      case 'Boxed': {
        const type = boxedType(object);
        const text = this.#primitive(type.value, false);
        const whole = `[${type.name}${name !== undefined && name !== type.name ? ` (${name})` : ''}: ${text}]`;
        const others = keys.filter((key) => typeof key === 'symbol' || !/^\d+$/.test(String(key)));
        return { prefix: whole, whole, braces: ['{', '}'], entries: none, keys: others };
      }
      case 'Iterator':
        return { prefix: `Object [${tag}]`, braces: ['{', '}'], entries: none, keys };
      case 'Arguments': {
        const list = Array.from(object as unknown as ArrayLike<Value>);
        return {
          prefix: '[Arguments]',
          braces: ['[', ']'],
          entries: () => this.#elements(list, inner),
          keys: [],
          list,
        };
      }
      case 'Object': {
        const prefix = name === 'Object' && tag === '' ? '' : named('Object');
        return { prefix, braces: ['{', '}'], entries: none, keys };
      }
    }
  }

  #elements(list: readonly Value[], inner: (value: Value) => string): string[] {
    const { maxArrayLength } = this.options;
    const shown: string[] = [];
    let index = 0;
    for (; index < list.length && shown.length < maxArrayLength; index++) {
      if (index in list) {
        shown.push(inner(list[index]));
        continue;
      }
      let end = index;
      while (end < list.length && !(end in list)) end++;
      shown.push(`<${end - index} empty item${end - index > 1 ? 's' : ''}>`);
      index = end - 1;
    }
    const more = list.length - index;
    if (more > 0) shown.push(`... ${more} more item${more > 1 ? 's' : ''}`);
    return shown;
  }
}

type Kind =
  | 'Array' | 'Set' | 'Map' | 'Typed' | 'Function' | 'RegExp' | 'Date' | 'Error' | 'Promise' | 'Weak' | 'Boxed' | 'Iterator' | 'Arguments' | 'Object'; // prettier-ignore

function kindOf(object: Obj, realm: Realm): Kind {
  if (Array.isArray(object)) return 'Array';
  if (isFunction(object)) return 'Function';
  if (realm.errors.has(object)) return 'Error';
  if (realm.promises.isPromise(object)) return 'Promise';
  if (realm.generators.has(object) || realm.hostIterators.has(object)) return 'Iterator';
  if (ArrayBuffer.isView(object) && 'length' in object) return 'Typed';
  for (const [kind, is] of HOST_KINDS) if (is(object)) return kind;
  return object[Symbol.toStringTag] === 'Arguments' ? 'Arguments' : 'Object';
}

/** True where a method of the host takes the object for one of its own. */
const accepts =
  (test: (object: Obj) => unknown) =>
  (object: Obj): boolean => {
    try {
      test(object);
      return true;
    } catch {
      return false;
    }
  };

const HOST_KINDS: readonly (readonly [Kind, (object: Obj) => boolean])[] = [
  ['Map', accepts((object) => Map.prototype.has.call(object as never, 0))],
  ['Set', accepts((object) => Set.prototype.has.call(object as never, 0))],
  ['RegExp', accepts((object) => RegExp.prototype.exec.call(object as never, ''))],
  ['Date', accepts((object) => Date.prototype.getTime.call(object as never))],
  ['Weak', accepts((object) => WeakMap.prototype.has.call(object as never, {}))],
  ['Weak', accepts((object) => WeakSet.prototype.has.call(object as never, {}))],
  ['Boxed', (object) => boxedType(object).name !== ''],
];

function boxedType(object: Obj): { readonly name: string; readonly value: Value } {
  for (const type of [Number, String, Boolean, Symbol, BigInt]) {
    try {
      return { name: type.name, value: (type.prototype.valueOf as () => Value).call(object) };
    } catch {
      // the host's method takes no object of another type
    }
  }
  return { name: '', value: undefined };
}

/** Nothing is left out of what is empty. */
function isEmpty(object: Obj, keys: readonly PropertyKey[]): boolean {
  if (keys.length > 0) return false;
  if (Array.isArray(object)) return object.length === 0;
  return !['[object Map]', '[object Set]'].includes(Object.prototype.toString.call(object)) || object['size'] === 0;
}

function dateText(object: Obj): string {
  const time = Date.prototype.getTime.call(object as never);
  return Number.isNaN(time) ? 'Invalid Date' : new Date(time).toISOString();
}

function visibleKeys(object: Obj, showHidden: boolean): PropertyKey[] {
  if (showHidden) return Reflect.ownKeys(object);
  return Reflect.ownKeys(object).filter((key) => Object.prototype.propertyIsEnumerable.call(object, key));
}

/** The name of the class an object is of; undefined without a prototype. */
export function constructorName(object: Obj): string | undefined {
  for (let at: Value = object; isObject(at); at = Object.getPrototypeOf(at) as Value) {
    const descriptor = Object.getOwnPropertyDescriptor(at, 'constructor');
    if (isFunction(descriptor?.value) && descriptor.value.name !== '') return descriptor.value.name;
  }
  return undefined;
}

function tagOf(object: Obj, name: string | undefined): string {
  const tag = object[Symbol.toStringTag];
  return typeof tag === 'string' && tag !== '' && tag !== name ? tag : '';
}

function functionText(object: Obj, name: string | undefined, tag: string): string {
  const callable = callableOf(object);
  const own = Object.getOwnPropertyDescriptor(object, 'name')?.value as unknown;
  const called = typeof own === 'string' && own !== '' ? own : undefined;
  if (callable?.isClass === true) {
    const above = Object.getPrototypeOf(object) as { readonly name?: unknown } | null;
    const extending = callable.isDerived === true && typeof above?.name === 'string' ? ` extends ${above.name}` : '';
    return `[class ${called ?? '(anonymous)'}${extending}]`;
  }
  const type = `${callable?.isAsync === true ? 'Async' : ''}${callable?.isGenerator === true ? 'Generator' : ''}Function`;
  const base = `[${type}${called === undefined ? ' (anonymous)' : `: ${called}`}]`;
  if (name === undefined) return `[${type} (null prototype)${called === undefined ? ' (anonymous)' : `: ${called}`}]`;
  return tag !== '' && tag !== type ? `${base} [${tag}]` : base;
}
