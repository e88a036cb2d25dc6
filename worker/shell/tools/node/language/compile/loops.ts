/** Loops. Each turn costs a step, and lets others in when the slice is used up. */
import type {
  DoWhileStatement,
  ForInStatement,
  ForOfStatement,
  ForStatement,
  Pattern,
  Statement,
  VariableDeclaration,
  WhileStatement,
} from 'acorn';
import { isFunction, isObject, type Obj } from '../callable.ts';
import { markSite, scopeOf, type Compilation } from './compilation.ts';
import { compileExpression, describeNode } from './expressions.ts';
import { cursorOf, DONE, openCursor } from '../iteration.ts';
import { isOfProgram, PAUSE, SUSPENDED, type Code, type Env, type Steps, type Value } from '../machine.ts';
import { compilePattern, type Binder } from './patterns.ts';
import { getProperty } from '../properties.ts';
import type { Scope } from './scope.ts';
import { valueOf } from './sequencing.ts';
import { BREAK, blockEnvironment, compileStatement, CONTINUE } from './statements.ts';

/** What the end of a turn means for the loop: go on, or end with this. */
function turnEnd(cx: Compilation, labels: readonly string[]): (ended: Value) => Value {
  const { machine } = cx;
  const isMine = (): boolean => machine.label === undefined || labels.includes(machine.label);
  return (ended) => {
    if (ended === undefined || (ended === CONTINUE && isMine())) return GO_ON;
    return ended === BREAK && machine.label === undefined ? undefined : ended;
  };
}

const GO_ON = Symbol('go on');

/** Steps a turn costs: one for each few nodes of the body, as a rough measure of its time. */
function turnCost(body: Statement): number {
  return 1 + Math.floor((body.end - body.start) / 80);
}

export function compileWhile(
  cx: Compilation,
  node: WhileStatement | DoWhileStatement,
  scope: Scope,
  labels: readonly string[],
): Code {
  const { machine } = cx;
  const test = compileExpression(cx, node.test, scope);
  const body = compileStatement(cx, node.body, scope);
  const endOf = turnEnd(cx, labels);
  const cost = turnCost(node.body);
  const isPostfix = node.type === 'DoWhileStatement';
  function* loop(env: Env): Steps {
    for (let first = true; ; first = false) {
      if ((machine.fuel -= cost) <= 0) yield PAUSE;
      if (!(isPostfix && first)) {
        const value = test(env);
        if (!(value === SUSPENDED ? yield machine.take() : value)) return undefined;
      }
      const ended = body(env);
      const end = endOf(ended === SUSPENDED ? yield machine.take() : ended);
      if (end !== GO_ON) return end;
    }
  }
  return (env) => machine.suspend(loop(env));
}

export function compileFor(cx: Compilation, node: ForStatement, labels: readonly string[]): Code {
  const { machine } = cx;
  const scope = scopeOf(cx, node);
  const enter = blockEnvironment(scope);
  // each turn has variables of its own where a closure may keep them
  const hasOwn = scope.size > 0;
  const none: Code = () => undefined;
  const start: Code =
    node.init == null
      ? none
      : node.init.type === 'VariableDeclaration'
        ? compileStatement(cx, node.init, scope)
        : compileExpression(cx, node.init, scope);
  const test: Code = node.test == null ? () => true : compileExpression(cx, node.test, scope);
  const update: Code = node.update == null ? none : compileExpression(cx, node.update, scope);
  const body = compileStatement(cx, node.body, scope);
  const endOf = turnEnd(cx, labels);
  const cost = turnCost(node.body);
  function* loop(outer: Env): Steps {
    let env = enter(outer);
    if (start(env) === SUSPENDED) yield machine.take();
    for (;;) {
      if ((machine.fuel -= cost) <= 0) yield PAUSE;
      const value = test(env);
      if (!(value === SUSPENDED ? yield machine.take() : value)) return undefined;
      const ended = body(env);
      const end = endOf(ended === SUSPENDED ? yield machine.take() : ended);
      if (end !== GO_ON) return end;
      if (hasOwn) env = env.slice();
      if (update(env) === SUSPENDED) yield machine.take();
    }
  }
  return (env) => machine.suspend(loop(env));
}

/** What takes the value of each turn: a declaration, or something to assign to. */
function turnBinder(cx: Compilation, left: VariableDeclaration | Pattern, scope: Scope): Binder {
  if (left.type !== 'VariableDeclaration') return compilePattern(cx, left, scope, false);
  const [declaration] = left.declarations;
  if (declaration === undefined) throw new Error('a loop declares a variable');
  return compilePattern(cx, declaration.id, scope, true);
}

