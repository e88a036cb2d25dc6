/** Operators between sets, and the union of classes that annotations write with `|`. */
import { dictItemsType, dictKeysType, DictView, SetObject, setType, TypeObjectUnion } from '../objects/containers.ts';
import { TypeObject, type Value } from '../objects/values.ts';

function setOf(value: Value): SetObject | undefined {
  if (value instanceof SetObject) return value;
  return value instanceof DictView && (value.cls === dictKeysType || value.cls === dictItemsType)
    ? new SetObject(value)
    : undefined;
}

/** The set two sets make; undefined where one of them is none. */
export function combineSets(operator: '|' | '&' | '-' | '^', left: Value, right: Value): SetObject | undefined {
  const [a, b] = [setOf(left), setOf(right)];
  if (a === undefined || b === undefined) return undefined;
  const result = new SetObject([], a.cls.isUser ? setType : a.cls);
  const take = (from: SetObject, isWanted: (key: Parameters<typeof from.entries.has>[0]) => boolean): void => {
    for (const [key, item] of from.entries)
      if (isWanted(key) && !result.entries.has(key)) result.entries.set(key, item);
  };
  take(a, (key) => operator === '|' || (operator === '&') === b.entries.has(key));
  if (operator === '|') take(b, () => true);
  if (operator === '^') take(b, (key) => !a.entries.has(key));
  return result;
}

/** `int | None`; undefined for what is no class. */
export function unionOfTypes(a: Value, b: Value): Value | undefined {
  const members = (value: Value): readonly Value[] | undefined =>
    value instanceof TypeObjectUnion
      ? value.members
      : value instanceof TypeObject || value === null
        ? [value]
        : undefined;
  const [left, right] = [members(a), members(b)];
  return left === undefined || right === undefined ? undefined : new TypeObjectUnion([...new Set([...left, ...right])]);
}
