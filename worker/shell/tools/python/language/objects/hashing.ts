/**
 * Keys of dicts and sets: values that Python takes for equal have the same key in a JavaScript map. Objects whose class defines
 * `__eq__` and `__hash__` are asked, and found among those of the same hash.
 */
import {
  Boxed,
  Bytes,
  bytesType,
  Complex,
  Dict,
  Float,
  frozensetType,
  List,
  objectType,
  SetObject,
  Tuple,
  tupleType,
} from './containers.ts';
import { Instance, type PythonObject, type Value } from './values.ts';

/** What stands for a value in a JavaScript map. */
export type HashKey = null | number | bigint | string | PythonObject;

/** Asks an object whose class defines equality for what stands for it. */
export type HashAsker = (value: PythonObject) => HashKey;

let askObject: HashAsker = (value) => value;

/** Says how objects with an equality of their own are asked: through the machine that runs. */
export function setHashAsker(ask: HashAsker): void {
  askObject = ask;
}

/** Marks texts that stand for something else than a str. */
const MARK = '\u0000\ud800';

export function hashKey(value: Value): HashKey {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    default:
      return value === null ? null : keyOfObject(value);
  }
}

function keyOfObject(value: PythonObject): HashKey {
  if (value instanceof Float)
    return Number.isInteger(value.value) && !Number.isSafeInteger(value.value)
      ? BigInt(value.value)
      : value.value === 0
        ? 0
        : Number.isNaN(value.value)
          ? value
          : value.value;
  if (value instanceof Tuple && (value.cls === tupleType || value.cls.find('__eq__') === tupleType.find('__eq__')))
    return tupleKey(value);
  if (value instanceof Bytes && value.cls === bytesType) return `${MARK}b${latin1(value.data)}`;
  if (value instanceof SetObject && value.cls.isSubclassOf(frozensetType))
    return `${MARK}s${[...value.entries.keys()].map(textOfKey).sort().join('\u0000')}`;
  if (value instanceof Boxed && value.cls.find('__eq__') === value.cls.layout.find('__eq__')) return value.value;
  if (value instanceof Complex) return value.imaginary === 0 ? value.real : `${MARK}c${value.real},${value.imaginary}`;
  if (value instanceof List || value instanceof Dict || value instanceof SetObject || value instanceof Bytes)
    return askObject(value);
  const equality = value.cls.find('__eq__');
  if (value instanceof Instance && equality === objectType.attributes.get('__eq__')) return value;
  return value.cls.isUser ? askObject(value) : value;
}

const identities = new WeakMap<PythonObject, number>();
let nextIdentity = 1;

/** A number that tells an object from all others, as `id()` does. */
export function identityOf(value: PythonObject): number {
  const known = identities.get(value);
  if (known !== undefined) return known;
  identities.set(value, nextIdentity);
  return nextIdentity++;
}

function tupleKey(tuple: Tuple): string {
  return `${MARK}t${tuple.items.map((item) => textOfKey(hashKey(item))).join(',')}`;
}

function textOfKey(key: HashKey): string {
  if (key === null) return 'N';
  if (typeof key === 'string') return `s${key.length}:${key}`;
  if (typeof key === 'object') return `o${identityOf(key)}`;
  return `n${key}`;
}

/** Bytes as the characters of the same numbers. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
