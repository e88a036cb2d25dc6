/** The built-in functions that work on values (library, "Built-in Functions"). */
import { nameText } from '../objects/classes.ts';
import { classOf, className, integerOf, isInstance, textOf } from '../objects/classes.ts';
import { Complex, Float, List, Tuple, TypeObjectUnion } from '../objects/containers.ts';
import { raised, typeError, valueError } from '../objects/exceptions.ts';
import { hashKey, identityOf } from '../objects/hashing.ts';
import { modularPower } from '../objects/integers.ts';
import { TypeObject, type Value } from '../objects/values.ts';
import { asciiRepr } from '../format/ascii.ts';
import { formatValue } from '../format/format-value.ts';
import { deleteAttribute, getAttribute, lookUp, setAttribute } from '../machine/attributes.ts';
import { equals, ordered } from '../machine/comparison.ts';
import { forEach, iteratorOf, toArray } from '../machine/iteration.ts';
import { StepIterator } from '../machine/iterators.ts';
import type { Machine } from '../machine/machine.ts';
import { plain, stepped } from '../machine/native.ts';
import { binarySteps, builtinUnary } from '../machine/operators.ts';
import { repr } from '../machine/representation.ts';
import { call, next, type Steps } from '../machine/steps.ts';
import { indexOf, lengthOf, truth } from '../machine/truth.ts';
import { roundValue } from './rounding.ts';
import { sortValues } from './sorting.ts';
import { numericHash } from './hash-values.ts';

export const valueFunctions = [
  plain('len(obj, /)', ([value], machine) => {
    const length = lengthOf(value!, machine);
    if (length === undefined) throw typeError(`object of type '${className(value!)}' has no len()`);
    return length;
  }),
  plain('repr(obj, /)', ([value], machine) => repr(value!, machine)),
  plain('ascii(obj, /)', ([value], machine) => asciiRepr(value!, machine)),
  plain('id(obj, /)', ([value]) =>
    typeof value === 'object' && value !== null
      ? 0x7f0000000000 + identityOf(value) * 48
      : 0x7e0000000000 + (Number(numericHash(value!)) % 65536),
  ),
  plain('hash(obj, /)', ([value], machine) => hashOf(value!, machine)),
  plain('callable(obj, /)', ([value]) => isCallable(value!)),
  plain('isinstance(obj, class_or_tuple, /)', ([value, types]) => isInstanceOf(value!, types!)),
  plain('issubclass(cls, class_or_tuple, /)', ([type, types]) => {
    if (!(type instanceof TypeObject)) throw typeError('issubclass() arg 1 must be a class');
    return membersOf(types!).some((one) => one instanceof TypeObject && type.isSubclassOf(one));
  }),
  plain('ord(c, /)', ([value]) => {
    const text = textOf(value) ?? '';
    const characters = [...text];
    if (characters.length !== 1)
      throw typeError(
        textOf(value) === undefined
          ? `ord() expected string of length 1, but ${className(value!)} found`
          : `ord() expected a character, but string of length ${characters.length} found`,
      );
    return text.codePointAt(0)!;
  }),
  plain('chr(i, /)', ([value], machine) => {
    const code = Number(indexOf(value!, machine));
    if (code < 0 || code > 0x10ffff) throw valueError('chr() arg not in range(0x110000)');
    return String.fromCodePoint(code);
  }),
  plain('bin(number, /)', ([value], machine) => based(value!, 2, '0b', machine)),
  plain('oct(number, /)', ([value], machine) => based(value!, 8, '0o', machine)),
  plain('hex(number, /)', ([value], machine) => based(value!, 16, '0x', machine)),
  stepped('abs(x, /)', function* ([value]) {
    const method = classOf(value!).find('__abs__');
    if (classOf(value!).isUser && method !== undefined) return yield* call(method, [value!]);
    if (value instanceof Float) return new Float(Math.abs(value.value));
    if (value instanceof Complex) return new Float(Math.hypot(value.real, value.imaginary));
    const integer = integerOf(value!);
    if (integer === undefined) throw typeError(`bad operand type for abs(): '${className(value!)}'`);
    return integer < 0 ? (builtinUnary('-', integer) ?? 0) : integer;
  }),
  stepped('round(number, ndigits=)', function* ([value, digits = null], machine) {
    const method = classOf(value!).find('__round__');
    if (classOf(value!).isUser && method !== undefined)
      return yield* call(method, digits === null ? [value!] : [value!, digits]);
    return roundValue(value!, digits, machine);
  }),
  stepped('divmod(x, y, /)', function* ([a, b], machine) {
    return new Tuple([yield* binarySteps('//', a!, b!, machine), yield* binarySteps('%', a!, b!, machine)]);
  }),
  stepped('pow(base, exp, mod=)', function* ([base, exponent, modulus = null], machine) {
    if (modulus === null) return yield* binarySteps('**', base!, exponent!, machine);
    const [a, b, m] = [integerOf(base!), integerOf(exponent!), integerOf(modulus)];
    if (a === undefined || b === undefined || m === undefined)
      throw typeError('pow() 3rd argument not allowed unless all arguments are integers');
    if (m == 0) throw valueError('pow() 3rd argument cannot be 0');
    if (b < 0) return modularPower(inverse(BigInt(a), BigInt(m)), -BigInt(b), m);
    return modularPower(a, b, m);
  }),
  stepped('sum(iterable, /, start=)', function* ([iterable, start = 0], machine) {
    if (textOf(start) !== undefined) throw typeError("sum() can't sum strings [use ''.join(seq) instead]");
    let total: Value = start;
    for (const item of yield* toArray(iterable!, machine)) {
      const sum: number = typeof total === 'number' && typeof item === 'number' ? total + item : NaN;
      total = Number.isSafeInteger(sum) ? sum : yield* binarySteps('+', total, item, machine);
    }
    return total;
  }),
  stepped('min(*, key=, default=, *args)', (args, machine) => extreme('min', args, machine)),
  stepped('max(*, key=, default=, *args)', (args, machine) => extreme('max', args, machine)),
  stepped('sorted(iterable, /, *, key=, reverse=)', function* ([iterable, key = null, reverse = false], machine) {
    const items = yield* toArray(iterable!, machine);
    return new List(yield* sortValues(items, key, truth(reverse, machine), machine));
  }),
  stepped('any(iterable, /)', function* ([iterable], machine) {
    let found = false;
    yield* forEach(iterable!, (item) => !(found ||= truth(item, machine)));
    return found;
  }),
  stepped('all(iterable, /)', function* ([iterable], machine) {
    let all = true;
    yield* forEach(iterable!, (item) => (all &&= truth(item, machine)));
    return all;
  }),
  stepped('iter(object, sentinel=, /)', function* ([value, sentinel], machine) {
    if (sentinel === undefined) return yield* iteratorOf(value!);
    return new StepIterator(function* () {
      const item = yield* call(value!);
      return equals(item, sentinel, machine) ? undefined : item;
    });
  }),
  stepped('next(iterator, default=, /)', function* ([iterator, fallback]) {
    if (classOf(iterator!).find('__next__') === undefined)
      throw typeError(`'${className(iterator!)}' object is not an iterator`);
    const item = yield* next(iterator!);
    if (item !== undefined) return item;
    if (fallback === undefined) throw raised('StopIteration');
    return fallback;
  }),
  stepped('getattr(object, name, default=, /)', function* ([object, name, fallback]) {
    if (fallback === undefined) return yield* getAttribute(object!, nameOf(name!, 'getattr'));
    const found = yield* lookUp(object!, nameOf(name!, 'getattr'));
    return found === undefined ? fallback : found;
  }),
  stepped('hasattr(obj, name, /)', function* ([object, name]) {
    return (yield* lookUp(object!, nameOf(name!, 'hasattr'))) !== undefined;
  }),
  stepped('setattr(obj, name, value, /)', function* ([object, name, value], machine) {
    return yield* setAttribute(object!, nameOf(name!, 'setattr'), value!, machine);
  }),
  stepped('delattr(obj, name, /)', function* ([object, name]) {
    return yield* deleteAttribute(object!, nameOf(name!, 'delattr'));
  }),
  plain('format(value, format_spec=, /)', ([value, spec = ''], machine) =>
    formatValue(value!, textOf(spec) ?? '', machine),
  ),
];

