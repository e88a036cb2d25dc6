/**
 * Functions of Strata's own that call back into the program: generators which hand the machine what they need (a call, the next
 * item of an iterator, something to wait for) and are given its result. So they can be stopped, and wait, like the program itself.
 */
import { Iterator, StepIterator } from './iterators.ts';
import type { GeneratorObject, PythonFrame } from './frames.ts';
import type { Value } from '../objects/values.ts';

/** Asks for the result of a call. */
export class Call {
  readonly callable: Value;
  readonly args: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value> | undefined;

  constructor(callable: Value, args: readonly Value[], keywords?: ReadonlyMap<string, Value>) {
    this.callable = callable;
    this.args = args;
    this.keywords = keywords;
  }
}

/** Asks for the next item of an iterator; undefined when there is none. */
export class Next {
  readonly iterator: Value;

  constructor(iterator: Value) {
    this.iterator = iterator;
  }
}

/** Asks to wait for something outside: input, time, another process. */
export class Wait {
  readonly promise: Promise<unknown>;

  constructor(promise: Promise<unknown>) {
    this.promise = promise;
  }
}

/** Asks to let a generator go on with a value, and for what it yields. */
export class Send {
  readonly generator: GeneratorObject;
  readonly value: Value;

  constructor(generator: GeneratorObject, value: Value) {
    this.generator = generator;
    this.value = value;
  }
}

/** Asks to run a frame that is made already, and for its result. */
export class Run {
  readonly frame: PythonFrame;

  constructor(frame: PythonFrame) {
    this.frame = frame;
  }
}

/** Lets the machine look whether it must pause. */
export const CHECKPOINT = Symbol('checkpoint');

export type Asked = Call | Next | Run | Send | Wait | typeof CHECKPOINT;
export type Steps<T> = Generator<Asked, T, unknown>;

/** Calls something with arguments. */
export function* call(
  callable: Value,
  args: readonly Value[] = [],
  keywords?: ReadonlyMap<string, Value>,
): Steps<Value> {
  return (yield new Call(callable, args, keywords)) as Value;
}

/** What a wait ended with, where it failed. */
export class Failure {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

/** Waits for a promise; throws what it is rejected with. */
export function* wait<T>(promise: Promise<T> | T): Steps<T> {
  if (!(promise instanceof Promise)) return promise;
  const result = yield new Wait(promise);
  if (result instanceof Failure) throw result.error;
  return result as T;
}

/** The next item; undefined at the end. */
export function* next(iterator: Value): Steps<Value | undefined> {
  if (iterator instanceof Iterator) return iterator.next();
  if (iterator instanceof StepIterator) return yield* iterator.next();
  return (yield new Next(iterator)) as Value | undefined;
}
