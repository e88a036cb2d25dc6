/** Number, Boolean, BigInt and Math. */
import type { Value } from '../machine.ts';
import { define, type Realm } from '../realm.ts';
import { borrow, borrowFunctions } from './borrowed.ts';
import { tag } from './iterators.ts';

/** The host's function for a random number between 0 and 1, made of the container's own randomness. */
export type RandomNumber = () => number;

const MATH =
  'abs acos acosh asin asinh atan atan2 atanh cbrt ceil clz32 cos cosh exp expm1 floor fround hypot imul log log10 log1p log2 max min pow round sign sin sinh sqrt tan tanh trunc';
const CONSTANTS = ['E', 'LN10', 'LN2', 'LOG10E', 'LOG2E', 'PI', 'SQRT1_2', 'SQRT2'] as const;
const LIMITS = [
  'EPSILON', 'MAX_SAFE_INTEGER', 'MAX_VALUE', 'MIN_SAFE_INTEGER', 'MIN_VALUE', 'NaN', 'NEGATIVE_INFINITY', 'POSITIVE_INFINITY',
] as const; // prettier-ignore

export function installNumbers(realm: Realm, random: RandomNumber): void {
  const { global } = realm;
  const number = realm.constructorOf(
    'Number',
    1,
    (_self, args, newTarget) => {
      const value = args.length === 0 ? 0 : Number(args[0]);
      return newTarget === undefined ? value : realm.box(value);
    },
    { prototype: realm.numberPrototype },
  );
  borrow(
    realm,
    realm.numberPrototype,
    Number.prototype,
    'toExponential toFixed toLocaleString toPrecision toString valueOf',
  );
  borrowFunctions(realm, number, Number, 'isFinite isInteger isNaN isSafeInteger parseFloat parseInt');
  for (const name of LIMITS) Object.defineProperty(number, name, { value: Number[name] });
  for (const name of ['parseFloat', 'parseInt'] as const)
    define(global, name, (number as unknown as Record<string, Value>)[name]);
  realm.constructorOf('Boolean', 1, (_self, [value], newTarget) =>
    newTarget === undefined ? Boolean(value) : realm.box(Boolean(value)),
  );
  borrow(realm, realm.prototype('Boolean'), Boolean.prototype, 'toString valueOf');
  const bigint = realm.constructorOf('BigInt', 1, (_self, [value], newTarget) => {
    if (newTarget !== undefined) realm.fail('TypeError', 'BigInt is not a constructor');
    return BigInt(value as number);
  });
  borrowFunctions(realm, bigint, BigInt, 'asIntN asUintN');
  borrow(realm, realm.prototype('BigInt'), BigInt.prototype, 'toLocaleString toString valueOf');
  tag(realm.prototype('BigInt'), 'BigInt');
  const math = realm.object();
  define(global, 'Math', math);
  borrowFunctions(realm, math, Math, MATH);
  for (const name of CONSTANTS) Object.defineProperty(math, name, { value: Math[name] });
  realm.natives(math, { random: [0, () => random()] });
  tag(math, 'Math');
}
