/** `yield`, `yield*` and `await`. */
import type { AwaitExpression, YieldExpression } from 'acorn';
import { isFunction, isObject, type Obj } from '../callable.ts';
import { markSite, type Compilation } from './compilation.ts';
import { compileExpression } from './expressions.ts';
import { Returning, Thrown, type Code, type Env, type Steps, type Value } from '../machine.ts';
import { getProperty } from '../properties.ts';
import type { Scope } from './scope.ts';
import { valueOf } from './sequencing.ts';

export function compileAwait(cx: Compilation, node: AwaitExpression, scope: Scope): Code {
  const { machine } = cx;
  const argument = compileExpression(cx, node.argument, scope);
  function* wait(env: Env): Steps {
    const value = yield* valueOf(machine, argument, env);
    markSite(cx, node.start);
    return yield { kind: 'await', value };
  }
  return (env) => machine.suspend(wait(env));
}

export function compileYield(cx: Compilation, node: YieldExpression, scope: Scope): Code {
  const { machine } = cx;
  const argument: Code = node.argument == null ? () => undefined : compileExpression(cx, node.argument, scope);
  const isAsync = scope.home.isAsync;
  function* give(env: Env): Steps {
    const value = yield* valueOf(machine, argument, env);
    // an async generator gives what its value is settled to
    return yield { kind: 'yield', value: isAsync ? yield { kind: 'await', value } : value };
  }
  function* delegate(env: Env): Steps {
    const iterable = yield* valueOf(machine, argument, env);
    markSite(cx, node.start);
    return yield* delegateTo(cx, iterable, isAsync);
  }
  return node.delegate ? (env) => machine.suspend(delegate(env)) : (env) => machine.suspend(give(env));
}

/** Gives all that another iterator gives, and hands on what is sent to it. */
function* delegateTo(cx: Compilation, iterable: Value, isAsync: boolean): Steps {
  const { realm } = cx;
  const asyncMethod = isAsync ? getProperty(realm, iterable, Symbol.asyncIterator) : undefined;
  const method = asyncMethod ?? getProperty(realm, iterable, Symbol.iterator);
  const iterator = yield* realm.call(method, iterable, []);
  let received: Value = undefined;
  let call: 'next' | 'throw' | 'return' = 'next';
  for (;;) {
    const send = getProperty(realm, iterator, call);
    if (call !== 'next' && !isFunction(send)) {
      if (call === 'return') throw new Returning(received);
      throw realm.thrown(received);
    }
    let result = yield* realm.call(send, iterator, [received]);
    if (isAsync) result = yield { kind: 'await', value: result };
    if (!isObject(result)) realm.fail('TypeError', `Iterator result ${String(result)} is not an object`);
    const { done, value } = result as Obj;
    if (done) {
      if (call === 'return') throw new Returning(value);
      return value;
    }
    try {
      received = yield { kind: 'yield', value };
      call = 'next';
    } catch (error) {
      if (error instanceof Thrown) call = 'throw';
      else if (error instanceof Returning) call = 'return';
      else throw error;
      received = error.value;
    }
  }
}
