/** Calls: of functions, methods, `super`, and with `new`. */
import type { CallExpression, Expression, NewExpression, SpreadElement } from 'acorn';
import { markSite, type Compilation } from './compilation.ts';
import { compileExpression, describeNode, spreadOut } from './expressions.ts';
import { compileSuperCall } from './classes.ts';
import { SUSPENDED, type Code, type Env, type Running, type Steps, type Value } from '../machine.ts';
import { CHAIN_END, privateName, readPrivate, staticKey, superProperty } from './members.ts';
import { getProperty, propertyKey } from '../properties.ts';
import { THIS, type Scope } from './scope.ts';
import { withAll, withBoth } from './sequencing.ts';
import { readVariable } from './variables.ts';

/** How the function of a call is found: from one value that is computed first, what is called and on what. */
interface Reference {
  readonly first: Code;
  readonly callee: (first: Value, env: Env) => Value;
  readonly self: (first: Value) => Value;
}

const nothing = (): undefined => undefined;
const itself = (value: Value): Value => value;

function referenceOf(cx: Compilation, node: Expression, scope: Scope): Reference {
  const { realm, machine } = cx;
  if (node.type === 'ParenthesizedExpression') return referenceOf(cx, node.expression, scope);
  if (node.type !== 'MemberExpression')
    return { first: compileExpression(cx, node, scope), callee: itself, self: nothing };
  const { property, optional } = node;
  const isOver = (value: Value): boolean =>
    value === CHAIN_END || (optional && (value === undefined || value === null));
  const key = staticKey(node);
  if (node.object.type === 'Super') {
    const find = superProperty(cx, scope, node.start);
    const first = readVariable(cx, THIS, scope, node.start);
    if (key !== undefined) return { first, callee: (_first, env) => find(env, key), self: itself };
    const computed = compileExpression(cx, property, scope);
    return { first, callee: (_first, env) => find(env, propertyKey(computed(env))), self: itself };
  }
  const object = compileExpression(cx, node.object, scope);
  if (property.type === 'PrivateIdentifier') {
    const name = privateName(cx, property, scope);
    return {
      first: object,
      callee: (value, env) => (isOver(value) ? CHAIN_END : readPrivate(cx, name(env), value)),
      self: itself,
    };
  }
  if (key !== undefined)
    return {
      first: object,
      callee: (value) => {
        if (isOver(value)) return CHAIN_END;
        if (value === undefined || value === null) markSite(cx, property.start);
        return getProperty(realm, value, key);
      },
      self: itself,
    };
  return {
    first: withBoth(machine, object, compileExpression(cx, property, scope), (value, name) => [value, name]),
    callee: (pair) => {
      const [value, name] = pair as [Value, Value];
      if (isOver(value)) return CHAIN_END;
      markSite(cx, property.start);
      return getProperty(realm, value, propertyKey(name));
    },
    self: (pair) => (pair as [Value])[0],
  };
}

export function compileCall(cx: Compilation, node: CallExpression, scope: Scope): Code {
  if (node.callee.type === 'Super') return compileSuperCall(cx, node, scope);
  const offset = node.callee.type === 'MemberExpression' ? node.callee.property.start : node.start;
  return callOf(cx, referenceOf(cx, node.callee, scope), node.arguments, scope, {
    offset,
    optional: node.optional,
    described: describeNode(node.callee),
  });
}

/** The call of a template's tag. */
export function taggedCall(
  cx: Compilation,
  tag: Expression,
  strings: Code,
  expressions: readonly Expression[],
  scope: Scope,
): Code {
  const site: CallSite = { offset: tag.start, optional: false, described: describeNode(tag) };
  return callOf(cx, referenceOf(cx, tag, scope), expressions, scope, site, [strings]);
}

interface CallSite {
  readonly offset: number;
  /** `callee?.()` */
  readonly optional: boolean;
  readonly described: string;
}

