/** Object literals. */
import type { ObjectExpression, Property } from 'acorn';
import { isObject, type Obj } from '../callable.ts';
import type { Compilation } from './compilation.ts';
import { compileExpression, compileNamed } from './expressions.ts';
import { compileFunction } from './functions.ts';
import type { Code, Env, Value } from '../machine.ts';
import { propertyKey } from '../properties.ts';
import { functionName } from '../realm.ts';
import type { Scope } from './scope.ts';
import { withAll } from './sequencing.ts';

/** Puts what a part of the literal gave onto the object. */
type Placer = (object: Obj, key: Value, value: Value, env: Env) => void;

export function compileObject(cx: Compilation, node: ObjectExpression, scope: Scope): Code {
  const { machine, realm } = cx;
  const parts = node.properties.map((one) =>
    one.type === 'SpreadElement'
      ? { key: undefined, value: compileExpression(cx, one.argument, scope), place: spread, isStatic: false }
      : compileProperty(cx, one, scope),
  );
  const { objectPrototype } = realm;
  if (parts.every(({ isStatic }) => isStatic) && node.properties.every(isPlain)) {
    const keys = node.properties.map((one) => staticName(one as Property) ?? '');
    return withAll(
      machine,
      parts.map(({ value }) => value),
      (values) => {
        machine.fuel -= ALLOCATION_STEPS;
        const object = Object.create(objectPrototype) as Obj;
        for (let index = 0; index < keys.length; index++) object[keys[index] ?? ''] = values[index];
        return object;
      },
    );
  }
  const pieces = parts.flatMap(({ key, value }) => [key ?? noKey, value]);
  return withAll(machine, pieces, (values, env) => {
    machine.fuel -= ALLOCATION_STEPS;
    const object = realm.object();
    parts.forEach(({ place }, index) => place(object, values[index * 2], values[index * 2 + 1], env));
    return object;
  });
}

/** What an object costs: so that what fills the memory runs out of steps before. */
export const ALLOCATION_STEPS = 10;

const noKey = (): undefined => undefined;

function isPlain(node: ObjectExpression['properties'][number]): boolean {
  return node.type === 'Property' && node.kind === 'init' && !node.method;
}

/** The key that is written out; undefined for a computed one and for `__proto__`, which is none. */
function staticName(node: Property): string | undefined {
  const { key } = node;
  if (node.computed) return undefined;
  const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : undefined;
  return name === '__proto__' && !node.shorthand ? undefined : name;
}

function compileProperty(
  cx: Compilation,
  node: Property,
  scope: Scope,
): { readonly key: Code; readonly value: Code; readonly place: Placer; readonly isStatic: boolean } {
  const name = staticName(node);
  const isPrototype = !node.computed && name === undefined && node.kind === 'init' && !node.method;
  const key: Code = name === undefined ? (isPrototype ? noKey : compileExpression(cx, node.key, scope)) : () => name;
  if (node.kind !== 'init' || node.method) {
    const { value } = node;
    if (value.type !== 'FunctionExpression') throw new Error('a method is a function');
    const make = compileFunction(cx, value, name ?? '', node.kind === 'init' ? 'method' : node.kind);
    // the function needs the object for `super`, which is there only when the rest of the literal is
    return {
      key,
      value: noKey,
      place: (object, at, _value, env) => placeMethod(node, object, at, make, env),
      isStatic: false,
    };
  }
  const value =
    name === undefined ? compileExpression(cx, node.value, scope) : compileNamed(cx, node.value, scope, name);
  return { key, value, place: isPrototype ? setPrototype : place, isStatic: name !== undefined };
}

function placeMethod(node: Property, object: Obj, at: Value, make: MakeFunction, env: Env): void {
  const key = propertyKey(at);
  const method = make(env, object);
  if (node.computed) Object.defineProperty(method, 'name', { value: functionName(key), configurable: true });
  if (node.kind === 'init') place(object, key, method);
  else Object.defineProperty(object, key, { [node.kind]: method, enumerable: true, configurable: true });
}

/** Makes a function of this environment, with the object it is a method of. */
type MakeFunction = (env: Env, home?: Obj) => Value;

function place(object: Obj, key: Value, value: Value): void {
  Object.defineProperty(object, propertyKey(key), { value, writable: true, enumerable: true, configurable: true });
}

function setPrototype(object: Obj, _key: Value, value: Value): void {
  if (isObject(value) || value === null) Object.setPrototypeOf(object, value);
}

function spread(object: Obj, _key: Value, value: Value): void {
  if (typeof value === 'string') Object.assign(object, value);
  if (!isObject(value)) return;
  for (const key of Reflect.ownKeys(value))
    if (Object.prototype.propertyIsEnumerable.call(value, key)) place(object, key, value[key]);
}
