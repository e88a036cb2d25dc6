/** `math`: functions of C's mathematics, with Python's errors. */
import { className, integerOf, realOf, classOf } from '../objects/classes.ts';
import { Float, Tuple } from '../objects/containers.ts';
import { raised, typeError, valueError } from '../objects/exceptions.ts';
import { modulo, smallInt, type Integer } from '../objects/integers.ts';
import type { Value } from '../objects/values.ts';
import { toArray } from '../machine/iteration.ts';
import { plain, stepped } from '../machine/native.ts';
import { binarySteps } from '../machine/operators.ts';
import { call } from '../machine/steps.ts';
import { indexOf } from '../machine/truth.ts';
import type { BundledModule } from './index.ts';

function real(value: Value | undefined): number {
  const number = realOf(value ?? null);
  if (number === undefined) throw typeError(`must be real number, not ${className(value ?? null)}`);
  return number;
}

/** A function of doubles; what is no number of finite ones is an error. */
function ofDoubles(name: string, count: number, run: (...numbers: number[]) => number): ReturnType<typeof plain> {
  const names = ['x', 'y', 'z'].slice(0, count).join(', ');
  return plain(`${name}(${names}, /)`, (args) => {
    const numbers = args.map(real);
    const result = run(...numbers);
    if (Number.isNaN(result) && !numbers.some(Number.isNaN)) throw valueError('math domain error');
    if (!Number.isFinite(result) && numbers.every(Number.isFinite)) {
      if (name.startsWith('log') || name === 'atanh') throw valueError('math domain error');
      throw raised('OverflowError', 'math range error');
    }
    return new Float(result);
  });
}

function wholeOf(value: Value | undefined, round: (number: number) => number, method: string) {
  return function* () {
    const integer = integerOf(value ?? null);
    if (integer !== undefined) return integer;
    const own = classOf(value ?? null).find(method);
    if (own !== undefined && classOf(value ?? null).isUser) return yield* call(own, [value ?? null]);
    const number = real(value);
    if (Number.isNaN(number)) throw valueError('cannot convert float NaN to integer');
    if (!Number.isFinite(number)) throw raised('OverflowError', 'cannot convert float infinity to integer');
    return smallInt(BigInt(round(number)));
  };
}

function gcd(a: Integer, b: Integer): Integer {
  let [x, y]: [Integer, Integer] = [a < 0 ? -a : a, b < 0 ? -b : b];
  while (y != 0) [x, y] = [y, modulo(x, y)];
  return typeof x === 'bigint' ? smallInt(x) : x;
}

function integers(args: Value | undefined, machine: Parameters<typeof indexOf>[1]): Integer[] {
  return args instanceof Tuple ? args.items.map((item) => indexOf(item, machine)) : [];
}

function squareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let guess = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const better = (guess + value / guess) >> 1n;
    if (better >= guess) return guess;
    guess = better;
  }
}

function product(from: bigint, to: bigint): bigint {
  if (from > to) return 1n;
  if (to - from < 8n) {
    let all = 1n;
    for (let i = from; i <= to; i++) all *= i;
    return all;
  }
  const middle = (from + to) >> 1n;
  return product(from, middle) * product(middle + 1n, to);
}

function factorial(value: Integer): Integer {
  if (value < 0) throw valueError('factorial() not defined for negative values');
  if (value > 100_000) throw raised('MemoryError');
  return smallInt(product(1n, BigInt(value)));
}

function combinations(n: Integer, k: Integer): Integer {
  if (n < 0 || k < 0) throw valueError(`${n < 0 ? 'n' : 'k'} must be a non-negative integer`);
  if (k > n) return 0;
  const [total, chosen] = [BigInt(n), BigInt(k)];
  return smallInt(product(total - chosen + 1n, total) / product(1n, chosen));
}

/** The logarithm of an int of any size. */
function logarithm(value: Value | undefined, of: (number: number) => number): number {
  const integer = integerOf(value ?? null);
  const number = integer === undefined ? real(value) : Number(integer);
  if (number <= 0) throw valueError('math domain error');
  if (Number.isFinite(number) || integer === undefined) return of(number);
  const shift = integer.toString(2).length - 60;
  return of(Number(BigInt(integer) >> BigInt(shift))) + shift * of(2);
}

/** Sums without losing what rounding takes (Shewchuk's partial sums). */
function exactSum(numbers: readonly number[]): number {
  const partials: number[] = [];
  for (let x of numbers) {
    let kept = 0;
    for (let y of partials) {
      if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
      const high = x + y;
      const low = y - (high - x);
      if (low !== 0) partials[kept++] = low;
      x = high;
    }
    partials.length = kept;
    partials.push(x);
  }
  return partials.reduceRight((sum, part) => sum + part, 0);
}

/** Lanczos' approximation, with whole numbers exact. */
function gamma(x: number): number {
  if (Number.isInteger(x) && x > 0 && x < 24) return Number(factorial(x - 1));
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  const terms = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  const z = x - 1;
  const sum = terms.reduce((total, term, index) => total + term / (z + index + 1), 0.9999999999998099);
  const t = z + terms.length - 0.5;
  return Math.sqrt(2 * Math.PI) * t ** (z + 0.5) * Math.exp(-t) * sum;
}

