/** Whether two values are alike in all they hold, as `assert.deepStrictEqual` compares. */
import { isObject, type Obj } from '../callable.ts';
import type { Value } from '../machine.ts';
import type { Realm } from '../realm.ts';

export function equalDeeply(realm: Realm, one: Value, other: Value, strict: boolean): boolean {
  return new Comparison(realm, strict).equal(one, other);
}

class Comparison {
  readonly #realm: Realm;
  readonly #strict: boolean;
  readonly #pairs = new Map<Obj, Obj>();

  constructor(realm: Realm, strict: boolean) {
    this.#realm = realm;
    this.#strict = strict;
  }

  equal(one: Value, other: Value): boolean {
    if (Object.is(one, other)) return true;
    // eslint-disable-next-line eqeqeq -- what assert.deepEqual asks for
    if (!isObject(one) || !isObject(other)) return !this.#strict && !isObject(one) && !isObject(other) && one == other;
    if (this.#pairs.get(one) === other) return true;
    this.#pairs.set(one, other);
    const kind = Object.prototype.toString.call(one);
    if (kind !== Object.prototype.toString.call(other)) return false;
    if (this.#strict && Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
    if (typeof one === 'function' || !this.#sameContents(kind, one, other)) return false;
    if (this.#realm.errors.has(one) && (one['message'] !== other['message'] || one['name'] !== other['name']))
      return false;
    const keys = Object.keys(one);
    if (keys.length !== Object.keys(other).length) return false;
    return keys.every((key) => Object.hasOwn(other, key) && this.equal(one[key], other[key]));
  }

  #sameContents(kind: string, one: Obj, other: Obj): boolean {
    switch (kind) {
      case '[object Array]':
        return one['length'] === other['length'];
      case '[object Date]':
        return Object.is(Date.prototype.getTime.call(one as never), Date.prototype.getTime.call(other as never));
      case '[object RegExp]':
        return RegExp.prototype.toString.call(one) === RegExp.prototype.toString.call(other);
      case '[object Map]': {
        const [entries, others] = [one, other].map((map) => [
          ...(Map.prototype.entries.call(map) as MapIterator<[Value, Value]>),
        ]);
        return (
          entries?.length === others?.length &&
          (entries ?? []).every(([key, value]) =>
            (others ?? []).some((pair) => this.equal(key, pair[0]) && this.equal(value, pair[1])),
          )
        );
      }
      case '[object Set]': {
        const [values, others] = [one, other].map((set) => [...(Set.prototype.values.call(set) as SetIterator<Value>)]);
        return (
          values?.length === others?.length &&
          (values ?? []).every((value) => (others ?? []).some((candidate) => this.equal(value, candidate)))
        );
      }
      default:
        return true;
    }
  }
}
