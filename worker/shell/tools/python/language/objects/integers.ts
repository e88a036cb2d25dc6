/** Whole numbers of any size: JavaScript numbers while they are safe integers, bigints beyond. */

export type Integer = number | bigint;

/** The same number in the form that its size asks for. */
export function smallInt(value: bigint): Integer {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
}

/** Quotient rounded down. `b` is not zero. */
export function floorDivide(a: Integer, b: Integer): Integer {
  if (typeof a === 'number' && typeof b === 'number') {
    const quotient = Math.floor(a / b);
    // a division of large numbers is rounded, perhaps over the next whole number
    if (Math.abs(a) < 2 ** 47) return quotient + 0 === 0 ? 0 : quotient;
  }
  const [left, right] = [BigInt(a), BigInt(b)];
  const quotient = left / right;
  return smallInt(left % right !== 0n && left < 0n !== right < 0n ? quotient - 1n : quotient);
}

/** What is left, with the sign of `b`. `b` is not zero. */
export function modulo(a: Integer, b: Integer): Integer {
  if (typeof a === 'number' && typeof b === 'number') {
    const rest = a % b;
    return rest === 0 ? 0 : rest < 0 !== b < 0 ? rest + b : rest;
  }
  const [left, right] = [BigInt(a), BigInt(b)];
  const rest = left % right;
  return smallInt(rest !== 0n && rest < 0n !== right < 0n ? rest + right : rest);
}

export function multiply(a: Integer, b: Integer): Integer {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    if (Number.isSafeInteger(product)) return product === 0 ? 0 : product;
  }
  return smallInt(BigInt(a) * BigInt(b));
}

/** `exponent` is not negative. */
export function power(base: Integer, exponent: Integer): Integer {
  if (typeof base === 'number' && typeof exponent === 'number') {
    const result = base ** exponent;
    if (Number.isSafeInteger(result)) return result;
  }
  return smallInt(BigInt(base) ** BigInt(exponent));
}

/** base ** exponent % modulus, by squaring; `exponent` is not negative, `modulus` not zero. */
export function modularPower(base: Integer, exponent: Integer, modulus: Integer): Integer {
  const m = BigInt(modulus);
  let result = 1n;
  let square = BigInt(base) % m;
  for (let rest = BigInt(exponent); rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % m;
    square = (square * square) % m;
  }
  return modulo(smallInt(result), modulus);
}
