/** Expressions: what kind a node is, and those that need no more than their parts. */
import type {
  AnyNode,
  ArrayExpression,
  Expression,
  Literal,
  LogicalExpression,
  PrivateIdentifier,
  SpreadElement,
  Super,
  TaggedTemplateExpression,
  TemplateLiteral,
  UnaryExpression,
} from 'acorn';
import { compileAssignment, compileUpdate } from './assignments.ts';
import { compileCall, compileNew, taggedCall } from './calls.ts';
import { compileClass } from './classes.ts';
import { markSite, type Compilation } from './compilation.ts';
import { compileAwait, compileYield } from './coroutine-syntax.ts';
import { compileFunction } from './functions.ts';
import { listOf } from '../iteration.ts';
import { SUSPENDED, type Code, type Env, type Running, type Steps, type Value } from '../machine.ts';
import { CHAIN_END, compileDelete, compileMember, privateName } from './members.ts';
import { compileObject } from './object-literal.ts';
import { binaryOperation, textOf, unaryOperation } from '../operators.ts';
import { define } from '../realm.ts';
import { createRegExp } from '../builtins/regexp.ts';
import { NEW_TARGET, THIS, type Scope } from './scope.ts';
import { withAll, withBoth, withValue } from './sequencing.ts';
import { readVariable, typeOfVariable } from './variables.ts';

export function compileExpression(cx: Compilation, node: Expression | Super | PrivateIdentifier, scope: Scope): Code {
  const { machine, realm } = cx;
  switch (node.type) {
    case 'Identifier':
      return node.name === 'undefined' ? () => undefined : readVariable(cx, node.name, scope, node.start);
    case 'Literal':
      return compileLiteral(cx, node);
    case 'ThisExpression':
      return readVariable(cx, THIS, scope, node.start);
    case 'TemplateLiteral':
      return compileTemplate(cx, node, scope);
    case 'TaggedTemplateExpression':
      return compileTaggedTemplate(cx, node, scope);
    case 'ArrayExpression':
      return compileArray(cx, node, scope);
    case 'ObjectExpression':
      return compileObject(cx, node, scope);
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return compileFunction(cx, node);
    case 'ClassExpression':
      return compileClass(cx, node);
    case 'UnaryExpression':
      return compileUnary(cx, node, scope);
    case 'UpdateExpression':
      return compileUpdate(cx, node, scope);
    case 'BinaryExpression': {
      if (node.left.type === 'PrivateIdentifier') {
        const name = privateName(cx, node.left, scope);
        return withValue(machine, compileExpression(cx, node.right, scope), (object, env) => name(env).has(object));
      }
      const operation = binaryOperation(realm, node.operator);
      const left = compileExpression(cx, node.left, scope);
      const right = compileExpression(cx, node.right, scope);
      if (node.operator !== 'in' && node.operator !== 'instanceof') return withBoth(machine, left, right, operation);
      return withBoth(machine, left, right, (one, other) => {
        markSite(cx, node.start);
        return operation(one, other);
      });
    }
    case 'LogicalExpression':
      return compileLogical(cx, node, scope);
    case 'AssignmentExpression':
      return compileAssignment(cx, node, scope);
    case 'ConditionalExpression': {
      const yes = compileExpression(cx, node.consequent, scope);
      const no = compileExpression(cx, node.alternate, scope);
      return withValue(machine, compileExpression(cx, node.test, scope), (test, env) => (test ? yes(env) : no(env)));
    }
    case 'CallExpression':
      return compileCall(cx, node, scope);
    case 'NewExpression':
      return compileNew(cx, node, scope);
    case 'MemberExpression':
      return compileMember(cx, node, scope);
    case 'ChainExpression':
      return withValue(machine, compileExpression(cx, node.expression, scope), (value) =>
        value === CHAIN_END ? undefined : value,
      );
    case 'SequenceExpression':
      return withAll(
        machine,
        node.expressions.map((one) => compileExpression(cx, one, scope)),
        (values) => values.at(-1),
      );
    case 'YieldExpression':
      return compileYield(cx, node, scope);
    case 'AwaitExpression':
      return compileAwait(cx, node, scope);
    case 'MetaProperty':
      if (node.meta.name === 'import') return () => cx.imports.meta();
      return readVariable(cx, NEW_TARGET, scope, node.start);
    case 'ImportExpression':
      return withValue(machine, compileExpression(cx, node.source, scope), (specifier) =>
        machine.suspend(cx.imports.load(textOf(specifier))),
      );
    case 'ParenthesizedExpression':
      return compileExpression(cx, node.expression, scope);
    case 'Super':
    case 'PrivateIdentifier':
      throw new Error(`${node.type} stands for no value`);
  }
}

/** An expression that takes the name of what it is given to, where it is a function or class without one. */
export function compileNamed(cx: Compilation, node: Expression, scope: Scope, name: string): Code {
  switch (node.type) {
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return compileFunction(cx, node, name);
    case 'ClassExpression':
      return compileClass(cx, node, name);
    default:
      return compileExpression(cx, node, scope);
  }
}

function compileLiteral(cx: Compilation, node: Literal): Code {
  const { regex, bigint, value } = node;
  if (regex != null) return () => createRegExp(cx.realm, regex.pattern, regex.flags);
  const literal: Value = bigint == null ? value : BigInt(bigint);
  return () => literal;
}

