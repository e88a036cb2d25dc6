/** Operators between two values, and of one (reference, 6.5 to 6.9, and 3.3.8 for classes that define them). */
import { classOf, className, integerOf, realOf, textOf } from '../objects/classes.ts';
import {
  Bytes,
  Complex,
  Dict,
  DictView,
  Float,
  List,
  NOT_IMPLEMENTED,
  SetObject,
  Tuple,
  TypeObjectUnion,
} from '../objects/containers.ts';
import { raised, typeError, valueError } from '../objects/exceptions.ts';
import { floorDivide, modulo, multiply, power, smallInt, type Integer } from '../objects/integers.ts';
import { Instance, TypeObject, type Value } from '../objects/values.ts';
import type { BinaryOperator } from '../syntax/ast.ts';
import { formatPercent } from '../format/percent.ts';
import { formatPercentBytes } from '../format/percent-bytes.ts';
import { combineSets, unionOfTypes } from './set-operators.ts';
import type { Machine } from './machine.ts';
import { call, type Steps } from './steps.ts';

const METHODS: Readonly<Record<BinaryOperator, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'truediv',
  '//': 'floordiv',
  '%': 'mod',
  '**': 'pow',
  '@': 'matmul',
  '<<': 'lshift',
  '>>': 'rshift',
  '&': 'and',
  '|': 'or',
  '^': 'xor',
};
/** Items a sequence may have; more would take the memory of the page. */
const MAX_ITEMS = 50_000_000;
/** Bits that a shift may move by. */
const MAX_SHIFT = 10_000_000;
/** Bits that a power may have. */
const MAX_POWER_BITS = 40_000_000;

/** The result, for values of Python's own classes; undefined where they do not go together. */
export function builtinBinary(operator: BinaryOperator, a: Value, b: Value, machine: Machine): Value | undefined {
  const left = integerOf(a);
  const right = integerOf(b);
  if (left !== undefined && right !== undefined) {
    if (typeof a === 'boolean' && typeof b === 'boolean' && '&|^'.includes(operator))
      return operator === '&' ? a && b : operator === '|' ? a || b : a !== b;
    return integerOperation(operator, left, right, machine);
  }
  if (a instanceof Complex || b instanceof Complex) return complexOperation(operator, a, b);
  const x = a instanceof Float ? a.value : left;
  const y = b instanceof Float ? b.value : right;
  if (x !== undefined && y !== undefined) return floatOperation(operator, toDouble(x), toDouble(y));
  return containerOperation(operator, a, b, machine);
}

/** An int as a double; too large a one is an error. */
function toDouble(value: Integer): number {
  const double = Number(value);
  if (!Number.isFinite(double) && typeof value === 'bigint')
    throw raised('OverflowError', 'int too large to convert to float');
  return double;
}

function integerOperation(operator: BinaryOperator, a: Integer, b: Integer, machine: Machine): Value | undefined {
  const isSmall = typeof a === 'number' && typeof b === 'number';
  if (!isSmall) machine.work(sizeOf(a) + sizeOf(b));
  switch (operator) {
    case '+': {
      const sum = isSmall ? a + b : 0;
      return isSmall && Number.isSafeInteger(sum) ? sum : smallInt(BigInt(a) + BigInt(b));
    }
    case '-': {
      const difference = isSmall ? a - b : 0;
      return isSmall && Number.isSafeInteger(difference) ? difference : smallInt(BigInt(a) - BigInt(b));
    }
    case '*':
      if (!isSmall) machine.work((sizeOf(a) * sizeOf(b)) / 64);
      return multiply(a, b);
    case '/':
      if (b == 0) throw raised('ZeroDivisionError', 'division by zero');
      return new Float(trueDivide(a, b));
    case '//':
      if (b == 0) throw raised('ZeroDivisionError', 'integer division or modulo by zero');
      return floorDivide(a, b);
    case '%':
      if (b == 0) throw raised('ZeroDivisionError', 'integer modulo by zero');
      return modulo(a, b);
    case '**':
      if (b < 0) {
        if (a == 0) throw raised('ZeroDivisionError', '0.0 cannot be raised to a negative power');
        return new Float(Number(a) ** Number(b));
      }
      checkPower(a, b, machine);
      return power(a, b);
    case '<<':
    case '>>': {
      if (b < 0) throw valueError('negative shift count');
      if (operator === '<<' && b > MAX_SHIFT) throw raised('MemoryError');
      if (operator === '>>' && b > MAX_SHIFT) return a < 0 ? -1 : 0;
      return smallInt(operator === '<<' ? BigInt(a) << BigInt(b) : BigInt(a) >> BigInt(b));
    }
    case '&':
    case '|':
    case '^': {
      if (isSmall && (a | 0) === a && (b | 0) === b) return operator === '&' ? a & b : operator === '|' ? a | b : a ^ b;
      const [x, y] = [BigInt(a), BigInt(b)];
      return smallInt(operator === '&' ? x & y : operator === '|' ? x | y : x ^ y);
    }
    default:
      return undefined;
  }
}

