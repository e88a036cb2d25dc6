/** Generators and async functions: functions whose bodies run in fibers of their own. */
import { isObject, type Obj } from './callable.ts';
import { enterSteps, type FunctionCode } from './compile/functions.ts';
import { iteratorResult } from './iteration.ts';
import {
  driveFiber,
  Fiber,
  Frame,
  Returning,
  Running,
  Thrown,
  type Env,
  type Outcome,
  type Request,
  type Steps,
  type Value,
} from './machine.ts';
import type { Realm } from './realm.ts';

function fiberOf(code: FunctionCode, env: Env, args: readonly Value[]): Fiber {
  const { realm } = code;
  const frame = new Frame(code, realm.machine.frame);
  if (realm.machine.isTooDeep(frame)) realm.fail('RangeError', 'Maximum call stack size exceeded');
  return new Fiber(realm.machine, new Running(enterSteps(code, env, args), frame));
}

/** Calls an async function: it runs as far as its first `await`, and gives a promise. */
export function enterAsync(code: FunctionCode, env: Env, args: readonly Value[]): Value {
  const { realm } = code;
  const promise = realm.promises.create();
  return realm.machine.suspend(startAsync(realm, fiberOf(code, env, args), promise));
}

function* startAsync(realm: Realm, fiber: Fiber, promise: Obj): Steps {
  yield* advanceAsync(realm, fiber, promise, () => fiber.resume(undefined));
  return promise;
}

/** Runs an async function's fiber to its next `await` or its end. */
export function* advanceAsync(realm: Realm, fiber: Fiber, promise: Obj, go: () => Outcome): Steps {
  const { promises } = realm;
  let outcome: Outcome;
  try {
    outcome = yield* driveFiber(fiber, go);
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    promises.reject(promise, error.value, error.frame);
    return undefined;
  }
  if (outcome.kind === 'await')
    awaitIn(realm, fiber, outcome.value, (next) => advanceAsync(realm, fiber, promise, next));
  else if (outcome.kind === 'done') promises.resolve(promise, outcome.value);
  return undefined;
}

/** Goes on with a fiber once what it awaits is settled. */
function awaitIn(realm: Realm, fiber: Fiber, value: Value, advance: (go: () => Outcome) => Steps): void {
  const { machine, promises } = realm;
  promises.react(
    promises.of(value),
    (result) => machine.suspend(advance(() => fiber.resume(result))),
    (reason) => machine.suspend(advance(() => fiber.fail(new Thrown(reason, undefined)))),
  );
}

type Status = 'fresh' | 'suspended' | 'running' | 'done';

interface GeneratorState {
  readonly fiber: Fiber;
  status: Status;
}

/** How a generator is gone on with. */
type Resumption = { readonly kind: 'next' | 'throw' | 'return'; readonly value: Value };

function prototypeOf(code: FunctionCode, callee: Obj, fallback: string): Obj {
  const prototype = callee['prototype'];
  return isObject(prototype) ? prototype : code.realm.prototype(fallback);
}

export function enterGenerator(code: FunctionCode, env: Env, args: readonly Value[], callee: Obj): Value {
  const generator = Object.create(prototypeOf(code, callee, 'Generator')) as Obj;
  code.realm.generators.set(generator, { fiber: fiberOf(code, env, args), status: 'fresh' });
  return generator;
}

/** `next`, `throw` and `return` of a generator. */
export function* resumeGenerator(realm: Realm, generator: Value, how: Resumption): Steps {
  const state = isObject(generator) ? (realm.generators.get(generator) as GeneratorState | undefined) : undefined;
  if (state === undefined)
    realm.fail('TypeError', `${how.kind} method called on incompatible receiver ${String(generator)}`);
  if (state.status === 'running') realm.fail('TypeError', 'Generator is already running');
  if (state.status === 'fresh' && how.kind !== 'next') state.status = 'done';
  if (state.status === 'done') {
    if (how.kind === 'throw') throw realm.thrown(how.value);
    return iteratorResult(realm, how.kind === 'return' ? how.value : undefined, true);
  }
  state.status = 'running';
  let outcome: Outcome;
  try {
    outcome = yield* driveFiber(state.fiber, () => go(realm, state.fiber, how));
  } catch (error) {
    state.status = 'done';
    throw error;
  }
  state.status = outcome.kind === 'done' ? 'done' : 'suspended';
  return iteratorResult(realm, 'value' in outcome ? outcome.value : undefined, outcome.kind === 'done');
}

function go(realm: Realm, fiber: Fiber, { kind, value }: Resumption): Outcome {
  switch (kind) {
    case 'next':
      return fiber.resume(value);
    case 'throw':
      return fiber.fail(realm.thrown(value));
    case 'return':
      return fiber.fail(new Returning(value));
  }
}

interface AsyncGeneratorState extends GeneratorState {
  /** Requests that wait for those before them. */
  readonly queue: { readonly how: Resumption; readonly promise: Obj }[];
}

export function enterAsyncGenerator(code: FunctionCode, env: Env, args: readonly Value[], callee: Obj): Value {
  const generator = Object.create(prototypeOf(code, callee, 'AsyncGenerator')) as Obj;
  const state: AsyncGeneratorState = { fiber: fiberOf(code, env, args), status: 'fresh', queue: [] };
  code.realm.generators.set(generator, state);
  return generator;
}

/** `next`, `throw` and `return` of an async generator: gives a promise of the result. */
export function* requestOfAsyncGenerator(realm: Realm, generator: Value, how: Resumption): Steps {
  const promise = realm.promises.create();
  const state = isObject(generator) ? (realm.generators.get(generator) as AsyncGeneratorState | undefined) : undefined;
  if (state === undefined) {
    realm.promises.reject(promise, realm.makeError('TypeError', `${how.kind} method called on incompatible receiver`));
    return promise;
  }
  state.queue.push({ how, promise });
  if (state.status !== 'running') yield* serveQueue(realm, state);
  return promise;
}

/** Serves the first request; the next one when that is settled. */
function* serveQueue(realm: Realm, state: AsyncGeneratorState): Generator<Request, void, Value> {
  for (let request = state.queue[0]; request !== undefined && state.status !== 'running'; request = state.queue[0]) {
    const { how, promise } = request;
    if (state.status === 'fresh' && how.kind !== 'next') state.status = 'done';
    if (state.status === 'done') {
      state.queue.shift();
      if (how.kind === 'throw') realm.promises.reject(promise, how.value);
      else realm.promises.resolve(promise, iteratorResult(realm, how.kind === 'return' ? how.value : undefined, true));
      continue;
    }
    state.status = 'running';
    yield* advanceAsyncGenerator(realm, state, () => go(realm, state.fiber, how));
  }
}

function* advanceAsyncGenerator(realm: Realm, state: AsyncGeneratorState, next: () => Outcome): Steps {
  const { promises } = realm;
  let outcome: Outcome;
  try {
    outcome = yield* driveFiber(state.fiber, next);
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    state.status = 'done';
    const request = state.queue.shift();
    if (request !== undefined) promises.reject(request.promise, error.value, error.frame);
    yield* serveQueue(realm, state);
    return undefined;
  }
  if (outcome.kind === 'await') {
    awaitIn(realm, state.fiber, outcome.value, (resume) => advanceAsyncGenerator(realm, state, resume));
    return undefined;
  }
  state.status = outcome.kind === 'done' ? 'done' : 'suspended';
  const request = state.queue.shift();
  if (request !== undefined && 'value' in outcome)
    promises.resolve(request.promise, iteratorResult(realm, outcome.value, outcome.kind === 'done'));
  yield* serveQueue(realm, state);
  return undefined;
}
