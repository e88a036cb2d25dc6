/** The built-in classes, and the objects that hold what their values are made of. */
import { hashKey, type HashKey } from './hashing.ts';
import { TypeObject, type PythonObject, type Value } from './values.ts';

export const objectType = new TypeObject('object', []);
export const typeType = new TypeObject('type', [objectType]);
objectType.cls = typeType;
typeType.cls = typeType;

/** A built-in class. */
export function builtinType(name: string, bases: readonly TypeObject[] = [objectType]): TypeObject {
  return new TypeObject(name, bases, typeType);
}

export const noneType = builtinType('NoneType');
export const intType = builtinType('int');
export const boolType = builtinType('bool', [intType]);
export const floatType = builtinType('float');
export const complexType = builtinType('complex');
export const strType = builtinType('str');
export const bytesType = builtinType('bytes');
export const bytearrayType = builtinType('bytearray');
export const listType = builtinType('list');
export const tupleType = builtinType('tuple');
export const dictType = builtinType('dict');
export const setType = builtinType('set');
export const frozensetType = builtinType('frozenset');
export const rangeType = builtinType('range');
export const sliceType = builtinType('slice');
export const functionType = builtinType('function');
export const nativeFunctionType = builtinType('builtin_function_or_method');
export const methodDescriptorType = builtinType('method_descriptor');
export const methodType = builtinType('method');
export const moduleType = builtinType('module');
export const propertyType = builtinType('property');
export const staticMethodType = builtinType('staticmethod');
export const classMethodType = builtinType('classmethod');
export const superType = builtinType('super');
export const cellType = builtinType('cell');
export const codeType = builtinType('code');
export const tracebackType = builtinType('traceback');
export const ellipsisType = builtinType('ellipsis');
export const notImplementedType = builtinType('NotImplementedType');
export const generatorType = builtinType('generator');
export const coroutineType = builtinType('coroutine');
export const dictKeysType = builtinType('dict_keys');
export const dictValuesType = builtinType('dict_values');
export const dictItemsType = builtinType('dict_items');
export const mappingProxyType = builtinType('mappingproxy', [dictType]);

/** The only one of its class. */
class Singleton implements PythonObject {
  readonly cls: TypeObject;

  constructor(cls: TypeObject) {
    this.cls = cls;
  }
}

export const ELLIPSIS: PythonObject = new Singleton(ellipsisType);
export const NOT_IMPLEMENTED: PythonObject = new Singleton(notImplementedType);

type Attributes = Map<string, Value>;

/** A float; ints are JavaScript numbers themselves. */
export class Float implements PythonObject {
  readonly cls: TypeObject;
  readonly value: number;
  attributes: Attributes | undefined;

  constructor(value: number, cls: TypeObject = floatType) {
    this.value = value;
    this.cls = cls;
  }
}

export class Complex implements PythonObject {
  readonly cls = complexType;
  readonly real: number;
  readonly imaginary: number;

  constructor(real: number, imaginary: number) {
    this.real = real;
    this.imaginary = imaginary;
  }
}

/** An int or str of a class derived from them. */
export class Boxed implements PythonObject {
  readonly cls: TypeObject;
  readonly value: number | bigint | string;
  readonly attributes: Attributes = new Map();

  constructor(cls: TypeObject, value: number | bigint | string) {
    this.cls = cls;
    this.value = value;
  }
}

/** bytes, or bytearray where its class is that. */
export class Bytes implements PythonObject {
  readonly cls: TypeObject;
  data: Uint8Array;

  constructor(data: Uint8Array, cls: TypeObject = bytesType) {
    this.data = data;
    this.cls = cls;
  }
}

export class List implements PythonObject {
  readonly cls: TypeObject;
  items: Value[];
  attributes: Attributes | undefined;

  constructor(items: Value[], cls: TypeObject = listType) {
    this.items = items;
    this.cls = cls;
  }
}

export class Tuple implements PythonObject {
  readonly cls: TypeObject;
  readonly items: readonly Value[];
  attributes: Attributes | undefined;