/** About the number of 64-bit words. */
function sizeOf(value: Integer): number {
  return typeof value === 'number' ? 1 : value.toString(16).length / 16;
}

/** Refuses powers for their size, and counts the work of the others. */
function checkPower(base: Integer, exponent: Integer, machine: Machine): void {
  const bits = Math.log2(Math.abs(Number(base)) || 1) * Number(exponent);
  if (bits > MAX_POWER_BITS) throw raised('MemoryError');
  machine.work(bits / 1000);
}

function trueDivide(a: Integer, b: Integer): number {
  if (typeof a === 'number' && typeof b === 'number') return a / b;
  const [x, y] = [BigInt(a), BigInt(b)];
  const quotient = Number(x) / Number(y);
  if (Number.isFinite(quotient) && Math.abs(Number(x)) < Infinity && Math.abs(Number(y)) < Infinity) return quotient;
  // both beyond a double: divide exactly, with bits to spare
  const shift = BigInt(Math.max(0, y.toString(2).length - x.toString(2).length + 66));
  const scaled = Number((x << shift) / y) / 2 ** Number(shift);
  if (!Number.isFinite(scaled)) throw raised('OverflowError', 'integer division result too large for a float');
  return scaled;
}

export function floatModulo(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 !== b < 0 ? rest + b : rest;
}

function floatOperation(operator: BinaryOperator, a: number, b: number): Value | undefined {
  switch (operator) {
    case '+':
      return new Float(a + b);
    case '-':
      return new Float(a - b);
    case '*':
      return new Float(a * b);
    case '/':
      if (b === 0) throw raised('ZeroDivisionError', 'float division by zero');
      return new Float(a / b);
    case '//': {
      if (b === 0) throw raised('ZeroDivisionError', 'float floor division by zero');
      return new Float(Math.floor((a - floatModulo(a, b)) / b + 0.5));
    }
    case '%':
      if (b === 0) throw raised('ZeroDivisionError', 'float modulo');
      return new Float(floatModulo(a, b));
    case '**':
      if (a === 0 && b < 0) throw raised('ZeroDivisionError', '0.0 cannot be raised to a negative power');
      if (a < 0 && !Number.isInteger(b) && Number.isFinite(b))
        return complexPower(new Complex(a, 0), new Complex(b, 0));
      return floatPower(a, b);
    default:
      return undefined;
  }
}

function floatPower(a: number, b: number): Float {
  const result = a === 1 || b === 0 ? 1 : a ** b;
  if (!Number.isFinite(result) && Number.isFinite(a) && Number.isFinite(b))
    throw raised('OverflowError', 34, 'Numerical result out of range');
  return new Float(result);
}

function complexPower(a: Complex, b: Complex): Complex {
  const length = Math.hypot(a.real, a.imaginary);
  if (length === 0) return new Complex(0, 0);
  const angle = Math.atan2(a.imaginary, a.real);
  const size = length ** b.real * Math.exp(-b.imaginary * angle);
  const turn = b.imaginary * Math.log(length) + b.real * angle;
  return new Complex(size * Math.cos(turn), size * Math.sin(turn));
}

