/** The keys of one database of Redis, with their values and when they expire. */
import { RedisError } from './reply.ts';

export type Value =
  | { readonly type: 'string'; readonly text: string }
  | { readonly type: 'list'; readonly items: string[] }
  | { readonly type: 'set'; readonly members: Set<string> }
  | { readonly type: 'hash'; readonly fields: Map<string, string> }
  | { readonly type: 'zset'; readonly scores: Map<string, number> };

export type ValueType = Value['type'];
type ValueOf<Type extends ValueType> = Extract<Value, { readonly type: Type }>;

const EMPTY: { readonly [Type in ValueType]: () => ValueOf<Type> } = {
  string: () => ({ type: 'string', text: '' }),
  list: () => ({ type: 'list', items: [] }),
  set: () => ({ type: 'set', members: new Set() }),
  hash: () => ({ type: 'hash', fields: new Map() }),
  zset: () => ({ type: 'zset', scores: new Map() }),
};

export class Keyspace {
  readonly #values = new Map<string, Value>();
  readonly #expiries = new Map<string, number>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  get nowMs(): number {
    return this.#nowMs();
  }

  keys(): string[] {
    return [...this.#values.keys()].filter((key) => this.find(key) !== undefined);
  }

  find(key: string): Value | undefined {
    if ((this.#expiries.get(key) ?? Infinity) <= this.#nowMs()) this.delete(key);
    return this.#values.get(key);
  }

  /** The value, if it has this type. Throws the error Redis answers where it has another. */
  get<Type extends ValueType>(key: string, type: Type): ValueOf<Type> | undefined {
    const value = this.find(key);
    if (value === undefined) return undefined;
    if (!isOf(value, type)) throw new RedisError('WRONGTYPE Operation against a key holding the wrong kind of value');
    return value;
  }

  /** The value to be changed in place; a new empty one where there is none. */
  open<Type extends ValueType>(key: string, type: Type): ValueOf<Type> {
    const there = this.get(key, type);
    if (there !== undefined) return there;
    const value = EMPTY[type]();
    this.#values.set(key, value);
    return value;
  }

  /** Replaces a value, and with it when it expires. */
  set(key: string, value: Value, expiresMs?: number): void {
    this.#values.set(key, value);
    this.expire(key, expiresMs);
  }

  expiresMs(key: string): number | undefined {
    return this.#expiries.get(key);
  }

  expire(key: string, expiresMs: number | undefined): void {
    if (expiresMs === undefined) this.#expiries.delete(key);
    else this.#expiries.set(key, expiresMs);
  }

  delete(key: string): boolean {
    this.#expiries.delete(key);
    return this.#values.delete(key);
  }

  /** Redis keeps no empty collections. */
  deleteIfEmpty(key: string): void {
    const value = this.#values.get(key);
    if (value !== undefined && value.type !== 'string' && sizeOf(value) === 0) this.delete(key);
  }

  clear(): void {
    this.#values.clear();
    this.#expiries.clear();
  }
}

function isOf<Type extends ValueType>(value: Value, type: Type): value is ValueOf<Type> {
  return value.type === type;
}

function sizeOf(value: Exclude<Value, { readonly type: 'string' }>): number {
  switch (value.type) {
    case 'list':
      return value.items.length;
    case 'set':
      return value.members.size;
    case 'hash':
      return value.fields.size;
    case 'zset':
      return value.scores.size;
  }
}
