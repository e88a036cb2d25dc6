/** Assignments and increments. */
import type { AssignmentExpression, MemberExpression, Pattern, UpdateExpression } from 'acorn';
import { markSite, type Compilation } from './compilation.ts';
import { compileExpression, compileNamed, decides } from './expressions.ts';
import { SUSPENDED, type Code, type Env, type Running, type Steps, type Value } from '../machine.ts';
import { privateName, readPrivate, staticKey, superProperty, writePrivate } from './members.ts';
import { assignedOperation } from '../operators.ts';
import { compilePattern } from './patterns.ts';
import { getProperty, propertyKey, setProperty } from '../properties.ts';
import { THIS, type Scope } from './scope.ts';
import { withAll, withBoth, withValue } from './sequencing.ts';
import { readVariable, writeVariable } from './variables.ts';

export function compileAssignment(cx: Compilation, node: AssignmentExpression, scope: Scope): Code {
  const { left, operator } = node;
  if (operator !== '=') return compileChange(cx, node, scope);
  if (left.type === 'Identifier') {
    const operator = cx.unit.text.indexOf('=', left.end);
    const write = writeVariable(cx, left.name, scope, operator);
    return withValue(cx.machine, compileNamed(cx, node.right, scope, left.name), (value, env) => {
      write(env, value);
      return value;
    });
  }
  const right = compileExpression(cx, node.right, scope);
  if (left.type === 'MemberExpression') return assignMember(cx, left, right, scope);
  const bind = compilePattern(cx, left, scope, false);
  return withValue(cx.machine, right, (value, env) => {
    if (bind(env, value) !== SUSPENDED) return value;
    return cx.machine.suspend(afterwards(cx.machine.take(), value));
  });
}

/** A value that is given once something else is done. */
function* afterwards(running: Running, value: Value): Steps {
  yield running;
  return value;
}

function assignMember(cx: Compilation, node: MemberExpression, right: Code, scope: Scope): Code {
  const { machine, realm } = cx;
  const { property } = node;
  const strict = scope.isStrict;
  // `super.name = value` sets it on `this`
  const object =
    node.object.type === 'Super'
      ? readVariable(cx, THIS, scope, node.start)
      : compileExpression(cx, node.object, scope);
  const { start } = property;
  if (property.type === 'PrivateIdentifier') {
    const name = privateName(cx, property, scope);
    return withBoth(machine, object, right, (target, value, env) => {
      markSite(cx, start);
      const result = writePrivate(cx, name(env), target, value);
      return result === SUSPENDED ? machine.suspend(afterwards(machine.take(), value)) : value;
    });
  }
  const key = staticKey(node);
  if (key !== undefined)
    return withBoth(machine, object, right, (target, value) => {
      markSite(cx, start);
      setProperty(realm, target, key, value, strict);
      return value;
    });
  return withAll(machine, [object, compileExpression(cx, property, scope), right], ([target, computed, value]) => {
    if (typeof computed === 'number' && Array.isArray(target) && computed < target.length) {
      markSite(cx, start);
      setProperty(realm, target, computed, value, strict);
      return value;
    }
    markSite(cx, start);
    setProperty(realm, target, propertyKey(computed), value, strict);
    return value;
  });
}

/** Reads a target, makes another value of it, writes that; the value of the whole is what `result` chooses of the two. */
type Change = (old: Value, env: Env) => Value;

function compileChange(cx: Compilation, node: AssignmentExpression, scope: Scope): Code {
  const { machine, realm } = cx;
  const { left, operator } = node;
  const right =
    left.type === 'Identifier'
      ? compileNamed(cx, node.right, scope, left.name)
      : compileExpression(cx, node.right, scope);
  const operation = assignedOperation(realm, operator);
  const change: Change =
    operation === undefined
      ? (_old, env) => right(env)
      : (old, env) => {
          const value = right(env);
          return value === SUSPENDED
            ? machine.suspend(operateLater(operation, old, machine.take()))
            : operation(old, value);
        };
  return changed(cx, left, scope, change, operation === undefined ? decides(operator) : undefined);
}

function* operateLater(operation: (one: Value, other: Value) => Value, old: Value, running: Running): Steps {
  return operation(old, yield running);
}

