/** `round()`: half to even, exactly. */
import { className, integerOf } from '../objects/classes.ts';
import { Float } from '../objects/containers.ts';
import { raised, typeError, valueError } from '../objects/exceptions.ts';
import { smallInt } from '../objects/integers.ts';
import type { Value } from '../objects/values.ts';
import { fixed } from '../format/numbers.ts';
import type { Machine } from '../machine/machine.ts';
import { indexOf } from '../machine/truth.ts';

export function roundValue(value: Value, digits: Value, machine: Machine): Value {
  const integer = integerOf(value);
  if (integer !== undefined) {
    const places = digits === null ? 0 : Number(indexOf(digits, machine));
    return places >= 0 ? integer : roundInteger(BigInt(integer), -places);
  }
  if (!(value instanceof Float)) throw typeError(`type ${className(value)} doesn't define __round__ method`);
  if (digits !== null) return new Float(roundDigits(value.value, Number(indexOf(digits, machine))));
  if (Number.isNaN(value.value)) throw valueError('cannot convert float NaN to integer');
  if (!Number.isFinite(value.value)) throw raised('OverflowError', 'cannot convert float infinity to integer');
  return smallInt(BigInt(halfToEven(value.value)));
}

function halfToEven(value: number): number {
  const down = Math.floor(value);
  const rest = value - down;
  if (rest < 0.5) return down;
  if (rest > 0.5) return down + 1;
  return down % 2 === 0 ? down : down + 1;
}

function roundDigits(value: number, digits: number): number {
  if (!Number.isFinite(value) || digits > 22) return value;
  if (digits < 0) {
    const scale = 10 ** -digits;
    return halfToEven(value / scale) * scale;
  }
  // a tie is only one where the binary value is exactly half: then its digits end there
  const text = Math.abs(value).toFixed(Math.min(100, digits + 30));
  const cut = text.length - 30;
  if (/^50*$/.test(text.slice(cut))) {
    const kept = text.slice(0, cut).replace(/\.$/, '');
    const isOdd = /[13579]$/.test(kept);
    const size = Number(isOdd ? fixed(Math.abs(value), digits) : kept);
    const up = isOdd && size < Math.abs(value) ? Number(kept) + 10 ** -digits : size;
    return value < 0 ? -Number(up.toFixed(digits)) : Number(up.toFixed(digits));
  }
  return Number(fixed(value, digits));
}

function roundInteger(value: bigint, places: number): Value {
  const scale = 10n ** BigInt(places);
  const rest = ((value % scale) + scale) % scale;
  const down = value - rest;
  const isUp = rest * 2n > scale || (rest * 2n === scale && (down / scale) % 2n !== 0n);
  return smallInt(isUp ? down + scale : down);
}
