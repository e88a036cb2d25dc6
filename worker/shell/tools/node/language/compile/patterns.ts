/** Destructuring: what a pattern does with a value, for declarations, parameters and assignments. */
import type { ArrayPattern, AssignmentPattern, MemberExpression, ObjectPattern, Pattern } from 'acorn';
import type { Compilation } from './compilation.ts';
import { markSite } from './compilation.ts';
import { compileExpression, compileNamed } from './expressions.ts';
import { isObject, type Obj } from '../callable.ts';
import { DONE, openCursor } from '../iteration.ts';
import { SUSPENDED, type Code, type Env, type Running, type Steps, type Value } from '../machine.ts';
import { privateName, staticKey, writePrivate } from './members.ts';
import { getProperty, propertyKey, setProperty } from '../properties.ts';
import type { Scope } from './scope.ts';
import { valueOf } from './sequencing.ts';
import { initialiseVariable, writeVariable } from './variables.ts';

/** Takes a value apart. Gives nothing, or SUSPENDED. */
export type Binder = (env: Env, value: Value) => Value;

/** `declares`: the names are declared here, else they are assigned to. */
export function compilePattern(cx: Compilation, pattern: Pattern, scope: Scope, declares: boolean): Binder {
  switch (pattern.type) {
    case 'Identifier':
      return declares
        ? initialiseVariable(cx, pattern.name, scope)
        : writeVariable(cx, pattern.name, scope, pattern.start);
    case 'MemberExpression':
      return memberBinder(cx, pattern, scope);
    case 'AssignmentPattern':
      return defaultBinder(cx, pattern, scope, declares);
    case 'ObjectPattern':
      return objectBinder(cx, pattern, scope, declares);
    case 'ArrayPattern':
      return arrayBinder(cx, pattern, scope, declares);
    case 'RestElement':
      return compilePattern(cx, pattern.argument, scope, declares);
  }
}

function memberBinder(cx: Compilation, node: MemberExpression, scope: Scope): Binder {
  const { machine, realm } = cx;
  const object = compileExpression(cx, node.object, scope);
  const { property } = node;
  if (property.type === 'PrivateIdentifier') {
    const name = privateName(cx, property, scope);
    return (env, value) =>
      machine.suspend(
        (function* (): Steps {
          const result = writePrivate(cx, name(env), yield* valueOf(machine, object, env), value);
          return result === SUSPENDED ? yield machine.take() : result;
        })(),
      );
  }
  const key = staticKey(node);
  const computed: Code = key === undefined ? compileExpression(cx, property, scope) : () => key;
  function* store(env: Env, value: Value): Steps {
    const target = yield* valueOf(machine, object, env);
    const name = propertyKey(yield* valueOf(machine, computed, env));
    markSite(cx, node.start);
    setProperty(realm, target, name, value, scope.isStrict);
    return undefined;
  }
  return (env, value) => machine.suspend(store(env, value));
}

function defaultBinder(cx: Compilation, node: AssignmentPattern, scope: Scope, declares: boolean): Binder {
  const { machine } = cx;
  const bind = compilePattern(cx, node.left, scope, declares);
  const fallback =
    node.left.type === 'Identifier'
      ? compileNamed(cx, node.right, scope, node.left.name)
      : compileExpression(cx, node.right, scope);
  function* bindLater(env: Env, running: Running): Steps {
    const result = bind(env, yield running);
    return result === SUSPENDED ? yield machine.take() : result;
  }
  return (env, value) => {
    if (value !== undefined) return bind(env, value);
    const other = fallback(env);
    return other === SUSPENDED ? machine.suspend(bindLater(env, machine.take())) : bind(env, other);
  };
}