  constructor(items: readonly Value[], cls: TypeObject = tupleType) {
    this.items = items;
    this.cls = cls;
  }
}

export const EMPTY_TUPLE = new Tuple([]);

interface Entry {
  readonly key: Value;
  value: Value;
}

/** A dict. Keys are told apart by {@link hashKey}. */
export class Dict implements PythonObject {
  readonly cls: TypeObject;
  readonly entries = new Map<HashKey, Entry>();
  attributes: Attributes | undefined;

  constructor(cls: TypeObject = dictType) {
    this.cls = cls;
  }

  get(key: Value): Value | undefined {
    return this.entries.get(hashKey(key))?.value;
  }

  set(key: Value, value: Value): void {
    const hashed = hashKey(key);
    const entry = this.entries.get(hashed);
    if (entry === undefined) this.entries.set(hashed, { key, value });
    else entry.value = value;
  }

  has(key: Value): boolean {
    return this.entries.has(hashKey(key));
  }

  delete(key: Value): Value | undefined {
    const hashed = hashKey(key);
    const entry = this.entries.get(hashed);
    this.entries.delete(hashed);
    return entry?.value;
  }

  get size(): number {
    return this.entries.size;
  }
}

/** The dict of pairs of names. */
export function dictOfNames(pairs: Iterable<readonly [string, Value]>): Dict {
  const dict = new Dict();
  for (const [name, value] of pairs) dict.set(name, value);
  return dict;
}

/** A set or frozenset. */
export class SetObject implements PythonObject {
  readonly cls: TypeObject;
  readonly entries = new Map<HashKey, Value>();

  constructor(items: Iterable<Value> = [], cls: TypeObject = setType) {
    this.cls = cls;
    for (const item of items) this.add(item);
  }

  add(item: Value): void {
    const hashed = hashKey(item);
    if (!this.entries.has(hashed)) this.entries.set(hashed, item);
  }

  has(item: Value): boolean {
    return this.entries.has(hashKey(item));
  }
}

/** `keys()`, `values()` or `items()` of a dict. */
export class DictView implements PythonObject {
  readonly cls: TypeObject;
  readonly dict: Dict;

  constructor(cls: TypeObject, dict: Dict) {
    this.cls = cls;
    this.dict = dict;
  }

  *[Symbol.iterator](): Generator<Value> {
    for (const { key, value } of this.dict.entries.values())
      yield this.cls === dictKeysType ? key : this.cls === dictValuesType ? value : new Tuple([key, value]);
  }
}

export class Range implements PythonObject {
  readonly cls = rangeType;
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly length: number;

  constructor(start: number, stop: number, step: number) {
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.length = Math.max(0, Math.ceil((stop - start) / step));
  }
}

export class Slice implements PythonObject {
  readonly cls = sliceType;
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;

  constructor(start: Value, stop: Value, step: Value) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

export class Property implements PythonObject {
  readonly cls: TypeObject;
  readonly getter: Value;
  readonly setter: Value;
  readonly deleter: Value;

  constructor(getter: Value, setter: Value, deleter: Value, cls: TypeObject = propertyType) {
    this.getter = getter;
    this.setter = setter;
    this.deleter = deleter;
    this.cls = cls;
  }
}

/** staticmethod or classmethod. */
export class WrappedMethod implements PythonObject {
  readonly cls: TypeObject;
  readonly callable: Value;

  constructor(cls: TypeObject, callable: Value) {
    this.cls = cls;
    this.callable = callable;
  }
}

export class Super implements PythonObject {
  readonly cls = superType;
  /** The class behind which the search begins. */
  readonly after: TypeObject;
  readonly self: Value;

  constructor(after: TypeObject, self: Value) {
    this.after = after;
    this.self = self;
  }
}

const unionType = builtinType('UnionType');

/** `int | None`. */
export class TypeObjectUnion implements PythonObject {
  readonly cls = unionType;
  readonly members: readonly Value[];

  constructor(members: readonly Value[]) {
    this.members = members;
  }
}
