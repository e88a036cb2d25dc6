/** Instructions for jumps, the stack, exceptions and contexts. */
import type { Instruction } from '../../compile/code.ts';
import { classOf, className } from '../../objects/classes.ts';
import { Tuple } from '../../objects/containers.ts';
import { baseExceptionType, ExceptionObject, Raised, raised, typeError } from '../../objects/exceptions.ts';
import { TypeObject, type Value } from '../../objects/values.ts';
import { lookUp, tracebackOf } from '../attributes.ts';
import type { Machine } from '../machine.ts';
import { call } from '../steps.ts';
import { truth } from '../truth.ts';

export const pop: Instruction = (frame) => {
  frame.stack.pop();
};

export const duplicate: Instruction = (frame) => {
  frame.stack.push(frame.stack.at(-1)!);
};

/** Copies the two on top. */
export const duplicateTwo: Instruction = (frame) => {
  frame.stack.push(frame.stack.at(-2)!, frame.stack.at(-1)!);
};

/** Swaps the two on top. */
export const swap: Instruction = (frame) => {
  const { stack } = frame;
  const top = stack.pop()!;
  const below = stack.pop()!;
  stack.push(top, below);
};

/** Puts the top below the two under it. */
export const rotateThree: Instruction = (frame) => {
  const { stack } = frame;
  const top = stack.pop()!;
  stack.splice(stack.length - 2, 0, top);
};

export const jump: Instruction = (frame, argument) => {
  frame.at = argument;
};

/** A jump back: time for others to be let in. */
export const jumpBack: Instruction = (frame, argument, machine) => {
  frame.at = argument;
  machine.tick();
};

export const jumpIfFalse: Instruction = (frame, argument, machine) => {
  const value = frame.stack.pop()!;
  if (value === false || (value !== true && !truth(value, machine))) frame.at = argument;
};

export const jumpIfTrue: Instruction = (frame, argument, machine) => {
  const value = frame.stack.pop()!;
  if (value === true || (value !== false && truth(value, machine))) frame.at = argument;
};

/** For `and`: keeps a false top and jumps, or drops it. */
export const jumpIfFalseOrPop: Instruction = (frame, argument, machine) => {
  if (truth(frame.stack.at(-1)!, machine)) frame.stack.pop();
  else frame.at = argument;
};

/** For `or`. */
export const jumpIfTrueOrPop: Instruction = (frame, argument, machine) => {
  if (truth(frame.stack.at(-1)!, machine)) frame.at = argument;
  else frame.stack.pop();
};

export const setupTry: Instruction = (frame, argument) => {
  frame.blocks.push({
    handler: argument,
    depth: frame.stack.length,
    handling: frame.handling.length,
    exits: frame.exits.length,
  });
};

/** The same below what a context gave, which is still on the stack. */
export const setupWith: Instruction = (frame, argument) => {
  frame.blocks.push({
    handler: argument,
    depth: frame.stack.length - 1,
    handling: frame.handling.length,
    exits: frame.exits.length,
  });
};

export const popBlock: Instruction = (frame) => {
  frame.blocks.pop();
};

export const popException: Instruction = (frame) => {
  frame.handling.pop();
};

export const loadException: Instruction = (frame) => {
  frame.stack.push(frame.handling.at(-1)!);
};

/** Jumps unless the exception is one of those on top. */
export const matchException: Instruction = (frame, argument) => {
  const wanted = frame.stack.pop()!;
  const exception = frame.handling.at(-1)!;
  const types = wanted instanceof Tuple ? wanted.items : [wanted];
  const isMatch = types.some((type) => {
    if (!(type instanceof TypeObject) || !type.isSubclassOf(baseExceptionType))
      throw typeError('catching classes that do not inherit from BaseException is not allowed');
    return exception.cls.isSubclassOf(type);
  });
  if (!isMatch) frame.at = argument;
};

export const reraise: Instruction = (frame) => {
  throw new Raised(frame.handling.at(-1)!, true);
};

/** `raise`: with nothing, an exception, or (2) an exception and its cause. */
export const raise: Instruction = (frame, argument, machine) => {
  if (argument === 0) {
    const current = machine.handled;
    if (current === undefined) throw raised('RuntimeError', 'No active exception to reraise');
    throw new Raised(current, true);
  }
  const cause = argument === 2 ? frame.stack.pop()! : undefined;
  const value = frame.stack.pop()!;
  if (value instanceof TypeObject && value.isSubclassOf(baseExceptionType)) {
    machine.pushSteps(
      (function* () {
        throw prepared(yield* call(value), cause, machine);
      })(),
    );
    return;
  }
  throw prepared(value, cause, machine);
};

function prepared(value: Value, cause: Value | undefined, machine: Machine): Raised {
  if (!(value instanceof ExceptionObject)) throw typeError('exceptions must derive from BaseException');
  if (cause !== undefined) {
    value.cause = cause instanceof TypeObject ? machine.callNow(cause) : cause;
    value.suppressesContext = true;
  }
  const context = machine.handled;
  if (context !== value && context !== undefined) value.context = context;
  return new Raised(value);
}

/** Enters a context: remembers its `__exit__`, leaves what `__enter__` gives. 1: an asynchronous one, whose result is awaited. */
export const enterContext: Instruction = (frame, argument, machine) => {
  const context = frame.stack.pop()!;
  const [enter, exit] = argument === 0 ? ['__enter__', '__exit__'] : ['__aenter__', '__aexit__'];
  const type = classOf(context);
  const protocol = argument === 0 ? 'context manager' : 'asynchronous context manager';
  if (type.find(enter) === undefined)
    throw typeError(`'${className(context)}' object does not support the ${protocol} protocol`);
  if (type.find(exit) === undefined)
    throw typeError(`'${className(context)}' object does not support the ${protocol} protocol (missed ${exit} method)`);
  machine.pushSteps(
    (function* () {
      const leave = (yield* lookUp(context, exit)) ?? null;
      const begin = (yield* lookUp(context, enter)) ?? null;
      const result = yield* call(begin);
      frame.exits.push(leave);
      return result;
    })(),
  );
};

/** Leaves a context without an exception. */
export const exitContext: Instruction = (frame, _argument, machine) => {
  machine.pushSteps(call(frame.exits.pop()!, [null, null, null]));
};

/** Leaves a context with the exception that is handled. */
export const exitWithException: Instruction = (frame, _argument, machine) => {
  const exception = frame.handling.at(-1)!;
  machine.pushSteps(call(frame.exits.pop()!, [exception.cls, exception, tracebackOf(exception.traceback)]));
};

/** Fails an assertion, with a message where one is on top. */
export const failAssertion: Instruction = (frame, argument) => {
  throw argument === 0 ? raised('AssertionError') : raised('AssertionError', frame.stack.pop()!);
};
