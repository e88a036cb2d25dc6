/** Statements. Each gives how it ended: nothing, or one of the signs below. */
import type { AnyNode, ModuleDeclaration, Statement, SwitchStatement, VariableDeclaration } from 'acorn';
import { compileClass } from './classes.ts';
import { markSite, scopeOf, type Compilation } from './compilation.ts';
import { compileThrow, compileTry } from './exceptions.ts';
import { compileExpression, compileNamed } from './expressions.ts';
import { compileFunction } from './functions.ts';
import { compileFor, compileForIn, compileForOf, compileWhile } from './loops.ts';
import { SUSPENDED, type Code, type Env, type Running, type Steps, type Value } from '../machine.ts';
import { compilePattern } from './patterns.ts';
import { OUTER_SLOT, type Scope } from './scope.ts';
import { valueOf, withValue } from './sequencing.ts';
import { environmentTemplate, initialiseVariable } from './variables.ts';

/** How a statement ended, where not by reaching its end; the label is in the machine, and so is what is returned. */
export const BREAK = Symbol('break');
export const CONTINUE = Symbol('continue');
export const RETURN = Symbol('return');

type AnyStatement = Statement | ModuleDeclaration;

export function compileStatement(
  cx: Compilation,
  node: AnyStatement,
  scope: Scope,
  labels: readonly string[] = [],
): Code {
  const { machine } = cx;
  switch (node.type) {
    case 'ExpressionStatement':
      return withValue(machine, compileExpression(cx, node.expression, scope), () => undefined);
    case 'VariableDeclaration':
      return compileDeclaration(cx, node, scope);
    case 'FunctionDeclaration':
    case 'EmptyStatement':
    case 'DebuggerStatement':
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return () => undefined;
    case 'ClassDeclaration': {
      const initialise = initialiseVariable(cx, node.id.name, scope);
      return withValue(machine, compileClass(cx, node), (made, env) => initialise(env, made));
    }
    case 'ReturnStatement': {
      if (node.argument == null)
        return () => {
          machine.returned = undefined;
          return RETURN;
        };
      return withValue(machine, compileExpression(cx, node.argument, scope), (value) => {
        machine.returned = value;
        return RETURN;
      });
    }
    case 'IfStatement': {
      const yes = compileStatement(cx, node.consequent, scope);
      const no: Code = node.alternate == null ? () => undefined : compileStatement(cx, node.alternate, scope);
      return withValue(machine, compileExpression(cx, node.test, scope), (test, env) => (test ? yes(env) : no(env)));
    }
    case 'BlockStatement':
      return compileBlock(cx, node, node.body);
    case 'ForStatement':
      return compileFor(cx, node, labels);
    case 'ForInStatement':
      return compileForIn(cx, node, scope, labels);
    case 'ForOfStatement':
      return compileForOf(cx, node, scope, labels);
    case 'WhileStatement':
    case 'DoWhileStatement':
      return compileWhile(cx, node, scope, labels);
    case 'SwitchStatement':
      return compileSwitch(cx, node, scope);
    case 'BreakStatement':
    case 'ContinueStatement': {
      const sign = node.type === 'BreakStatement' ? BREAK : CONTINUE;
      const label = node.label?.name;
      return () => {
        machine.label = label;
        return sign;
      };
    }
    case 'LabeledStatement': {
      const { name } = node.label;
      const body = compileStatement(cx, node.body, scope, [...labels, name]);
      return withValue(machine, body, (ended) => (ended === BREAK && machine.label === name ? undefined : ended));
    }
    case 'ThrowStatement':
      return compileThrow(cx, node, scope);
    case 'TryStatement':
      return compileTry(cx, node);
    case 'ExportNamedDeclaration':
      return node.declaration == null ? () => undefined : compileStatement(cx, node.declaration, scope);
    case 'ExportDefaultDeclaration':
      throw new Error('default exports are compiled with their module');
    case 'WithStatement':
      return () => {
        markSite(cx, node.start);
        return cx.realm.fail('SyntaxError', 'Strata does not run `with` statements');
      };
  }
}

/** Statements one after another; the first that ends otherwise ends all. */
export function compileSequence(cx: Compilation, pieces: readonly Code[]): Code {
  const { machine } = cx;
  const [only] = pieces;
  if (only === undefined) return () => undefined;
  if (pieces.length === 1) return only;
  function* rest(env: Env, from: number, running: Running): Steps {
    const first = yield running;
    if (first !== undefined) return first;
    for (let index = from; index < pieces.length; index++) {
      const ended = pieces[index]?.(env);
      const value = ended === SUSPENDED ? yield machine.take() : ended;
      if (value !== undefined) return value;
    }
    return undefined;
  }
  return (env) => {
    for (let index = 0; index < pieces.length; index++) {
      const ended = pieces[index]?.(env);
      if (ended === SUSPENDED) return machine.suspend(rest(env, index + 1, machine.take()));
      if (ended !== undefined) return ended;
    }
    return undefined;
  };
}

