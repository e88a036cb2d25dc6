/** `buffer`: Buffer, which is a Uint8Array that knows encodings. */
import { isObject, type Obj } from '../callable.ts';
import { CUSTOM } from '../inspect/inspect.ts';
import type { Value } from '../machine.ts';
import { textOf } from '../operators.ts';
import { define, type Realm } from '../realm.ts';
import type { NodeHost } from '../runtime/host.ts';
import type { BuiltinModule } from './module.ts';
import { bytesOf, bytesOfData, compareBytes, filled, indexIn } from './buffer-bytes.ts';
import { installNumbers } from './buffer-numbers.ts';
import { decodeBytes, encodeText } from './encodings.ts';

export const bufferModule: BuiltinModule = {
  create: ({ realm }) =>
    realm.object({
      Buffer: realm.global['Buffer'],
      kMaxLength: 2 ** 32,
      constants: realm.object({ MAX_LENGTH: 2 ** 32 }),
    }),
};

export function createBuffer(realm: Realm, bytes: Uint8Array): Obj {
  return Object.setPrototypeOf(bytes, realm.prototype('Buffer')) as Obj;
}

/** Bytes that a program may have at once: a good deal less than a tab. */
const MAX_BYTES = 2 ** 29;
/** As many bytes as `inspect` shows. */
const SHOWN_BYTES = 50;

export function installBuffer({ realm }: NodeHost): void {
  const prototype = realm.prototype('Buffer', realm.prototype('Uint8Array'));
  Object.setPrototypeOf(prototype, realm.prototype('Uint8Array'));
  installConstructor(realm, prototype);
  const own = (self: Value): Uint8Array => bytesOf(self) ?? realm.fail('TypeError', 'argument must be a buffer');
  installMethods(realm, prototype, own);
  installNumbers(realm, prototype, own);
  define(
    prototype,
    CUSTOM,
    realm.native('inspect', 0, (self) => {
      const bytes = own(self);
      const shown = Array.from(bytes.subarray(0, SHOWN_BYTES), (byte) => byte.toString(16).padStart(2, '0'));
      const more = bytes.byteLength - SHOWN_BYTES;
      return `<${['Buffer', ...shown, ...(more > 0 ? [`... ${more} more byte${more > 1 ? 's' : ''}`] : [])].join(' ')}>`;
    }),
  );
  realm.natives(realm.global, {
    btoa: [1, (_self, [text]) => btoa(textOf(text))],
    atob: [1, (_self, [text]) => atob(textOf(text))],
  });
}

/** `Buffer.from`: of text, of another view, of an ArrayBuffer, or of what has numbered bytes. */
function bufferFrom(realm: Realm, value: Value, encoding: Value): Obj {
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
}

function allocate(realm: Realm, size: Value): Uint8Array {
  if (!(Number(size) <= MAX_BYTES)) realm.fail('RangeError', 'Array buffer allocation failed');
  realm.charge(Number(size) / 64);
  return new Uint8Array(Number(size));
}

function installConstructor(realm: Realm, prototype: Obj): void {
  const make = realm.constructorOf(
    'Buffer',
    2,
    (_self, [value, encoding]) =>
      typeof value === 'number' ? createBuffer(realm, allocate(realm, value)) : bufferFrom(realm, value, encoding),
    { prototype, parent: realm.global['Uint8Array'] as Obj },
  );
  realm.natives(make, {
    from: [2, (_self, [value, encoding]) => bufferFrom(realm, value, encoding)],
    alloc: [1, (_self, [size, fill]) => createBuffer(realm, filled(allocate(realm, size), fill))],
    allocUnsafe: [1, (_self, [size]) => createBuffer(realm, allocate(realm, size))],
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
        const whole = allocate(
          realm,
          parts.reduce((sum, { byteLength }) => sum + byteLength, 0),
        );
        let offset = 0;
        for (const part of parts) {
          whole.set(part, offset);
          offset += part.byteLength;
        }
        return createBuffer(realm, whole);
      },
    ],
  });
}

function installMethods(realm: Realm, prototype: Obj, own: (self: Value) => Uint8Array): void {
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
}
