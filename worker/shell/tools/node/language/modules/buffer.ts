/** `buffer`: Buffer, which is a Uint8Array that knows encodings. */
import { isObject, type Obj } from '../callable.ts';
import { CUSTOM } from '../inspect/inspect.ts';
import type { Value } from '../machine.ts';
import { textOf } from '../operators.ts';
import { define, type Realm } from '../realm.ts';
import type { NodeHost } from '../runtime/host.ts';
import type { BuiltinModule } from './module.ts';
import { decodeBytes, encodeText } from './encodings.ts';

export const bufferModule: BuiltinModule = {
  create: ({ realm }) =>
    realm.object({
      Buffer: realm.global['Buffer'],
      kMaxLength: 2 ** 32,
      constants: realm.object({ MAX_LENGTH: 2 ** 32 }),
    }),
};

/** The bytes of a buffer or of any other view. */
export function bytesOf(value: Value): Uint8Array<ArrayBuffer> | undefined {
  if (!ArrayBuffer.isView(value)) return undefined;
  return new Uint8Array(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength);
}

export function createBuffer(realm: Realm, bytes: Uint8Array): Obj {
  return Object.setPrototypeOf(bytes, realm.prototype('Buffer')) as Obj;
}

/** The bytes that text or a buffer stands for. */
export function bytesOfData(value: Value, encoding: Value = 'utf8'): Uint8Array<ArrayBuffer> {
  return bytesOf(value) ?? encodeText(textOf(value), String(encoding));
}