const FUNCTIONS = [
  ofDoubles('sqrt', 1, Math.sqrt),
  ofDoubles('cbrt', 1, Math.cbrt),
  ofDoubles('exp', 1, Math.exp),
  ofDoubles('expm1', 1, Math.expm1),
  ofDoubles('log1p', 1, Math.log1p),
  ofDoubles('sin', 1, Math.sin),
  ofDoubles('cos', 1, Math.cos),
  ofDoubles('tan', 1, Math.tan),
  ofDoubles('asin', 1, Math.asin),
  ofDoubles('acos', 1, Math.acos),
  ofDoubles('atan', 1, Math.atan),
  ofDoubles('atan2', 2, Math.atan2),
  ofDoubles('sinh', 1, Math.sinh),
  ofDoubles('cosh', 1, Math.cosh),
  ofDoubles('tanh', 1, Math.tanh),
  ofDoubles('asinh', 1, Math.asinh),
  ofDoubles('acosh', 1, Math.acosh),
  ofDoubles('atanh', 1, Math.atanh),
  ofDoubles('pow', 2, (x, y) => (x === 1 || y === 0 ? 1 : x ** y)),
  ofDoubles('fmod', 2, (x, y) => x % y),
  ofDoubles('fabs', 1, Math.abs),
  ofDoubles('degrees', 1, (x) => (x * 180) / Math.PI),
  ofDoubles('radians', 1, (x) => (x * Math.PI) / 180),
  ofDoubles('copysign', 2, (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x))),
  ofDoubles('gamma', 1, gamma),
  plain('hypot(*coordinates)', ([all]) => new Float(Math.hypot(...(all instanceof Tuple ? all.items.map(real) : [])))),
  plain('isnan(x, /)', ([x]) => Number.isNaN(real(x))),
  plain('isinf(x, /)', ([x]) => Math.abs(real(x)) === Infinity),
  plain('isfinite(x, /)', ([x]) => Number.isFinite(real(x))),
  plain('isclose(a, b, *, rel_tol=, abs_tol=)', ([a, b, relative = new Float(1e-9), absolute = 0]) => {
    const [x, y] = [real(a), real(b)];
    return x === y || Math.abs(x - y) <= Math.max(real(relative) * Math.max(Math.abs(x), Math.abs(y)), real(absolute));
  }),
  plain('log(x, base=, /)', ([x, base]) => {
    if (base === undefined) return new Float(logarithm(x, Math.log));
    const under = logarithm(base, Math.log);
    if (under === 0) throw raised('ZeroDivisionError', 'float division by zero');
    return new Float(logarithm(x, Math.log) / under);
  }),
  plain('log2(x, /)', ([x]) => new Float(logarithm(x, Math.log2))),
  plain('log10(x, /)', ([x]) => new Float(logarithm(x, Math.log10))),
  stepped('floor(x, /)', ([x]) => wholeOf(x, Math.floor, '__floor__')()),
  stepped('ceil(x, /)', ([x]) => wholeOf(x, Math.ceil, '__ceil__')()),
  stepped('trunc(x, /)', ([x]) => wholeOf(x, Math.trunc, '__trunc__')()),
  plain('factorial(x, /)', ([x], machine) => factorial(indexOf(x!, machine))),
  plain('comb(n, k, /)', ([n, k], machine) => combinations(indexOf(n!, machine), indexOf(k!, machine))),
  plain('perm(n, k=, /)', ([n, k = null], machine) => {
    const [total, chosen] = [BigInt(indexOf(n!, machine)), k === null ? undefined : BigInt(indexOf(k, machine))];
    if (chosen !== undefined && chosen > total) return 0;
    return smallInt(product(chosen === undefined ? 1n : total - chosen + 1n, total));
  }),
  plain('gcd(*integers)', ([all], machine) => integers(all, machine).reduce(gcd, 0)),
  plain('lcm(*integers)', ([all], machine) =>
    integers(all, machine).reduce<Integer>((a, b) => {
      if (a == 0 || b == 0) return 0;
      const common = (BigInt(a) * BigInt(b)) / BigInt(gcd(a, b));
      return smallInt(common < 0n ? -common : common);
    }, 1),
  ),
  plain('isqrt(n, /)', ([n], machine) => {
    const value = BigInt(indexOf(n!, machine));
    if (value < 0n) throw valueError('isqrt() argument must be nonnegative');
    return smallInt(squareRoot(value));
  }),
  plain('modf(x, /)', ([x]) => new Tuple([new Float(real(x) % 1), new Float(Math.trunc(real(x)))])),
  plain('frexp(x, /)', ([x]) => {
    const number = real(x);
    if (number === 0) return new Tuple([new Float(0), 0]);
    const exponent = Math.floor(Math.log2(Math.abs(number))) + 1;
    return new Tuple([new Float(number / 2 ** exponent), exponent]);
  }),
  plain('ldexp(x, i, /)', ([x, exponent]) => new Float(real(x) * 2 ** real(exponent))),
  stepped('fsum(seq, /)', function* ([items], machine) {
    return new Float(exactSum((yield* toArray(items!, machine)).map(real)));
  }),
  stepped('prod(iterable, /, *, start=)', function* ([items, start = 1], machine) {
    let total: Value = start;
    for (const item of yield* toArray(items!, machine)) total = yield* binarySteps('*', total, item, machine);
    return total;
  }),
  stepped('dist(p, q, /)', function* ([p, q], machine) {
    const [a, b] = [yield* toArray(p!, machine), yield* toArray(q!, machine)];
    return new Float(Math.hypot(...a.map((x, index) => real(x) - real(b[index]))));
  }),
];

export const math: BundledModule = {
  kind: 'native',
  make: () => [
    ['pi', new Float(Math.PI)],
    ['e', new Float(Math.E)],
    ['tau', new Float(Math.PI * 2)],
    ['inf', new Float(Infinity)],
    ['nan', new Float(NaN)],
    ...FUNCTIONS.map((one) => [one.name, one] as const),
  ],
};
