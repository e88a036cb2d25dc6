/** The builtin functions whose arguments and result are numbers. */

type NumberFunction = (first: number, second: number) => number;

export const NUMBER_FUNCTIONS: Readonly<Record<string, NumberFunction>> = {
  atan2: Math.atan2,
  cos: Math.cos,
  exp: Math.exp,
  int: Math.trunc,
  log: Math.log,
  sin: Math.sin,
  sqrt: Math.sqrt,
};

/** Numbers as unsigned 64-bit integers. */
const bits = (number: number): bigint =>
  Number.isFinite(number) ? BigInt.asUintN(64, BigInt(Math.trunc(number))) : 0n;
const shift = (number: number): bigint => bits(number) & 63n;

const ofBits =
  (compute: (first: bigint, second: bigint) => bigint): NumberFunction =>
  (first, second) =>
    Number(BigInt.asUintN(64, compute(bits(first), bits(second))));

export const BIT_OPERATIONS: Readonly<Record<string, NumberFunction>> = {
  and: ofBits((first, second) => first & second),
  or: ofBits((first, second) => first | second),
  xor: ofBits((first, second) => first ^ second),
  compl: ofBits((first) => ~first),
  lshift: (first, second) => Number(BigInt.asUintN(64, bits(first) << shift(second))),
  rshift: (first, second) => Number(bits(first) >> shift(second)),
};