export function installBuffer({ realm }: NodeHost): void {
  const prototype = realm.prototype('Buffer', realm.prototype('Uint8Array'));
  Object.setPrototypeOf(prototype, realm.prototype('Uint8Array'));
  const from = (value: Value, encoding: Value): Obj => {
    if (typeof value === 'string')
      return createBuffer(realm, encodeText(value, encoding === undefined ? 'utf8' : textOf(encoding)));
    const bytes = bytesOf(value);
    if (bytes !== undefined) return createBuffer(realm, bytes.slice());
    if (value instanceof ArrayBuffer || Object.prototype.toString.call(value) === '[object ArrayBuffer]')
      return createBuffer(realm, new Uint8Array(value as ArrayBuffer));
    if (isObject(value)) return createBuffer(realm, Uint8Array.from((value['data'] ?? value) as ArrayLike<number>));
    return realm.fail(
      'TypeError',
      `The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object. Received ${value === undefined || value === null ? textOf(value) : `type ${typeof value} (${textOf(value)})`}`,
      { code: 'ERR_INVALID_ARG_TYPE' },
    );
  };
  const alloc = (size: Value): Uint8Array => {
    if (!(Number(size) <= 2 ** 29)) realm.fail('RangeError', 'Array buffer allocation failed');
    realm.charge(Number(size) / 64);
    return new Uint8Array(Number(size));
  };
  const make = realm.constructorOf(
    'Buffer',
    2,
    (_self, [value, encoding]) =>
      typeof value === 'number' ? createBuffer(realm, alloc(value)) : from(value, encoding),
    { prototype, parent: realm.global['Uint8Array'] as Obj },
  );
  realm.natives(make, {
    from: [2, (_self, [value, encoding]) => from(value, encoding)],
    alloc: [1, (_self, [size, fill]) => createBuffer(realm, filled(alloc(size), fill))],
    allocUnsafe: [1, (_self, [size]) => createBuffer(realm, alloc(size))],
    isBuffer: [1, (_self, [value]) => isObject(value) && Object.prototype.isPrototypeOf.call(prototype, value)],
    isEncoding: [
      1,
      (_self, [name]) => /^(?:utf-?8|hex|base64(?:url)?|ascii|latin1|binary|utf16le|ucs-?2)$/i.test(String(name)),
    ],
    byteLength: [1, (_self, [value, encoding]) => bytesOfData(value, encoding).byteLength],
    compare: [2, (_self, [one, other]) => compareBytes(bytesOfData(one), bytesOfData(other))],
    concat: [
      2,
      (_self, [list]) => {
        const parts = Array.from(list as ArrayLike<Value>, (one) => bytesOfData(one));
        const whole = alloc(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
        let offset = 0;
        for (const part of parts) {
          whole.set(part, offset);
          offset += part.byteLength;
        }
        return createBuffer(realm, whole);
      },
    ],
  });
  const own = (self: Value): Uint8Array => bytesOf(self) ?? realm.fail('TypeError', 'argument must be a buffer');
  realm.natives(prototype, {
    toString: [
      3,
      (self, [encoding, start, end]) =>
        decodeBytes(
          own(self).subarray(Number(start ?? 0), end === undefined ? undefined : Number(end)),
          encoding === undefined ? 'utf8' : textOf(encoding),
        ),
    ],
    toJSON: [0, (self) => realm.object({ type: 'Buffer', data: realm.array([...own(self)]) })],
    equals: [1, (self, [other]) => compareBytes(own(self), bytesOfData(other)) === 0],
    compare: [1, (self, [other]) => compareBytes(own(self), bytesOfData(other))],
    write: [
      4,
      (self, [text, offset, , encoding]) => {
        const bytes = encodeText(textOf(text), textOf(encoding ?? 'utf8')).subarray(
          0,
          own(self).byteLength - Number(offset ?? 0),
        );
        own(self).set(bytes, Number(offset ?? 0));
        return bytes.byteLength;
      },
    ],
    copy: [
      4,
      (self, [target, at, start, end]) => {
        const part = own(self).subarray(Number(start ?? 0), end === undefined ? undefined : Number(end));
        own(target).set(part.subarray(0, own(target).byteLength - Number(at ?? 0)), Number(at ?? 0));
        return part.byteLength;
      },
    ],
    fill: [1, (self, [value]) => (filled(own(self), value), self)],
    indexOf: [1, (self, [value, start]) => indexIn(own(self), value, Number(start ?? 0))],
    includes: [1, (self, [value]) => indexIn(own(self), value, 0) >= 0],
    slice: [2, (self, [start, end]) => createBuffer(realm, own(self).subarray(start as number, end as number))],
    subarray: [2, (self, [start, end]) => createBuffer(realm, own(self).subarray(start as number, end as number))],
  });
  const view = (self: Value): DataView => new DataView(own(self).buffer, own(self).byteOffset, own(self).byteLength);
  for (const [name, method] of NUMBERS)
    for (const little of [true, false]) {
      const suffix = method.endsWith('8') ? '' : little ? 'LE' : 'BE';
      const get = `get${method}` as 'getInt16';
      const set = `set${method}` as 'setInt16';
      const size = Number(/\d+$/.exec(method)?.[0]) / 8;
      const at = (offset: Value): number => Number(offset ?? 0);
      for (const written of new Set([name, name.replace('UInt', 'Uint')])) {
        define(
          prototype,
          `read${written}${suffix}`,
          realm.native(`read${written}${suffix}`, 1, (self, [offset]) => view(self)[get](at(offset), little)),
        );
        define(
          prototype,
          `write${written}${suffix}`,
          realm.native(`write${written}${suffix}`, 2, (self, [value, offset]) => {
            view(self)[set](at(offset), value as number, little);
            return at(offset) + size;
          }),
        );
      }
    }
  define(
    prototype,
    CUSTOM,
    realm.native('inspect', 0, (self) => {
      const bytes = own(self);
      const shown = Array.from(bytes.subarray(0, 50), (byte) => byte.toString(16).padStart(2, '0'));
      const more = bytes.byteLength - 50;
      return `<${['Buffer', ...shown, ...(more > 0 ? [`... ${more} more byte${more > 1 ? 's' : ''}`] : [])].join(' ')}>`;
    }),
  );
  realm.natives(realm.global, {
    btoa: [1, (_self, [text]) => btoa(textOf(text))],
    atob: [1, (_self, [text]) => atob(textOf(text))],
  });
}

const NUMBERS = [
  ['UInt8', 'Uint8'], ['UInt16', 'Uint16'], ['UInt32', 'Uint32'], ['Int8', 'Int8'], ['Int16', 'Int16'], ['Int32', 'Int32'],
  ['Float', 'Float32'], ['Double', 'Float64'], ['BigInt64', 'BigInt64'], ['BigUInt64', 'BigUint64'],
] as const; // prettier-ignore

function filled(bytes: Uint8Array, fill: Value): Uint8Array {
  if (fill === undefined) return bytes;
  if (typeof fill === 'number') return bytes.fill(fill);
  const pattern = bytesOfData(fill);
  if (pattern.byteLength > 0)
    for (let at = 0; at < bytes.byteLength; at++) bytes[at] = pattern[at % pattern.byteLength] ?? 0;
  return bytes;
}

function indexIn(bytes: Uint8Array, value: Value, start: number): number {
  if (typeof value === 'number') return bytes.indexOf(value, start);
  const sought = bytesOfData(value);
  for (let at = start; at + sought.byteLength <= bytes.byteLength; at++)
    if (sought.every((byte, index) => bytes[at + index] === byte)) return at;
  return -1;
}

function compareBytes(one: Uint8Array, other: Uint8Array): number {
  for (let at = 0; at < Math.min(one.byteLength, other.byteLength); at++) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return Math.sign(one.byteLength - other.byteLength);
}
