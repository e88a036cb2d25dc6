/** Instructions of `match`. */
import type { Instruction } from '../../compile/code.ts';
import { isInstance } from '../../objects/classes.ts';
import { Dict, List, Range, Tuple } from '../../objects/containers.ts';
import { typeError } from '../../objects/exceptions.ts';
import { TypeObject } from '../../objects/values.ts';
import { findAttribute, getAttribute } from '../attributes.ts';
import { lengthOf } from '../truth.ts';

function isSequence(value: unknown): value is List | Tuple | Range {
  return value instanceof List || value instanceof Tuple || value instanceof Range;
}

/** Whether the top is a sequence of so many items. */
export const isSequenceOf: Instruction = (frame, argument, machine) => {
  const value = frame.stack.pop()!;
  frame.stack.push(isSequence(value) && lengthOf(value, machine) === argument);
};

/** Whether it is one of at least so many. */
export const isSequenceFrom: Instruction = (frame, argument, machine) => {
  const value = frame.stack.pop()!;
  frame.stack.push(isSequence(value) && (lengthOf(value, machine) ?? 0) >= argument);
};

/** The items of a starred pattern: its index is on top, below the sequence; so many belong to the others. */
export const starredItems: Instruction = (frame, argument) => {
  const index = Number(frame.stack.pop());
  const value = frame.stack.pop()!;
  const items = value instanceof List || value instanceof Tuple ? value.items : [];
  frame.stack.push(new List(items.slice(index, items.length - (argument - index))));
};

export const isMapping: Instruction = (frame) => {
  frame.stack.push(frame.stack.pop() instanceof Dict);
};

/** What a dict holds besides so many keys on top of it. */
export const mappingRest: Instruction = (frame, argument) => {
  const keys = frame.stack.splice(frame.stack.length - argument, argument);
  const source = frame.stack.pop();
  const rest = new Dict();
  if (source instanceof Dict) for (const { key, value } of source.entries.values()) rest.set(key, value);
  for (const key of keys) rest.delete(key);
  frame.stack.push(rest);
};

export const isInstanceOf: Instruction = (frame) => {
  const type = frame.stack.pop()!;
  const value = frame.stack.pop()!;
  if (!(type instanceof TypeObject)) throw typeError('called match pattern must be a class');
  frame.stack.push(isInstance(value, type));
};

export const hasPart: Instruction = (frame, argument) => {
  frame.stack.push(findAttribute(frame.stack.pop()!, frame.code.names[argument]!) !== undefined);
};

/** The attribute that `__match_args__` of the class on top names; Python's own classes match as a whole. */
export const positionalPart: Instruction = (frame, argument, machine) => {
  const type = frame.stack.pop() as TypeObject;
  const value = frame.stack.pop()!;
  const args = type.find('__match_args__');
  const name = args instanceof Tuple ? args.items[argument] : undefined;
  if (typeof name === 'string') {
    machine.pushSteps(getAttribute(value, name));
    return;
  }
  if (type.isUser || argument > 0)
    throw typeError(`${type.name}() accepts 0 positional sub-patterns (${argument + 1} given)`);
  frame.stack.push(value);
};
