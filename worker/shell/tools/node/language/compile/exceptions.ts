/** `throw`, and `try` with `catch` and `finally`. */
import type { ThrowStatement, TryStatement } from 'acorn';
import { markSite, scopeOf, type Compilation } from './compilation.ts';
import { compileExpression } from './expressions.ts';
import { isOfProgram, SUSPENDED, Thrown, type Code, type Env, type Steps, type Value } from '../machine.ts';
import { compilePattern } from './patterns.ts';
import type { Scope } from './scope.ts';
import { valueOf, withValue } from './sequencing.ts';
import { blockEnvironment, compileBlock } from './statements.ts';

export function compileThrow(cx: Compilation, node: ThrowStatement, scope: Scope): Code {
  return withValue(cx.machine, compileExpression(cx, node.argument, scope), (value) => {
    markSite(cx, node.start);
    throw cx.realm.thrown(value);
  });
}

export function compileTry(cx: Compilation, node: TryStatement): Code {
  const { machine } = cx;
  const block = compileBlock(cx, node.block, node.block.body);
  const handle = node.handler == null ? undefined : compileHandler(cx, node.handler);
  const finalizer = node.finalizer == null ? undefined : compileBlock(cx, node.finalizer, node.finalizer.body);
  function* guarded(env: Env): Steps {
    const { frame } = machine;
    try {
      return yield* valueOf(machine, block, env);
    } catch (caught) {
      const error = machine.adoptError(caught);
      machine.frame = frame;
      if (handle === undefined || !(error instanceof Thrown)) throw error;
      return yield* handle(env, error.value);
    }
  }
  function* complete(env: Env, last: Code): Steps {
    const { frame } = machine;
    let ended: Value;
    let failure: { readonly error: unknown } | undefined;
    try {
      ended = yield* guarded(env);
    } catch (caught) {
      const error = machine.adoptError(caught);
      machine.frame = frame;
      if (!isOfProgram(error)) throw error;
      failure = { error };
    }
    const { returned, label } = machine;
    const over = yield* valueOf(machine, last, env);
    if (over !== undefined) return over;
    if (failure !== undefined) throw failure.error;
    machine.returned = returned;
    machine.label = label;
    return ended;
  }
  return (env) => machine.suspend(finalizer === undefined ? guarded(env) : complete(env, finalizer));
}

function compileHandler(
  cx: Compilation,
  node: NonNullable<TryStatement['handler']>,
): (env: Env, value: Value) => Steps {
  const { machine } = cx;
  const scope = scopeOf(cx, node);
  const enter = blockEnvironment(scope);
  const bind = node.param == null ? undefined : compilePattern(cx, node.param, scope, true);
  const body = compileBlock(cx, node.body, node.body.body);
  return function* (outer, value) {
    const env = enter(outer);
    if (bind?.(env, value) === SUSPENDED) yield machine.take();
    return yield* valueOf(machine, body, env);
  };
}
