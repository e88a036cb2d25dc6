/** Instructions for calls, and for making functions and classes. */
import { nameText } from '../../objects/classes.ts';
import type { Instruction } from '../../compile/code.ts';
import { className, textOf } from '../../objects/classes.ts';
import { Dict, functionType, List, moduleType, Tuple } from '../../objects/containers.ts';
import { typeError } from '../../objects/exceptions.ts';
import { Cell, FunctionObject, ModuleObject, type Value } from '../../objects/values.ts';
import { invoke } from '../calls.ts';
import { importFrom, importModule, importStar } from '../importing.ts';
import { buildClass } from '../class-building.ts';
import { toArray } from '../iteration.ts';
import { NO_SELF } from './names.ts';

/** Calls with so many arguments by position. */
export const callFunction: Instruction = (frame, argument, machine) => {
  const { stack } = frame;
  const args = argument === 0 ? [] : stack.splice(stack.length - argument, argument);
  const callable = stack.pop()!;
  const result = invoke(machine, callable, args);
  if (result !== undefined) stack.push(result);
};

/** Calls what `loadMethod` found. */
export const callMethod: Instruction = (frame, argument, machine) => {
  const { stack } = frame;
  const args = stack.splice(stack.length - argument, argument);
  const callable = stack.pop()!;
  const self = stack.pop()!;
  if (self !== NO_SELF) args.unshift(self);
  const result = invoke(machine, callable, args);
  if (result !== undefined) stack.push(result);
};

/** Calls with so many arguments, the last of them by the names of the tuple on top. */
export const callWithNames: Instruction = (frame, argument, machine) => {
  const { stack } = frame;
  const names = stack.pop() as Tuple;
  const args = stack.splice(stack.length - argument, argument);
  const callable = stack.pop()!;
  const keywords = new Map<string, Value>();
  const first = argument - names.items.length;
  names.items.forEach((name, index) => keywords.set(nameText(name), args[first + index]!));
  const result = invoke(machine, callable, args.slice(0, first), keywords);
  if (result !== undefined) stack.push(result);
};

/** Calls with a list of arguments and a dict of named ones. */
export const callUnpacked: Instruction = (frame, _argument, machine) => {
  const { stack } = frame;
  const named = stack.pop() as Dict;
  const args = stack.pop() as List;
  const callable = stack.pop()!;
  const keywords = new Map<string, Value>();
  for (const { key, value } of named.entries.values()) {
    const name = textOf(key);
    if (name === undefined) throw typeError('keywords must be strings');
    keywords.set(name, value);
  }
  const result = invoke(machine, callable, args.items, keywords.size === 0 ? undefined : keywords);
  if (result !== undefined) stack.push(result);
};

/** Adds the items of the top to the arguments below it. */
export const extendArguments: Instruction = (frame, _argument, machine) => {
  const source = frame.stack.pop()!;
  const args = frame.stack.pop()!;
  machine.pushSteps(
    (function* () {
      if (args instanceof List) for (const item of yield* toArray(source, machine)) args.items.push(item);
      return args;
    })(),
  );
};

/** Makes a function of inner code; below it are its defaults, those of keyword-only parameters, and the cells it shares. */
export const makeFunction: Instruction = (frame, argument) => {
  const code = frame.code.inner[argument]!;
  const annotations = frame.stack.pop()!;
  const keywordDefaults = frame.stack.pop() as Dict;
  const defaults = frame.stack.pop() as Tuple;
  const closure = code.freeNames.map((name) => cellOf(frame, name));
  const named = new Map([...keywordDefaults.entries.values()].map(({ key, value }) => [nameText(key), value]));
  const made = new FunctionObject(functionType, code, frame.globals, defaults.items, named, closure);
  if (annotations instanceof Dict && annotations.size > 0) made.attributes.set('__annotations__', annotations);
  frame.stack.push(made);
};

function cellOf(frame: Parameters<Instruction>[0], name: string): Cell {
  const { cellNames, freeNames } = frame.code;
  const own = cellNames.indexOf(name);
  return frame.cells[own === -1 ? cellNames.length + freeNames.indexOf(name) : own] ?? new Cell();
}

/** Makes a class: below are the function of its body, its name, a list of bases and a dict of keywords. */
export const makeClass: Instruction = (frame, _argument, machine) => {
  const keywords = frame.stack.pop() as Dict;
  const bases = frame.stack.pop() as List;
  const body = frame.stack.pop() as FunctionObject;
  machine.pushSteps(buildClass(body, bases.items, keywords));
};

/** Imports the module of a dotted name, and leaves the first of its packages. */
export const importName: Instruction = (frame, argument, machine) => {
  const level = Number(frame.stack.pop());
  machine.pushSteps(importModule(frame.code.names[argument]!, level, frame.globals, machine, 'first'));
};

/** The same, but leaves the module itself. The level of its leading dots is on top. */
export const importPackage: Instruction = (frame, argument, machine) => {
  const level = Number(frame.stack.pop());
  machine.pushSteps(importModule(frame.code.names[argument]!, level, frame.globals, machine, 'last'));
};

/** Leaves what is known of the annotations of a class or module. */
export const loadAnnotations: Instruction = (frame) => {
  const namespace = frame.namespace ?? frame.globals;
  const known = namespace.get('__annotations__');
  const annotations = known instanceof Dict ? known : new Dict();
  namespace.set('__annotations__', annotations);
  frame.stack.push(annotations);
};

/** Takes a name out of the module on top, which stays. */
export const importNameFrom: Instruction = (frame, argument, machine) => {
  const module = frame.stack.at(-1)!;
  machine.pushSteps(importFrom(module, frame.code.names[argument]!, machine));
};

/** Takes all names out of the module on top. */
export const importAll: Instruction = (frame) => {
  const module = frame.stack.pop()!;
  if (!(module instanceof ModuleObject) || module.cls !== moduleType)
    throw typeError(`cannot import names of ${className(module)}`);
  importStar(module, frame.namespace ?? frame.globals);
};