function callOf(
  cx: Compilation,
  reference: Reference,
  nodes: readonly (Expression | SpreadElement)[],
  scope: Scope,
  { offset, optional, described }: CallSite,
  before: readonly Code[] = [],
): Code {
  const { machine, realm } = cx;
  const pieces = [...before, ...argumentPieces(cx, nodes, scope)];
  const { length } = pieces;
  const hasSpread = nodes.some(({ type }) => type === 'SpreadElement');
  const { first: firstPiece, callee: findCallee, self: findSelf } = reference;

  const apply = (first: Value, callee: Value, args: Value[]): Value => {
    if (!hasSpread) {
      markSite(cx, offset);
      return realm.invoke(callee, findSelf(first), args, described);
    }
    const list = spreadOut(cx, nodes, args);
    if (list === SUSPENDED) return machine.suspend(applyLater(first, callee, machine.take()));
    markSite(cx, offset);
    return realm.invoke(callee, findSelf(first), list as Value[], described);
  };
  function* applyLater(first: Value, callee: Value, running: Running): Steps {
    const list = (yield running) as Value[];
    markSite(cx, offset);
    return yield* realm.call(callee, findSelf(first), list);
  }
  const isOver = (callee: Value): boolean =>
    callee === CHAIN_END || (optional && (callee === undefined || callee === null));

  function* afterFirst(running: Running, env: Env): Steps {
    const first = yield running;
    const result = withFirst(first, env);
    return result === SUSPENDED ? yield machine.take() : result;
  }
  function* afterCallee(first: Value, running: Running, env: Env): Steps {
    const result = withCallee(first, yield running, env);
    return result === SUSPENDED ? yield machine.take() : result;
  }
  function* afterArgument(first: Value, callee: Value, args: Value[], running: Running, env: Env): Steps {
    args.push(yield running);
    for (let index = args.length; index < length; index++) {
      const value = pieces[index]?.(env);
      args.push(value === SUSPENDED ? yield machine.take() : value);
    }
    const result = apply(first, callee, args);
    return result === SUSPENDED ? yield machine.take() : result;
  }
  const withCallee = (first: Value, callee: Value, env: Env): Value => {
    if (isOver(callee)) return CHAIN_END;
    const args: Value[] = [];
    for (let index = 0; index < length; index++) {
      const value = pieces[index]?.(env);
      if (value === SUSPENDED) return machine.suspend(afterArgument(first, callee, args, machine.take(), env));
      args.push(value);
    }
    return apply(first, callee, args);
  };
  const withFirst = (first: Value, env: Env): Value => {
    const callee = findCallee(first, env);
    if (callee === SUSPENDED) return machine.suspend(afterCallee(first, machine.take(), env));
    return withCallee(first, callee, env);
  };
  return (env) => {
    const first = firstPiece(env);
    if (first === SUSPENDED) return machine.suspend(afterFirst(machine.take(), env));
    return withFirst(first, env);
  };
}

export function compileNew(cx: Compilation, node: NewExpression, scope: Scope): Code {
  const { machine, realm } = cx;
  const described = describeNode(node.callee);
  const construct = (callee: Value, args: Value[]): Value => {
    markSite(cx, node.start);
    return realm.construct(callee, args, callee, described);
  };
  function* constructLater(callee: Value, running: Running): Steps {
    const result = construct(callee, (yield running) as Value[]);
    return result === SUSPENDED ? yield machine.take() : result;
  }
  const pieces = argumentPieces(cx, node.arguments, scope);
  return withAll(machine, [compileExpression(cx, node.callee, scope), ...pieces], ([callee, ...values]) => {
    const list = spreadOut(cx, node.arguments, values);
    return list === SUSPENDED
      ? machine.suspend(constructLater(callee, machine.take()))
      : construct(callee, list as Value[]);
  });
}

/** A piece for each argument; those of `...` give what is to be spread. */
export function argumentPieces(cx: Compilation, nodes: readonly (Expression | SpreadElement)[], scope: Scope): Code[] {
  return nodes.map((one) => compileExpression(cx, one.type === 'SpreadElement' ? one.argument : one, scope));
}
