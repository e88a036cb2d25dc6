/** Arithmetic and comparison of jq. */
import { compareJson, isArray, isObject, JqError, typeOf, type Json, type JsonObject } from './json.ts';
import { shortText } from './paths.ts';

type Operator = (left: Json, right: Json) => Json;

function failure(left: Json, right: Json, what: string): JqError {
  const describe = (value: Json): string => `${typeOf(value)} (${shortText(value)})`;
  return new JqError(`${describe(left)} and ${describe(right)} cannot be ${what}`);
}

export function addValues(left: Json, right: Json): Json {
  if (left === null) return right;
  if (right === null) return left;
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  if (typeof left === 'string' && typeof right === 'string') return left + right;
  if (isArray(left) && isArray(right)) return [...left, ...right];
  if (isObject(left) && isObject(right)) return new Map([...left, ...right]);
  throw failure(left, right, 'added');
}

function subtract(left: Json, right: Json): Json {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (isArray(left) && isArray(right))
    return left.filter((item) => !right.some((other) => compareJson(item, other) === 0));
  throw failure(left, right, 'subtracted');
}

function multiply(left: Json, right: Json): Json {
  if (typeof left === 'number' && typeof right === 'number') return left * right;
  if (typeof left === 'string' && typeof right === 'number') return right > 0 ? repeatText(left, right) : null;
  if (typeof left === 'number' && typeof right === 'string') return left > 0 ? repeatText(right, left) : null;
  if (isObject(left) && isObject(right)) return mergeDeep(left, right);
  throw failure(left, right, 'multiplied');
}

const MAX_TEXT = 50_000_000;

function repeatText(text: string, count: number): string {
  if (text.length * count > MAX_TEXT) throw new JqError('Repeat string result too long');
  return text.repeat(Math.max(1, Math.ceil(count)));
}

function mergeDeep(left: JsonObject, right: JsonObject): JsonObject {
  const merged = new Map(left);
  for (const [key, value] of right) {
    const before = merged.get(key) ?? null;
    merged.set(key, isObject(before) && isObject(value) ? mergeDeep(before, value) : value);
  }
  return merged;
}

function divide(left: Json, right: Json): Json {
  if (typeof left === 'number' && typeof right === 'number') {
    if (right === 0) throw failure(left, right, 'divided because the divisor is zero');
    return left / right;
  }
  if (typeof left === 'string' && typeof right === 'string') return left === '' ? [] : left.split(right);
  throw failure(left, right, 'divided');
}

function remainder(left: Json, right: Json): Json {
  if (typeof left !== 'number' || typeof right !== 'number') throw failure(left, right, 'divided');
  const divisor = Math.abs(Math.trunc(right));
  if (divisor === 0) throw failure(left, right, 'divided because the divisor is zero');
  return Math.trunc(left) % divisor;
}

export const OPERATORS: Readonly<Record<string, Operator>> = {
  '+': addValues,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '%': remainder,
  '==': (left, right) => compareJson(left, right) === 0,
  '!=': (left, right) => compareJson(left, right) !== 0,
  '<': (left, right) => compareJson(left, right) < 0,
  '<=': (left, right) => compareJson(left, right) <= 0,
  '>': (left, right) => compareJson(left, right) > 0,
  '>=': (left, right) => compareJson(left, right) >= 0,
};