function complexOperation(operator: BinaryOperator, a: Value, b: Value): Value | undefined {
  const complexOf = (value: Value): Complex | undefined => {
    if (value instanceof Complex) return value;
    const real = realOf(value);
    return real === undefined ? undefined : new Complex(real, 0);
  };
  const [x, y] = [complexOf(a), complexOf(b)];
  if (x === undefined || y === undefined) return undefined;
  switch (operator) {
    case '+':
      return new Complex(x.real + y.real, x.imaginary + y.imaginary);
    case '-':
      return new Complex(x.real - y.real, x.imaginary - y.imaginary);
    case '*':
      return new Complex(x.real * y.real - x.imaginary * y.imaginary, x.real * y.imaginary + x.imaginary * y.real);
    case '/': {
      const size = y.real ** 2 + y.imaginary ** 2;
      if (size === 0) throw raised('ZeroDivisionError', 'complex division by zero');
      return new Complex(
        (x.real * y.real + x.imaginary * y.imaginary) / size,
        (x.imaginary * y.real - x.real * y.imaginary) / size,
      );
    }
    case '**':
      return Number.isInteger(y.real) && y.imaginary === 0 && y.real >= 0 && y.real < 100
        ? Array.from({ length: y.real }).reduce<Complex>(
            (product) => complexOperation('*', product, x) as Complex,
            new Complex(1, 0),
          )
        : complexPower(x, y);
    default:
      return undefined;
  }
}

function containerOperation(operator: BinaryOperator, a: Value, b: Value, machine: Machine): Value | undefined {
  switch (operator) {
    case '+':
      return concatenated(a, b, machine);
    case '*':
      return repeated(a, b, machine) ?? repeated(b, a, machine);
    case '%': {
      const text = textOf(a);
      if (text !== undefined) return formatPercent(text, b, machine);
      return a instanceof Bytes ? formatPercentBytes(a, b, machine) : undefined;
    }
    case '|':
      if (a instanceof Dict && b instanceof Dict) {
        const merged = new Dict(a.cls);
        for (const { key, value } of [...a.entries.values(), ...b.entries.values()]) merged.set(key, value);
        return merged;
      }
      if (a instanceof TypeObject || b instanceof TypeObject || a instanceof TypeObjectUnion) return unionOfTypes(a, b);
      return combineSets(operator, a, b);
    case '&':
    case '-':
    case '^':
      return a instanceof SetObject || a instanceof DictView ? combineSets(operator, a, b) : undefined;
    default:
      return undefined;
  }
}

function concatenated(a: Value, b: Value, machine: Machine): Value | undefined {
  const [left, right] = [textOf(a), textOf(b)];
  if (left !== undefined) {
    if (right !== undefined) {
      if (left.length > 10_000) machine.work(left.length / 10_000);
      return left + right;
    }
    throw typeError(`can only concatenate str (not "${className(b)}") to str`);
  }
  if (a instanceof List) {
    if (!(b instanceof List)) throw typeError(`can only concatenate list (not "${className(b)}") to list`);
    machine.work((a.items.length + b.items.length) / 16);
    return new List([...a.items, ...b.items]);
  }
  if (a instanceof Tuple) {
    if (!(b instanceof Tuple)) throw typeError(`can only concatenate tuple (not "${className(b)}") to tuple`);
    return new Tuple([...a.items, ...b.items]);
  }
  if (a instanceof Bytes) {
    if (!(b instanceof Bytes)) throw typeError(`can't concat ${className(b)} to ${className(a)}`);
    const joined = new Uint8Array(a.data.length + b.data.length);
    joined.set(a.data);
    joined.set(b.data, a.data.length);
    return new Bytes(joined, a.cls);
  }
  return undefined;
}

function repeated(sequence: Value, count: Value, machine: Machine): Value | undefined {
  const text = textOf(sequence);
  const isSequence =
    text !== undefined || sequence instanceof List || sequence instanceof Tuple || sequence instanceof Bytes;
  if (!isSequence) return undefined;
  const whole = integerOf(count);
  if (whole === undefined) {
    if (count instanceof Instance) return undefined;
    throw typeError(`can't multiply sequence by non-int of type '${className(count)}'`);
  }
  const times = Math.max(0, Number(whole));
  const length =
    text?.length ?? (sequence instanceof Bytes ? sequence.data.length : (sequence as List | Tuple).items.length);
  if (length * times > MAX_ITEMS * (text === undefined ? 1 : 8)) throw raised('MemoryError');
  machine.work((length * times) / 64);
  if (text !== undefined) return text.repeat(times);
  if (sequence instanceof Bytes) {
    const data = new Uint8Array(length * times);
    for (let i = 0; i < times; i++) data.set(sequence.data, i * length);
    return new Bytes(data, sequence.cls);
  }
  const { items } = sequence as List | Tuple;
  const all: Value[] = [];
  for (let i = 0; i < times; i++) for (const item of items) all.push(item);
  return sequence instanceof List ? new List(all) : new Tuple(all);
}