/** The body of a function: gives what it returns. */
export function compileBody(cx: Compilation, nodes: readonly AnyStatement[], scope: Scope): Code {
  const { machine } = cx;
  const [only] = nodes;
  if (nodes.length === 1 && only?.type === 'ReturnStatement' && only.argument != null)
    return compileExpression(cx, only.argument, scope);
  const body = compileSequence(
    cx,
    nodes.map((one) => compileStatement(cx, one, scope)),
  );
  return withValue(machine, body, (ended) => (ended === RETURN ? machine.returned : undefined));
}

/** Makes the environment of a block, where it has one of its own. */
export function blockEnvironment(scope: Scope): (env: Env) => Env {
  if (scope.size === 0) return (env) => env;
  const template = environmentTemplate(scope);
  return (env) => {
    const own = template.slice();
    own[OUTER_SLOT] = env;
    return own;
  };
}

export function compileBlock(cx: Compilation, node: AnyNode, nodes: readonly Statement[]): Code {
  const scope = scopeOf(cx, node);
  const hoist = hoistFunctions(cx, nodes, scope);
  const body = compileSequence(
    cx,
    nodes.map((one) => compileStatement(cx, one, scope)),
  );
  if (scope.bindings.size === 0) return body;
  const enter = blockEnvironment(scope);
  return (env) => {
    const own = enter(env);
    hoist(own);
    return body(own);
  };
}

/** Function declarations are there before the first statement. */
export function hoistFunctions(cx: Compilation, nodes: readonly AnyStatement[], scope: Scope): (env: Env) => void {
  const makers = nodes.flatMap((one) => {
    const node =
      one.type === 'ExportNamedDeclaration' || one.type === 'ExportDefaultDeclaration' ? one.declaration : one;
    if (node?.type !== 'FunctionDeclaration' || node.id === null) return [];
    const { name } = node.id;
    return [{ store: initialiseVariable(cx, name, scope), make: compileFunction(cx, node, name) }];
  });
  if (makers.length === 0) return () => undefined;
  return (env) => {
    for (const { store, make } of makers) store(env, make(env));
  };
}

function compileDeclaration(cx: Compilation, node: VariableDeclaration, scope: Scope): Code {
  const pieces = node.declarations.flatMap(({ id, init }): Code[] => {
    const bind = compilePattern(cx, id, scope, true);
    if (init == null) return node.kind === 'var' ? [] : [(env) => bind(env, undefined)];
    const value =
      id.type === 'Identifier' ? compileNamed(cx, init, scope, id.name) : compileExpression(cx, init, scope);
    return [withValue(cx.machine, value, (given, env) => bind(env, given))];
  });
  return compileSequence(cx, pieces);
}

function compileSwitch(cx: Compilation, node: SwitchStatement, outside: Scope): Code {
  const { machine } = cx;
  const scope = scopeOf(cx, node);
  const enter = blockEnvironment(scope);
  const nodes = node.cases.flatMap(({ consequent }) => consequent);
  const hoist = hoistFunctions(cx, nodes, scope);
  const discriminant = compileExpression(cx, node.discriminant, outside);
  const cases = node.cases.map(({ test, consequent }) => ({
    test: test == null ? undefined : compileExpression(cx, test, scope),
    body: compileSequence(
      cx,
      consequent.map((one) => compileStatement(cx, one, scope)),
    ),
  }));
  const fallback = cases.findIndex(({ test }) => test === undefined);
  function* choose(outer: Env): Steps {
    const value = yield* valueOf(machine, discriminant, outer);
    const env = enter(outer);
    hoist(env);
    let chosen = fallback;
    for (const [index, { test }] of cases.entries()) {
      if (test === undefined || (yield* valueOf(machine, test, env)) !== value) continue;
      chosen = index;
      break;
    }
    for (let index = chosen; index >= 0 && index < cases.length; index++) {
      const ended: Value = yield* valueOf(machine, cases[index]?.body ?? (() => undefined), env);
      if (ended === BREAK && machine.label === undefined) return undefined;
      if (ended !== undefined) return ended;
    }
    return undefined;
  }
  return (env) => machine.suspend(choose(env));
}