function nameOf(name: Value, of: string): string {
  const text = textOf(name);
  if (text === undefined) throw typeError(`${of}(): attribute name must be string`);
  return text;
}

function based(value: Value, base: number, prefix: string, machine: Machine): string {
  const integer = indexOf(value, machine);
  return integer < 0 ? `-${prefix}${(-integer).toString(base)}` : `${prefix}${integer.toString(base)}`;
}

/** The number whose product with `a` is 1 modulo `m`. */
function inverse(a: bigint, m: bigint): bigint {
  let [before, rest] = [m, ((a % m) + m) % m];
  let [x, y] = [0n, 1n];
  while (rest !== 0n) {
    const quotient = before / rest;
    [before, rest] = [rest, before - quotient * rest];
    [x, y] = [y, x - quotient * y];
  }
  if (before !== 1n) throw valueError('base is not invertible for the given modulus');
  return ((x % m) + m) % m;
}

function* extreme(name: 'min' | 'max', args: readonly (Value | undefined)[], machine: Machine): Steps<Value> {
  const [key = null, fallback, given] = args;
  const values = given instanceof Tuple ? given.items : [];
  if (values.length === 0) throw typeError(`${name} expected at least 1 argument, got 0`);
  const items = values.length === 1 ? yield* toArray(values[0]!, machine) : [...values];
  let best: Value | undefined;
  let bestKey: Value = null;
  for (const item of items) {
    const own = key === null ? item : yield* call(key, [item]);
    if (best === undefined || ordered(name === 'min' ? '<' : '>', own, bestKey, machine)) {
      best = item;
      bestKey = own;
    }
  }
  if (best !== undefined) return best;
  if (fallback === undefined) throw valueError(`${name}() arg is an empty sequence`);
  return fallback;
}

function membersOf(types: Value): readonly Value[] {
  if (types instanceof Tuple) return types.items.flatMap(membersOf);
  return types instanceof TypeObjectUnion ? types.members : [types];
}

function isInstanceOf(value: Value, types: Value): boolean {
  return membersOf(types).some((type) => {
    if (type === null) return value === null;
    if (!(type instanceof TypeObject))
      throw typeError('isinstance() arg 2 must be a type, a tuple of types, or a union');
    return isInstance(value, type) || protocolHolds(value, type);
  });
}

/** Classes that only ask for methods (`collections.abc.Iterable`) say so with `__protocol__`. */
function protocolHolds(value: Value, type: TypeObject): boolean {
  const needed = type.attributes.get('__protocol__');
  if (!(needed instanceof Tuple)) return false;
  return needed.items.every((name) => (classOf(value).find(nameText(name)) ?? null) !== null);
}

function isCallable(value: Value): boolean {
  return value instanceof TypeObject || classOf(value).find('__call__') !== undefined;
}

function hashOf(value: Value, machine: Machine): Value {
  const method =
    value !== null && typeof value === 'object' && value.cls.isUser ? value.cls.find('__hash__') : undefined;
  if (method === null) throw typeError(`unhashable type: '${className(value)}'`);
  if (method !== undefined && classOf(method).name === 'function') return machine.callNow(method, [value]);
  hashKey(value);
  return numericHash(value);
}
