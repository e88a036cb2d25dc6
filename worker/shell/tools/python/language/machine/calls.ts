/** Calls: whatever can be called, with arguments by position and by name. */
import {
  BoundMethod,
  Cell,
  FunctionObject,
  Instance,
  NativeFunction,
  TypeObject,
  type Value,
} from '../objects/values.ts';
import { classOf, className } from '../objects/classes.ts';
import { Dict, EMPTY_TUPLE, objectType, Tuple, typeType, WrappedMethod } from '../objects/containers.ts';
import { raised, typeError } from '../objects/exceptions.ts';
import { GenericAlias } from '../objects/generic-alias.ts';
import { bindArguments } from './arguments.ts';
import { GeneratorObject, PythonFrame } from './frames.ts';
import type { Machine } from './machine.ts';
import { call, type Steps } from './steps.ts';

type Keywords = ReadonlyMap<string, Value> | undefined;

/** Calls something. Gives its result, or undefined where a frame was pushed that will deliver it. */
export function invoke(
  machine: Machine,
  callable: Value,
  args: readonly Value[],
  keywords?: Keywords,
): Value | undefined {
  if (callable instanceof FunctionObject) return invokeFunction(machine, callable, args, keywords);
  if (callable instanceof NativeFunction) return invokeNative(machine, callable, args, keywords);
  if (callable instanceof BoundMethod) return invoke(machine, callable.callable, [callable.self, ...args], keywords);
  if (callable instanceof TypeObject) return invokeType(machine, callable, args, keywords);
  if (callable instanceof WrappedMethod) return invoke(machine, callable.callable, args, keywords);
  if (callable instanceof GenericAlias) return invokeType(machine, callable.origin, args, keywords);
  const method = classOf(callable).find('__call__');
  if (method !== undefined) return invoke(machine, method, [callable, ...args], keywords);
  throw typeError(`'${className(callable)}' object is not callable`);
}

/** The frame of a call that has not begun. */
export function frameOf(callable: FunctionObject, args: readonly Value[], keywords?: Keywords): PythonFrame {
  const { code } = callable;
  const locals = bindArguments(callable, args, keywords);
  const { closure } = callable;
  if (code.cellNames.length === 0) return new PythonFrame(code, callable.globals, locals, closure, undefined, callable);
  const cells = [...code.cellNames.map(() => new Cell()), ...closure];
  for (const [slot, cell] of code.cellParameters) cells[cell]!.value = locals[slot];
  return new PythonFrame(code, callable.globals, locals, cells, undefined, callable);
}

function invokeFunction(
  machine: Machine,
  callable: FunctionObject,
  args: readonly Value[],
  keywords: Keywords,
): Value | undefined {
  const frame = frameOf(callable, args, keywords);
  if (callable.code.isGenerator || callable.code.isCoroutine) {
    frame.generator = new GeneratorObject(frame, callable.qualifiedName);
    return frame.generator;
  }
  machine.pushFrame(frame);
  return undefined;
}

function invokeNative(
  machine: Machine,
  callable: NativeFunction,
  args: readonly Value[],
  keywords: Keywords,
): Value | undefined {
  const { parameters, body } = callable;
  const isPlain =
    keywords === undefined &&
    !parameters.rest &&
    !parameters.keywords &&
    args.length >= parameters.required &&
    args.length <= parameters.positional;
  const bound = isPlain ? args : bindNative(callable, args, keywords);
  if (body.kind === 'plain') return body.run(bound, machine);
  machine.pushSteps(body.run(bound, machine));
  return undefined;
}