/** `isDecided` tells for `||=` and its kin when nothing is to be written. */
function changed(
  cx: Compilation,
  left: Pattern,
  scope: Scope,
  change: Change,
  isDecided?: (old: Value) => boolean,
): Code {
  const { machine } = cx;
  if (left.type === 'Identifier') {
    const read = readVariable(cx, left.name, scope, left.start);
    const write = writeVariable(cx, left.name, scope, left.start);
    const writeLater = function* (running: Running, env: Env): Steps {
      const value = yield running;
      write(env, value);
      return value;
    };
    return (env) => {
      const old = read(env);
      if (isDecided?.(old) === true) return old;
      const value = change(old, env);
      if (value === SUSPENDED) return machine.suspend(writeLater(machine.take(), env));
      write(env, value);
      return value;
    };
  }
  const member = left as MemberExpression;
  return withReference(cx, member, scope, (reference, env) => {
    const finish = function* (running: Running): Steps {
      const old = yield running;
      if (isDecided?.(old) === true) return old;
      const made = change(old, env);
      const value = made === SUSPENDED ? yield machine.take() : made;
      if (reference.write(value) === SUSPENDED) yield machine.take();
      return value;
    };
    const old = reference.read();
    if (old === SUSPENDED) return machine.suspend(finish(machine.take()));
    if (isDecided?.(old) === true) return old;
    const value = change(old, env);
    if (value === SUSPENDED) return machine.suspend(writeReference(cx, reference, machine.take()));
    return reference.write(value) === SUSPENDED ? machine.suspend(afterwards(machine.take(), value)) : value;
  });
}

function* writeReference(cx: Compilation, reference: MemberReference, running: Running): Steps {
  const value = yield running;
  if (reference.write(value) === SUSPENDED) yield cx.machine.take();
  return value;
}

interface MemberReference {
  read(): Value;
  write(value: Value): Value;
}

/** Evaluates object and key once, for reading and writing. */
function withReference(
  cx: Compilation,
  node: MemberExpression,
  scope: Scope,
  use: (reference: MemberReference, env: Env) => Value,
): Code {
  const { machine, realm } = cx;
  const { property } = node;
  const strict = scope.isStrict;
  const isSuper = node.object.type === 'Super';
  const object = isSuper ? readVariable(cx, THIS, scope, node.start) : compileExpression(cx, node.object, scope);
  const find = isSuper ? superProperty(cx, scope, node.start) : undefined;
  if (property.type === 'PrivateIdentifier') {
    const name = privateName(cx, property, scope);
    return withValue(machine, object, (target, env) => {
      markSite(cx, property.start);
      return use(
        {
          read: () => readPrivate(cx, name(env), target),
          write: (value) => writePrivate(cx, name(env), target, value),
        },
        env,
      );
    });
  }
  const fixed = staticKey(node);
  const computed: Code = fixed === undefined ? compileExpression(cx, property, scope) : () => fixed;
  return withBoth(machine, object, computed, (target, name, env) => {
    const key = propertyKey(name);
    markSite(cx, property.start);
    return use(
      {
        read: () => (find === undefined ? getProperty(realm, target, key) : find(env, key)),
        write: (value) => setProperty(realm, target, key, value, strict),
      },
      env,
    );
  });
}

export function compileUpdate(cx: Compilation, node: UpdateExpression, scope: Scope): Code {
  const step = node.operator === '++' ? 1 : -1;
  const next = (old: Value): Value => (typeof old === 'bigint' ? old + BigInt(step) : (old as number) + step);
  const numeric = (old: Value): Value =>
    typeof old === 'number' || typeof old === 'bigint' ? old : (old as number) * 1;
  const target = node.argument;
  if (node.prefix) return changed(cx, target as Pattern, scope, (old) => next(numeric(old)));
  if (target.type === 'Identifier') {
    const read = readVariable(cx, target.name, scope, target.start);
    const write = writeVariable(cx, target.name, scope, target.start);
    return (env) => {
      const old = numeric(read(env));
      write(env, next(old));
      return old;
    };
  }
  const { machine } = cx;
  return withReference(cx, target as MemberExpression, scope, (reference) => {
    const old = reference.read();
    if (old === SUSPENDED) return machine.suspend(updateLater(cx, reference, machine.take(), next, numeric));
    const number = numeric(old);
    return reference.write(next(number)) === SUSPENDED ? machine.suspend(afterwards(machine.take(), number)) : number;
  });
}

function* updateLater(
  cx: Compilation,
  reference: MemberReference,
  running: Running,
  next: (old: Value) => Value,
  numeric: (old: Value) => Value,
): Steps {
  const old = numeric(yield running);
  if (reference.write(next(old)) === SUSPENDED) yield cx.machine.take();
  return old;
}