/** The result, asking classes that define the operator. `inPlace` is for `+=` and the like. */
export function* binarySteps(
  operator: BinaryOperator,
  a: Value,
  b: Value,
  machine: Machine,
  inPlace = false,
): Steps<Value> {
  const method = METHODS[operator];
  const [left, right] = [classOf(a), classOf(b)];
  if (inPlace && left.isUser) {
    const own = left.find(`__i${method}__`);
    if (own !== undefined) {
      const result = yield* call(own, [a, b]);
      if (result !== NOT_IMPLEMENTED) return result;
    }
  }
  const attempts: (() => Steps<Value>)[] = [];
  const forward = left.isUser ? left.find(`__${method}__`) : undefined;
  const backward = right.isUser && left !== right ? right.find(`__r${method}__`) : undefined;
  if (forward !== undefined) attempts.push(() => call(forward, [a, b]));
  if (backward !== undefined) {
    const ask = (): Steps<Value> => call(backward, [b, a]);
    if (right.isSubclassOf(left) && right !== left) attempts.unshift(ask);
    else attempts.push(ask);
  }
  for (const attempt of attempts) {
    const result = yield* attempt();
    if (result !== NOT_IMPLEMENTED) return result;
  }
  const result = builtinBinary(operator, a, b, machine);
  if (result !== undefined) return result;
  throw unsupported(inPlace ? `${operator}=` : operator, a, b);
}

export function unsupported(operator: string, a: Value, b: Value): Error {
  const shown = operator === '**' ? '** or pow()' : operator === '**=' ? '**=' : operator;
  return typeError(`unsupported operand type(s) for ${shown}: '${className(a)}' and '${className(b)}'`);
}

/** True where a class of the program may have a say in an operator. */
export function isCustom(value: Value): boolean {
  return value !== null && typeof value === 'object' && value.cls.isUser;
}

/** `-x`, `+x`, `~x` of Python's own classes; undefined for others. */
export function builtinUnary(operator: '-' | '+' | '~', value: Value): Value | undefined {
  if (value instanceof Float && operator !== '~') return operator === '-' ? new Float(-value.value) : value;
  if (value instanceof Complex && operator === '-') return new Complex(-value.real, -value.imaginary);
  const integer = integerOf(value);
  if (integer === undefined) return undefined;
  if (operator === '+') return integer;
  if (operator === '~') return smallInt(-BigInt(integer) - 1n);
  return integer === 0 ? 0 : -integer;
}

export const UNARY_METHODS = { '-': '__neg__', '+': '__pos__', '~': '__invert__' } as const;

/** Adds to a list in place, as `+=` does; undefined where `a` is changed in no way of its own. */
export function inPlaceBuiltin(operator: BinaryOperator, a: Value, b: Value): Value | undefined {
  if (a instanceof List && operator === '+' && (b instanceof List || b instanceof Tuple)) {
    for (const item of [...b.items]) a.items.push(item);
    return a;
  }
  if (a instanceof SetObject && b instanceof SetObject && a.cls.name !== 'frozenset') {
    const combined =
      operator === '|' || operator === '&' || operator === '-' || operator === '^'
        ? combineSets(operator, a, b)
        : undefined;
    if (!(combined instanceof SetObject)) return undefined;
    a.entries.clear();
    for (const [key, item] of combined.entries) a.entries.set(key, item);
    return a;
  }
  if (a instanceof Dict && b instanceof Dict && operator === '|') {
    for (const { key, value } of b.entries.values()) a.set(key, value);
    return a;
  }
  return undefined;
}
