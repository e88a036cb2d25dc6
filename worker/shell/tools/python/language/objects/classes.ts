/** The class of any value, and what depends on it alone. */
import { boolType, intType, noneType, strType, Boxed, Float } from './containers.ts';
import type { TypeObject, Value } from './values.ts';

export function classOf(value: Value): TypeObject {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return intType;
    case 'string':
      return strType;
    case 'boolean':
      return boolType;
    default:
      return value === null ? noneType : value.cls;
  }
}

/** The name of a value's class, as messages have it. */
export function className(value: Value): string {
  return classOf(value).name;
}

export function isInstance(value: Value, type: TypeObject): boolean {
  return classOf(value).isSubclassOf(type);
}

/** The whole number a value is (bool is one too); undefined for others. */
export function integerOf(value: Value): number | bigint | undefined {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    case 'object':
      return value instanceof Boxed && typeof value.value !== 'string' ? value.value : undefined;
    default:
      return undefined;
  }
}

/** The text a value is; undefined for others. */
export function textOf(value: Value | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof Boxed && typeof value.value === 'string' ? value.value : undefined;
}

/** The number an int or float is, as a double; undefined for others. */
export function realOf(value: Value): number | undefined {
  if (value instanceof Float) return value.value;
  const integer = integerOf(value);
  return integer === undefined ? undefined : Number(integer);
}

/** The text that a name is, as a JavaScript string; empty for what is no text. */
export function nameText(value: Value | undefined): string {
  return textOf(value) ?? '';
}
