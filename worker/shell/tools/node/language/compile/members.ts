/** Members of objects: reading, deleting, private names, `super`. */
import type { AnyNode, Expression, MemberExpression, PrivateIdentifier } from 'acorn';
import { isObject, type Obj } from '../callable.ts';
import { markSite, type Compilation } from './compilation.ts';
import { compileExpression } from './expressions.ts';
import type { Code, Env, Value } from '../machine.ts';
import { getProperty, propertyKey } from '../properties.ts';
import { HOME, THIS, type Scope } from './scope.ts';
import { withBoth, withValue } from './sequencing.ts';
import { readVariable } from './variables.ts';

/** What a chain gives that ended at `?.`. */
export const CHAIN_END = Symbol('chain end');

/** The values a private name has, by object. Made anew each time its class is. */
export class PrivateName {
  readonly label: string;
  readonly #values = new WeakMap<
    object,
    { value: Value; readonly get?: Value; readonly set?: Value; readonly isMethod: boolean }
  >();

  constructor(label: string) {
    this.label = label;
  }

  has(object: Value): boolean {
    return isObject(object) && this.#values.has(object);
  }

  find(
    object: Value,
  ): { value: Value; readonly get?: Value; readonly set?: Value; readonly isMethod: boolean } | undefined {
    return isObject(object) ? this.#values.get(object) : undefined;
  }

  add(
    object: Obj,
    value: Value,
    isMethod = false,
    accessors: { readonly get?: Value; readonly set?: Value } = {},
  ): void {
    this.#values.set(object, { value, isMethod, ...accessors });
  }
}

export function privateName(cx: Compilation, node: PrivateIdentifier, scope: Scope): (env: Env) => PrivateName {
  const read = readVariable(cx, `#${node.name}`, scope, node.start);
  return (env) => read(env) as PrivateName;
}

/** Reads a private member. Gives a value or SUSPENDED. */
export function readPrivate(cx: Compilation, name: PrivateName, object: Value): Value {
  const found = name.find(object);
  if (found === undefined)
    return cx.realm.fail(
      'TypeError',
      `Cannot read private member ${name.label} from an object whose class did not declare it`,
    );
  if (found.get !== undefined) return cx.realm.invoke(found.get, object, []);
  if (found.set !== undefined) return cx.realm.fail('TypeError', `'${name.label}' was defined without a getter`);
  return found.value;
}

/** Writes a private member. Gives nothing, or SUSPENDED. */
export function writePrivate(cx: Compilation, name: PrivateName, object: Value, value: Value): Value {
  const found = name.find(object);
  if (found === undefined)
    return cx.realm.fail(
      'TypeError',
      `Cannot write private member ${name.label} to an object whose class did not declare it`,
    );
  if (found.set !== undefined) return cx.realm.invoke(found.set, object, [value]);
  if (found.get !== undefined) return cx.realm.fail('TypeError', `'${name.label}' was defined without a setter`);
  if (found.isMethod) return cx.realm.fail('TypeError', `Private method '${name.label}' is not writable`);
  found.value = value;
  return undefined;
}

/** The name of a member that is written out; undefined for a computed or private one. */
export function staticKey(node: MemberExpression): PropertyKey | undefined {
  if (!node.computed) return node.property.type === 'Identifier' ? node.property.name : undefined;
  const { property } = node;
  if (property.type !== 'Literal') return undefined;
  return typeof property.value === 'string' || typeof property.value === 'number' ? property.value : undefined;
}

export function compileMember(cx: Compilation, node: MemberExpression, scope: Scope): Code {
  if (node.object.type === 'Super') return compileSuperMember(cx, node, scope);
  const { machine, realm } = cx;
  const object = compileExpression(cx, node.object, scope);
  const { start } = node.property;
  const { optional } = node;
  const isOver = (value: Value): boolean =>
    value === CHAIN_END || (optional && (value === undefined || value === null));
  if (node.property.type === 'PrivateIdentifier') {
    const name = privateName(cx, node.property, scope);
    return withValue(machine, object, (value, env) => {
      if (isOver(value)) return CHAIN_END;
      markSite(cx, start);
      return readPrivate(cx, name(env), value);
    });
  }
  const key = staticKey(node);
  if (key !== undefined)
    return withValue(machine, object, (value) => {
      if (typeof value === 'object' && value !== null) return (value as Obj)[key];
      if (isOver(value)) return CHAIN_END;
      if (value === undefined || value === null) markSite(cx, start);
      return getProperty(realm, value, key);
    });
  return withBoth(machine, object, compileExpression(cx, node.property, scope), (value, computed) => {
    if (typeof computed === 'number' && Array.isArray(value)) return (value as Value[])[computed];
    if (isOver(value)) return CHAIN_END;
    if (value === undefined || value === null) markSite(cx, node.computed ? start : node.property.start);
    return getProperty(realm, value, propertyKey(computed));
  });
}

/** What `super.name` finds: above the object that the method was defined on, for `this`. */
export function superProperty(cx: Compilation, scope: Scope, offset: number): (env: Env, key: PropertyKey) => Value {
  const home = readVariable(cx, HOME, scope, offset);
  const self = readVariable(cx, THIS, scope, offset);
  return (env, key) => {
    const above = Object.getPrototypeOf(home(env)) as object | null;
    return above === null ? undefined : (Reflect.get(above, key, self(env)) as Value);
  };
}

function compileSuperMember(cx: Compilation, node: MemberExpression, scope: Scope): Code {
  const find = superProperty(cx, scope, node.start);
  const key = staticKey(node);
  if (key !== undefined) return (env) => find(env, key);
  const property = node.property as Expression;
  return withValue(cx.machine, compileExpression(cx, property, scope), (value, env) => find(env, propertyKey(value)));
}

export function compileDelete(cx: Compilation, node: AnyNode, scope: Scope): Code {
  if (node.type === 'ChainExpression') return compileDelete(cx, node.expression, scope);
  if (node.type !== 'MemberExpression') return () => true;
  const { realm, machine } = cx;
  const key = staticKey(node);
  const remove = (object: Value, name: PropertyKey): boolean => {
    if (object === CHAIN_END || (node.optional && (object === undefined || object === null))) return true;
    markSite(cx, node.start);
    if (object === undefined || object === null) realm.fail('TypeError', 'Cannot convert undefined or null to object');
    if (!isObject(object) || Reflect.deleteProperty(object, name)) return true;
    if (scope.isStrict) realm.fail('TypeError', `Cannot delete property '${String(name)}' of ${describe(object)}`);
    return false;
  };
  const object = compileExpression(cx, node.object, scope);
  if (key !== undefined) return withValue(machine, object, (value) => remove(value, key));
  return withBoth(machine, object, compileExpression(cx, node.property, scope), (value, name) =>
    remove(value, propertyKey(name)),
  );
}

function describe(object: Obj): string {
  return Array.isArray(object) ? '[object Array]' : '#<Object>';
}