function compileTemplate(cx: Compilation, node: TemplateLiteral, scope: Scope): Code {
  const texts = node.quasis.map(({ value }) => value.cooked ?? '');
  const pieces = node.expressions.map((one) => compileExpression(cx, one, scope));
  return withAll(cx.machine, pieces, (values) => {
    let text = texts[0] ?? '';
    for (let index = 0; index < values.length; index++) text += textOf(values[index]) + (texts[index + 1] ?? '');
    return text;
  });
}

function compileTaggedTemplate(cx: Compilation, node: TaggedTemplateExpression, scope: Scope): Code {
  const { realm } = cx;
  const { quasis, expressions } = node.quasi;
  const strings = realm.array(quasis.map(({ value }) => value.cooked ?? undefined));
  define(strings, 'raw', Object.freeze(realm.array(quasis.map(({ value }) => value.raw))));
  Object.freeze(strings);
  return taggedCall(cx, node.tag, () => strings, expressions, scope);
}

function compileArray(cx: Compilation, node: ArrayExpression, scope: Scope): Code {
  const { realm, machine } = cx;
  if (node.elements.some((one) => one === null)) return arrayWithHoles(cx, node, scope);
  const elements = node.elements.filter((one) => one !== null);
  const pieces = elements.map((one) => compileExpression(cx, one.type === 'SpreadElement' ? one.argument : one, scope));
  if (!elements.some(({ type }) => type === 'SpreadElement'))
    return withAll(machine, pieces, (values) => realm.array(values));
  return withAll(machine, pieces, (values) => {
    const list = spreadOut(cx, elements, values);
    return list === SUSPENDED ? machine.suspend(lateArray(cx, machine.take())) : realm.array(list as Value[]);
  });
}

function* lateArray(cx: Compilation, running: Running): Steps {
  return cx.realm.array((yield running) as Value[]);
}

function arrayWithHoles(cx: Compilation, node: ArrayExpression, scope: Scope): Code {
  const present = node.elements.flatMap((one, index) =>
    one === null || one.type === 'SpreadElement' ? [] : [{ one, index }],
  );
  const pieces = present.map(({ one }) => compileExpression(cx, one, scope));
  return withAll(cx.machine, pieces, (values) => {
    const list = new Array<Value>(node.elements.length);
    present.forEach(({ index }, at) => (list[index] = values[at]));
    return cx.realm.array(list);
  });
}

/** The values with those of `...` in the place of what they come from; or SUSPENDED. */
export function spreadOut(
  cx: Compilation,
  nodes: readonly (Expression | SpreadElement)[],
  values: readonly Value[],
  start = 0,
  list: Value[] = [],
): Value {
  const { machine, realm } = cx;
  for (let index = start; index < nodes.length; index++) {
    const node = nodes[index];
    if (node?.type !== 'SpreadElement') {
      list.push(values[index]);
      continue;
    }
    markSite(cx, node.argument.start);
    const spread = listOf(realm, values[index], describeNode(node.argument));
    if (spread === SUSPENDED) {
      const running = machine.take();
      return machine.suspend(
        (function* (): Steps {
          for (const one of (yield running) as Value[]) list.push(one);
          const rest = spreadOut(cx, nodes, values, index + 1, list);
          return rest === SUSPENDED ? yield machine.take() : rest;
        })(),
      );
    }
    for (const one of spread as Value[]) list.push(one);
  }
  return list;
}

function compileUnary(cx: Compilation, node: UnaryExpression, scope: Scope): Code {
  const { operator, argument } = node;
  if (operator === 'delete') return compileDelete(cx, argument, scope);
  if (operator === 'typeof' && argument.type === 'Identifier')
    return typeOfVariable(cx, argument.name, scope, argument.start);
  if (operator === '-' && argument.type === 'Literal' && typeof argument.value === 'number') {
    const negative = -argument.value;
    return () => negative;
  }
  return withValue(cx.machine, compileExpression(cx, argument, scope), unaryOperation(operator));
}

function compileLogical(cx: Compilation, node: LogicalExpression, scope: Scope): Code {
  const left = compileExpression(cx, node.left, scope);
  const right = compileExpression(cx, node.right, scope);
  const isDecided = decides(node.operator);
  return withValue(cx.machine, left, (value, env: Env) => (isDecided(value) ? value : right(env)));
}

/** True for a left side that is the value of the whole. */
export function decides(operator: string): (value: Value) => boolean {
  if (operator.startsWith('&&')) return (value) => !value;
  if (operator.startsWith('||')) return Boolean;
  return (value) => value !== undefined && value !== null;
}

/** How messages call an expression: `user.name`, `find(...).name`, `(intermediate value)`. */
export function describeNode(node: AnyNode): string {
  switch (node.type) {
    case 'Identifier':
      return node.name;
    case 'PrivateIdentifier':
      return `#${node.name}`;
    case 'ThisExpression':
      return 'this';
    case 'Super':
      return '(intermediate value)';
    case 'Literal':
      return node.raw ?? String(node.value);
    case 'CallExpression':
      return `${describeNode(node.callee)}(...)`;
    case 'ChainExpression':
      return describeNode(node.expression);
    case 'MemberExpression': {
      const object = describeNode(node.object);
      const dot = node.optional ? '?.' : '';
      if (!node.computed) return `${object}${dot === '' ? '.' : dot}${describeNode(node.property)}`;
      const isSimple = ['Identifier', 'Literal', 'MemberExpression'].includes(node.property.type);
      return `${object}${dot}${isSimple ? `[${describeNode(node.property)}]` : '[...]'}`;
    }
    default:
      return '(intermediate value)';
  }
}
