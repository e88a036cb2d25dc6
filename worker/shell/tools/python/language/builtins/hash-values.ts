/** Numbers that `hash()` gives: those of ints and floats as Python's, those of others of Strata's own making. */
import { integerOf } from '../objects/classes.ts';
import { Float } from '../objects/containers.ts';
import { hashKey, identityOf } from '../objects/hashing.ts';
import { smallInt } from '../objects/integers.ts';
import type { Value } from '../objects/values.ts';

/** Python's modulus for the hashes of numbers. */
const MODULUS = (1n << 61n) - 1n;

export function numericHash(value: Value): number | bigint {
  const integer = integerOf(value);
  if (integer !== undefined) {
    const big = BigInt(integer);
    const rest = (big < 0n ? -big : big) % MODULUS;
    const signed = big < 0n ? -rest : rest;
    return smallInt(signed === -1n ? -2n : signed);
  }
  if (value instanceof Float && Number.isInteger(value.value)) return numericHash(smallInt(BigInt(value.value)));
  const key = hashKey(value);
  if (key === null) return 0xfca86420;
  if (typeof key === 'object') return identityOf(key) * 16 + 0x7f00000;
  let hash = 0xcbf29ce484222325n;
  for (const sign of String(key)) hash = ((hash ^ BigInt(sign.codePointAt(0)!)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return smallInt(BigInt.asIntN(62, hash));
}
