/** `readInt16LE`, `writeDoubleBE` and their kin. */
import type { Obj } from '../callable.ts';
import type { Value } from '../machine.ts';
import { define, type Realm } from '../realm.ts';

/** The words in Buffer's names, with those of the host's DataView. */
const NUMBERS = [
  ['UInt8', 'Uint8'], ['UInt16', 'Uint16'], ['UInt32', 'Uint32'], ['Int8', 'Int8'], ['Int16', 'Int16'], ['Int32', 'Int32'],
  ['Float', 'Float32'], ['Double', 'Float64'], ['BigInt64', 'BigInt64'], ['BigUInt64', 'BigUint64'],
] as const; // prettier-ignore

/** Defines them on a prototype; `bytesOf` gives the bytes of what they are called on. */
export function installNumbers(realm: Realm, prototype: Obj, bytesOf: (self: Value) => Uint8Array): void {
  const view = (self: Value): DataView => {
    const { buffer, byteOffset, byteLength } = bytesOf(self);
    return new DataView(buffer, byteOffset, byteLength);
  };
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
}
