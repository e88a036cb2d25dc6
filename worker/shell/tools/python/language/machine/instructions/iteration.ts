/** Instructions for loops, generators, and taking sequences apart. */
import type { Instruction } from '../../compile/code.ts';
import { className, classOf } from '../../objects/classes.ts';
import { List, Tuple } from '../../objects/containers.ts';
import { typeError, valueError } from '../../objects/exceptions.ts';
import type { Value } from '../../objects/values.ts';
import { GeneratorObject } from '../frames.ts';
import { Iterator } from '../iterators.ts';
import { builtinIterator, customIterator, iteratorOf, toArray } from '../iteration.ts';

/** Makes the top an iterator. */
export const getIterator: Instruction = (frame, _argument, machine) => {
  const value = frame.stack.pop()!;
  const iterator = customIterator(value) === undefined ? builtinIterator(value) : undefined;
  if (iterator === undefined) machine.pushSteps(iteratorOf(value));
  else frame.stack.push(iterator);
};

/** Puts the next item on top of the iterator; at the end drops it and jumps. */
export const forIteration: Instruction = (frame, argument, machine) => {
  const iterator = frame.stack.at(-1)!;
  if (!(iterator instanceof Iterator)) {
    machine.advance(iterator);
    return;
  }
  const item = iterator.next();
  if (item === undefined) {
    frame.stack.pop();
    frame.at = argument;
  } else frame.stack.push(item);
};

/** `yield from` and `await`: hands what was sent to the iterator below; at its end puts its result in its place, and jumps. */
export const delegation: Instruction = (frame, _argument, machine) => {
  const sent = frame.stack.pop()!;
  const iterator = frame.stack.at(-1)!;
  if (iterator instanceof GeneratorObject) machine.resumeGenerator(iterator, sent);
  else machine.advance(iterator);
};

/** What `await` waits for: a coroutine, or what `__await__` gives. */
export const getAwaitable: Instruction = (frame, _argument, machine) => {
  const value = frame.stack.at(-1)!;
  if (value instanceof GeneratorObject) return;
  const method = classOf(value).find('__await__');
  if (method === undefined) throw typeError(`object ${className(value)} can't be used in 'await' expression`);
  frame.stack.pop();
  machine.pushSteps(
    (function* () {
      return yield* iteratorOf(machine.callNow(method, [value]));
    })(),
  );
};

export const yieldValue: Instruction = (frame, _argument, machine) => {
  machine.suspend(frame.stack.pop()!);
};

export const returnValue: Instruction = (frame, _argument, machine) => {
  machine.leave(frame.stack.pop()!);
};

/** Lays the items of the top out so that the first is on top. */
export const unpack: Instruction = (frame, argument, machine) => {
  const value = frame.stack.pop()!;
  if (!(value instanceof Tuple) && !(value instanceof List)) {
    unpackAny(frame, value, machine);
    return;
  }
  const { items } = value;
  if (items.length !== argument)
    throw valueError(
      items.length > argument
        ? `too many values to unpack (expected ${argument})`
        : `not enough values to unpack (expected ${argument}, got ${items.length})`,
    );
  for (let at = argument - 1; at >= 0; at--) frame.stack.push(items[at]!);
};

/** Makes a tuple of any iterable, with which the instruction is begun anew. */
const unpackAny = (frame: Parameters<Instruction>[0], value: Value, machine: Parameters<Instruction>[2]): void => {
  if (
    customIterator(value) === undefined &&
    builtinIterator(value) === undefined &&
    !(value !== null && typeof value === 'object' && value.cls.find('__iter__') !== undefined)
  )
    throw typeError(`cannot unpack non-iterable ${className(value)} object`);
  frame.at--;
  machine.pushSteps(
    (function* () {
      return new Tuple(yield* toArray(value, machine));
    })(),
  );
};

/** The same with a starred target: so many before it, and (times 256) behind it. */
export const unpackStarred: Instruction = (frame, argument, machine) => {
  const value = frame.stack.pop()!;
  if (!(value instanceof Tuple) && !(value instanceof List)) {
    unpackAny(frame, value, machine);
    return;
  }
  const { items } = value;
  const before = argument & 0xff;
  const after = argument >> 8;
  if (items.length < before + after)
    throw valueError(`not enough values to unpack (expected at least ${before + after}, got ${items.length})`);
  const end = items.length - after;
  const laid: Value[] = [...items.slice(0, before), new List(items.slice(before, end)), ...items.slice(end)];
  for (const item of laid.reverse()) frame.stack.push(item);
};