function bindNative(callable: NativeFunction, args: readonly Value[], keywords: Keywords): readonly Value[] {
  const { names, required, positional, positionalOnly, rest, keywords: takesKeywords } = callable.parameters;
  const own = callable.owner === undefined ? 0 : 1;
  const shown = callable.owner === undefined ? callable.name : `${callable.owner.name}.${callable.name}`;
  const given = args.length - own;
  if (args.length > positional && !rest) {
    const limit = positional - own;
    throw typeError(
      limit === 0
        ? `${shown}() takes no arguments (${given} given)`
        : required - own === limit
          ? `${shown}() takes exactly ${limit === 1 ? 'one argument' : `${limit} arguments`} (${given} given)`
          : `${callable.name} expected at most ${limit} argument${limit === 1 ? '' : 's'}, got ${given}`,
    );
  }
  const bound: (Value | undefined)[] = names.map((_, index) => (index < positional ? args[index] : undefined));
  const further = new Dict();
  for (const [name, value] of keywords ?? []) {
    const index = names.indexOf(name);
    if (index >= positionalOnly) bound[index] = value;
    else if (takesKeywords) further.set(name, value);
    else if (names.length === own) throw typeError(`${shown}() takes no keyword arguments`);
    else throw typeError(`'${name}' is an invalid keyword argument for ${callable.name}()`);
  }
  const missing = names.findIndex((_, index) => index < required && bound[index] === undefined);
  if (missing !== -1)
    throw typeError(
      required - own === positional - own
        ? `${shown}() takes exactly ${required - own === 1 ? 'one argument' : `${required - own} arguments`} (${given} given)`
        : `${callable.name} expected at least ${required - own} argument${required - own === 1 ? '' : 's'}, got ${given}`,
    );
  // what was left out is undefined, which the body's own defaults take the place of
  const all = bound as Value[];
  if (rest) all.push(args.length > positional ? new Tuple(args.slice(positional)) : EMPTY_TUPLE);
  if (takesKeywords) all.push(further);
  return all;
}

function invokeType(machine: Machine, type: TypeObject, args: readonly Value[], keywords: Keywords): Value | undefined {
  if (type === typeType && args.length === 1) return classOf(args[0]!);
  const metaCall = type.cls === typeType ? undefined : type.cls.find('__call__');
  if (metaCall instanceof FunctionObject) return invoke(machine, metaCall, [type, ...args], keywords);
  return construct(machine, type, args, keywords);
}

/** Makes an instance of a class: `__new__`, then `__init__`. */
export function construct(
  machine: Machine,
  type: TypeObject,
  args: readonly Value[],
  keywords: Keywords,
): Value | undefined {
  const make = type.find('__new__')!;
  const initialise = type.find('__init__')!;
  if (make === objectType.attributes.get('__new__') && type.isUser) {
    checkAbstract(type);
    const instance = new Instance(type);
    if (initialise instanceof FunctionObject) {
      const frame = frameOf(initialise, [instance, ...args], keywords);
      frame.result = instance;
      machine.pushFrame(frame);
      return undefined;
    }
    if (initialise === objectType.attributes.get('__init__')) {
      if (args.length > 0 || (keywords?.size ?? 0) > 0) throw typeError(`${type.name}() takes no arguments`);
      return instance;
    }
  }
  if (!type.isUser) return invoke(machine, make, [type, ...args], keywords);
  machine.pushSteps(constructed(make, initialise, type, args, keywords));
  return undefined;
}

function* constructed(
  make: Value,
  initialise: Value,
  type: TypeObject,
  args: readonly Value[],
  keywords: Keywords,
): Steps<Value> {
  checkAbstract(type);
  const isPlain = make === objectType.attributes.get('__new__');
  const instance = isPlain ? new Instance(type) : yield* call(make, [type, ...args], keywords);
  const isNative = initialise instanceof NativeFunction && !isPlain;
  if (!isNative && classOf(instance).isSubclassOf(type)) yield* call(initialise, [instance, ...args], keywords);
  return instance;
}

/** A class with methods that are only promised (`abc`) has no instances. */
function checkAbstract(type: TypeObject): void {
  const abstract = type.find('__abstractmethods__');
  if (!(abstract instanceof Tuple) || abstract.items.length === 0) return;
  const names = abstract.items.map(String);
  const list = names.join(', ');
  throw raised(
    'TypeError',
    `Can't instantiate abstract class ${type.name} with abstract method${names.length === 1 ? '' : 's'} ${list}`,
  );
}