function objectBinder(cx: Compilation, node: ObjectPattern, scope: Scope, declares: boolean): Binder {
  const { machine, realm } = cx;
  const parts = node.properties.map((property) => {
    if (property.type === 'RestElement')
      return { key: undefined, isRest: true, bind: compilePattern(cx, property.argument, scope, declares) };
    const { key } = property;
    const name = key.type === 'Identifier' && !property.computed ? key.name : undefined;
    return {
      key: name === undefined ? compileExpression(cx, key, scope) : () => name,
      isRest: false,
      bind: compilePattern(cx, property.value, scope, declares),
    };
  });
  const [first] = node.properties;
  function* take(env: Env, value: Value): Steps {
    const taken: PropertyKey[] = [];
    for (const { key, isRest, bind } of parts) {
      let one: Value;
      if (isRest || key === undefined) one = restOf(cx, value, taken);
      else {
        const name = propertyKey(yield* valueOf(machine, key, env));
        taken.push(name);
        one = getProperty(realm, value, name);
      }
      if (bind(env, one) === SUSPENDED) yield machine.take();
    }
    return undefined;
  }
  const isSimple =
    parts.every(({ isRest }) => !isRest) && node.properties.every((one) => one.type === 'Property' && !one.computed);
  return (env, value) => {
    if (value === undefined || value === null) {
      const name = first?.type === 'Property' && first.key.type === 'Identifier' ? first.key.name : undefined;
      markSite(cx, first?.start ?? node.start);
      const what = `'${value}' as it is ${value}.`;
      realm.fail(
        'TypeError',
        name === undefined ? `Cannot destructure ${what}` : `Cannot destructure property '${name}' of ${what}`,
      );
    }
    if (!isSimple) return machine.suspend(take(env, value));
    for (let index = 0; index < parts.length; index++) {
      const part = parts[index];
      if (part?.key === undefined) continue;
      const one = getProperty(realm, value, part.key(env) as PropertyKey);
      if (part.bind(env, one) === SUSPENDED) return machine.suspend(others(env, value, index + 1, machine.take()));
    }
    return undefined;
  };

  function* others(env: Env, value: Value, from: number, running: Running): Steps {
    yield running;
    for (const { key, bind } of parts.slice(from)) {
      if (key !== undefined && bind(env, getProperty(realm, value, key(env) as PropertyKey)) === SUSPENDED)
        yield machine.take();
    }
    return undefined;
  }
}

function restOf(cx: Compilation, value: Value, taken: readonly PropertyKey[]): Obj {
  const rest = cx.realm.object();
  if (!isObject(value)) return rest;
  const names = new Set(taken.map((one) => (typeof one === 'number' ? String(one) : one)));
  for (const key of Reflect.ownKeys(value))
    if (!names.has(key) && Object.prototype.propertyIsEnumerable.call(value, key)) rest[key] = value[key];
  return rest;
}

function arrayBinder(cx: Compilation, node: ArrayPattern, scope: Scope, declares: boolean): Binder {
  const { machine, realm } = cx;
  const elements = node.elements.map((one) =>
    one === null ? null : { isRest: one.type === 'RestElement', bind: compilePattern(cx, one, scope, declares) },
  );
  function* take(env: Env, value: Value): Steps {
    markSite(cx, node.start);
    const cursor = openCursor(realm, value, describePatternValue(value));
    const reading = { ended: false };
    const next = function* (): Steps {
      if (reading.ended) return DONE;
      const one = cursor.next();
      const got = one === SUSPENDED ? yield machine.take() : one;
      reading.ended = got === DONE;
      return got;
    };
    for (const element of elements) {
      let one: Value;
      if (element?.isRest === true) {
        const rest: Value[] = [];
        for (let more = yield* next(); more !== DONE; more = yield* next()) rest.push(more);
        one = realm.array(rest);
      } else {
        const got = yield* next();
        one = got === DONE ? undefined : got;
      }
      if (element !== null && element.bind(env, one) === SUSPENDED) yield machine.take();
    }
    if (!reading.ended && cursor.close() === SUSPENDED) yield machine.take();
    return undefined;
  }
  return (env, value) => machine.suspend(take(env, value));
}

function describePatternValue(value: Value): string {
  return isObject(value) ? 'object' : String(value);
}
