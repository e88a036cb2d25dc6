/** ArrayBuffer, the typed arrays, DataView, TextEncoder and TextDecoder. */
import { isFunction, isObject, type Obj } from '../callable.ts';
import { PAUSE, type Steps, type Value } from '../machine.ts';
import { textOf } from '../operators.ts';
import { define, type Realm } from '../realm.ts';
import { borrowIterators } from './array.ts';
import { borrow } from './borrowed.ts';
import { tag } from './iterators.ts';

const TYPES = [
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array,
  BigInt64Array, BigUint64Array,
] as const; // prettier-ignore
type AnyTyped = InstanceType<(typeof TYPES)[number]>;

/** What fits into a container's memory at once. */
const MAX_BYTES = 2 ** 29;

export function installBinary(realm: Realm): void {
  realm.constructorOf('ArrayBuffer', 1, (_self, [size], newTarget) => {
    checkSize(realm, Number(size ?? 0));
    return Object.setPrototypeOf(
      new ArrayBuffer(Number(size ?? 0)),
      realm.prototypeFor(newTarget, 'ArrayBuffer'),
    ) as Value;
  });
  const buffers = realm.prototype('ArrayBuffer');
  borrow(realm, buffers, ArrayBuffer.prototype, 'slice');
  realm.getters(buffers, { byteLength: (self) => (self as ArrayBuffer).byteLength });
  const shared = realm.prototype('TypedArray');
  const host = Object.getPrototypeOf(Uint8Array.prototype) as object;
  borrow(realm, shared, host, 'at copyWithin fill includes indexOf join lastIndexOf reverse set');
  borrowIterators(realm, shared, host, 'Array Iterator', 'values keys entries');
  define(shared, Symbol.iterator, shared['values']);
  for (const name of ['length', 'byteLength', 'byteOffset', 'buffer']) {
    const get = Object.getOwnPropertyDescriptor(host, name)?.get;
    if (get !== undefined) realm.getters(shared, { [name]: (self) => realm.adopt(Reflect.apply(get, self, [])) });
  }
  const alike = (self: Value, made: Value): Value =>
    Object.setPrototypeOf(made, Object.getPrototypeOf(self) as object) as Value;
  for (const name of ['slice', 'subarray'] as const)
    define(
      shared,
      name,
      realm.native(name, 2, (self, args) =>
        alike(self, Reflect.apply(Uint8Array.prototype[name], withoutClass(self), args)),
      ),
    );
  for (const name of ['forEach', 'map', 'filter', 'find', 'findIndex', 'some', 'every', 'reduce'])
    define(shared, name, viaArray(realm, name, alike));
  realm.natives(shared, { sort: [1, (self) => (self as Uint8Array).sort.call(self as Uint8Array)] });
  for (const type of TYPES) installType(realm, type, shared);
}

/** The host's methods make their result by the object's class, which is the program's: they get a plain view of the same bytes. */
function withoutClass(self: Value): Value {
  const view = self as AnyTyped;
  const type = TYPES.find(({ name }) => name === Object.prototype.toString.call(view).slice(8, -1)) ?? Uint8Array;
  return new type(view.buffer, view.byteOffset, view.length);
}

/** Methods with callbacks: those of arrays, on a copy. */
function viaArray(realm: Realm, name: string, alike: (self: Value, made: Value) => Value): Value {
  return realm.stepped(name, 1, function* (self, args): Steps {
    if (realm.machine.fuel-- <= 0) yield PAUSE;
    const list = realm.array(Array.from(self as ArrayLike<Value>));
    const result = yield* realm.call(realm.arrayPrototype[name], list, [...args]);
    if (name !== 'map' && name !== 'filter') return result;
    const plain = withoutClass(self) as { readonly constructor: new (values: readonly Value[]) => object };
    return alike(self, new plain.constructor(result as readonly Value[]));
  });
}

function installType(realm: Realm, type: (typeof TYPES)[number], shared: Obj): void {
  const { name } = type;
  const prototype = realm.prototype(name);
  Object.setPrototypeOf(prototype, shared);
  const make = realm.constructorOf(name, 3, (_self, [source, offset, length], newTarget) => {
    if (newTarget === undefined) realm.fail('TypeError', `Constructor ${name} requires 'new'`);
    if (typeof source === 'number') checkSize(realm, source * type.BYTES_PER_ELEMENT);
    const list =
      isObject(source) && isFunction(source[Symbol.iterator]) && !ArrayBuffer.isView(source)
        ? Array.from(source as unknown as ArrayLike<Value>)
        : source;
    const made = new (type as Uint8ArrayConstructor)(list as ArrayBuffer, offset as number, length as number);
    return Object.setPrototypeOf(made, realm.prototypeFor(newTarget, name)) as Value;
  });
  for (const target of [make, prototype])
    Object.defineProperty(target, 'BYTES_PER_ELEMENT', { value: type.BYTES_PER_ELEMENT });
  const own = (values: ArrayLike<Value>): Value =>
    Object.setPrototypeOf(new (type as Uint8ArrayConstructor)(values as ArrayLike<number>), prototype) as Value;
  realm.natives(make, {
    from: [1, (_self, [values]) => own(Array.from(values as ArrayLike<Value>))],
    of: [0, (_self, args) => own(args)],
  });
  tag(prototype, name);
}

function checkSize(realm: Realm, bytes: number): void {
  if (!(bytes <= MAX_BYTES)) realm.fail('RangeError', 'Array buffer allocation failed');
  realm.charge(bytes / 64);
}

export function installTextCoders(realm: Realm): void {
  const create =
    (name: string) =>
    (_self: Value, _args: readonly Value[], newTarget: Value): Value =>
      Object.create(realm.prototypeFor(newTarget, name)) as Value;
  realm.constructorOf('TextEncoder', 0, create('TextEncoder'));
  realm.constructorOf('TextDecoder', 0, create('TextDecoder'));
  realm.natives(realm.prototype('TextEncoder'), {
    encode: [1, (_self, [text]) => new TextEncoder().encode(text === undefined ? '' : textOf(text))],
  });
  realm.natives(realm.prototype('TextDecoder'), {
    decode: [1, (_self, [bytes]) => (bytes === undefined ? '' : new TextDecoder().decode(bytes as Uint8Array))],
  });
}