export function compileForIn(cx: Compilation, node: ForInStatement, outside: Scope, labels: readonly string[]): Code {
  const { machine } = cx;
  const scope = scopeOf(cx, node);
  const turn = compileTurn(cx, node, scope, labels);
  const object = compileExpression(cx, node.right, outside);
  function* loop(outer: Env): Steps {
    const value = yield* valueOf(machine, object, outer);
    for (const key of enumerableKeys(value)) {
      if (machine.fuel-- <= 0) yield PAUSE;
      if (isObject(value) && !(key in value)) continue;
      const end = yield* turn(outer, key);
      if (end !== GO_ON) return end;
    }
    return undefined;
  }
  return (env) => machine.suspend(loop(env));
}

/** The names that `for … in` visits: those of the object, then of its prototypes. */
function enumerableKeys(value: Value): string[] {
  if (typeof value === 'string') return Object.keys(value);
  const seen = new Set<string>();
  const keys: string[] = [];
  for (let at: Value = value; isObject(at); at = Object.getPrototypeOf(at) as Value) {
    for (const key of Object.keys(at)) if (!seen.has(key)) keys.push(key);
    for (const key of Object.getOwnPropertyNames(at)) seen.add(key);
  }
  return keys;
}

/** One turn of a loop over values. */
function compileTurn(
  cx: Compilation,
  node: ForInStatement | ForOfStatement,
  scope: Scope,
  labels: readonly string[],
): (outer: Env, value: Value) => Steps {
  const { machine } = cx;
  const enter = blockEnvironment(scope);
  const bind = turnBinder(cx, node.left, scope);
  const body = compileStatement(cx, node.body, scope);
  const endOf = turnEnd(cx, labels);
  return function* (outer, value) {
    const env = enter(outer);
    if (bind(env, value) === SUSPENDED) yield machine.take();
    const ended = body(env);
    return endOf(ended === SUSPENDED ? yield machine.take() : ended);
  };
}

export function compileForOf(cx: Compilation, node: ForOfStatement, outside: Scope, labels: readonly string[]): Code {
  const { machine, realm } = cx;
  const scope = scopeOf(cx, node);
  const turn = compileTurn(cx, node, scope, labels);
  const iterable = compileExpression(cx, node.right, outside);
  const described = describeNode(node.right);
  const cost = turnCost(node.body);
  const open = node.await ? openAsync : openCursorNow;
  // oxlint-disable-next-line require-yield -- it is a step like those that do wait
  function* openCursorNow(value: Value): Steps {
    return openCursor(realm, value, described);
  }
  function* openAsync(value: Value): Steps {
    const method = getProperty(realm, value, Symbol.asyncIterator);
    if (!isFunction(method)) return openCursor(realm, value, described);
    return cursorOfAsync(cx, (yield* realm.call(method, value, [])) as Obj);
  }
  function* loop(outer: Env): Steps {
    const value = yield* valueOf(machine, iterable, outer);
    markSite(cx, node.right.start);
    const cursor = (yield* open(value)) as ReturnType<typeof cursorOf>;
    for (;;) {
      if ((machine.fuel -= cost) <= 0) yield PAUSE;
      const next = cursor.next();
      let one = next === SUSPENDED ? yield machine.take() : next;
      if (one === DONE) return undefined;
      if (node.await) one = yield { kind: 'await', value: one };
      let end: Value;
      try {
        end = yield* turn(outer, one);
      } catch (error) {
        if (isOfProgram(error) && cursor.close() === SUSPENDED) yield machine.take();
        throw error;
      }
      if (end === GO_ON) continue;
      const { returned, label } = machine;
      if (cursor.close() === SUSPENDED) yield machine.take();
      machine.returned = returned;
      machine.label = label;
      return end;
    }
  }
  return (env) => machine.suspend(loop(env));
}

/** A cursor over an async iterator: each of its results is awaited. */
function cursorOfAsync(cx: Compilation, iterator: Obj): ReturnType<typeof cursorOf> {
  const { realm, machine } = cx;
  function* next(): Steps {
    const promise = yield* realm.call(iterator['next'], iterator, []);
    const result = yield { kind: 'await', value: promise };
    if (!isObject(result)) return realm.fail('TypeError', `Iterator result ${String(result)} is not an object`);
    return result['done'] ? DONE : result['value'];
  }
  function* close(method: Value): Steps {
    return yield { kind: 'await', value: yield* realm.call(method, iterator, []) };
  }
  return {
    next: () => machine.suspend(next()),
    close: () => (isFunction(iterator['return']) ? machine.suspend(close(iterator['return'])) : undefined),
  };
}
