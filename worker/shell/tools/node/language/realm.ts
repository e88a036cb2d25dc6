/**
 * The builtin objects of one program. Its objects are the host's, with prototypes of its own: none of them leads to an object of the
 * worker, whatever the program does with `constructor`, `__proto__` or the prototypes themselves. Whatever a builtin of the host gives
 * goes through {@link Realm.adopt}, which puts the program's prototypes in the place of the host's.
 */
import {
  callableOf,
  hostShell,
  isFunction,
  isObject,
  markCallable,
  type Callable,
  type HostFunction,
  type Obj,
} from './callable.ts';
import { belowConstructors, captureStack } from './stack-trace.ts';
import { Promises } from './promises.ts';
import { Fiber, Machine, Returning, SUSPENDED, Thrown, type Steps, type Value, type Callee } from './machine.ts';

/** A builtin that is done at once. */
export type Native = (self: Value, args: readonly Value[], newTarget: Value) => Value;
/** A builtin that calls functions of the program, or waits. */
export type SteppedNative = (self: Value, args: readonly Value[], newTarget: Value) => Steps;

type NativeEntry = readonly [length: number, run: Native];

export type ErrorName =
  'Error' | 'TypeError' | 'RangeError' | 'ReferenceError' | 'SyntaxError' | 'URIError' | 'EvalError';

/** Slices that a call may take which the host's builtins make and so cannot be stopped within: about 50 ms. */
const MAX_NESTED_SLICES = 2000;

/** Steps that may be owed until the end of a slice; more are counted at once. */
const MAX_CHARGE = 1000;

export interface RealmHooks {
  /** Counts steps; throws where the process was killed. */
  readonly count: (steps: number) => void;
  /** Ends the program because a call that cannot be interrupted took too long. */
  readonly exhausted: () => never;
}

export class Realm {
  readonly machine: Machine;
  /** Prototypes by the name of their constructor, and of objects that have no constructor (`ArrayIterator`). */
  readonly prototypes = new Map<string, Obj>();
  readonly global: Obj;
  /** Errors of the program, and how they look in a stack trace. */
  readonly errors = new WeakSet();
  /** Where each error was made. */
  readonly errorSites = new WeakMap<object, { readonly callee: Callee; readonly site: number }>();
  /** Builtin methods that iterate (of maps and sets), with the host's way to do it. */
  readonly quickIterators = new Map<Value, (self: Value) => Iterator<Value>>();
  /** The state of each generator; see coroutines.ts. */
  readonly generators = new WeakMap<object, unknown>();
  /** The iterators that those of builtins stand for. */
  readonly hostIterators = new WeakMap<object, Iterator<Value>>();
  /** What each proxy stands before, for `util.inspect`. */
  readonly proxies = new WeakMap<object, { readonly target: Obj; readonly handler: Obj }>();
  readonly promises = new Promises(this);
  readonly #hooks: RealmHooks;
  readonly #adopted = new Map<Value, Obj>();
  readonly objectPrototype: Obj = Object.create(null) as Obj;
  readonly functionPrototype: Obj;
  readonly arrayPrototype: Obj;
  readonly stringPrototype: Obj;
  readonly numberPrototype: Obj;

  constructor(hooks: RealmHooks) {
    this.#hooks = hooks;
    this.machine = new Machine((error) => this.#adoptError(error));
    this.prototypes.set('Object', this.objectPrototype);
    const shell = hostShell(false, () => undefined);
    this.functionPrototype = shell as unknown as Obj;
    Object.setPrototypeOf(shell, this.objectPrototype);
    markCallable(shell, { call: () => undefined, constructs: false });
    this.prototypes.set('Function', this.functionPrototype);
    const arrayPrototype: Value[] = [];
    Object.setPrototypeOf(arrayPrototype, this.objectPrototype);
    this.arrayPrototype = arrayPrototype as unknown as Obj;
    this.prototypes.set('Array', this.arrayPrototype);
    this.stringPrototype = this.prototype('String');
    this.numberPrototype = this.prototype('Number');
    this.global = this.object();
    for (const [host, name] of HOST_PROTOTYPES) this.#adopted.set(host, this.prototype(name));
  }

  /** The prototype of this name, made when it is first asked for. */
  prototype(name: string, parent: Obj = this.objectPrototype): Obj {
    const known = this.prototypes.get(name);
    if (known !== undefined) return known;
    const made = Object.create(parent) as Obj;
    this.prototypes.set(name, made);
    return made;
  }

  object(fields: Readonly<Record<string, Value>> = {}): Obj {
    return Object.assign(Object.create(this.objectPrototype) as Obj, fields);
  }

  /** Makes an array of the program of one that nobody else uses. */
  array(values: Value[]): Value[] {
    return Object.setPrototypeOf(values, this.arrayPrototype) as Value[];
  }

  /** An iterator of the program over one of the host. */
  wrapIterator(iterator: Iterator<Value>, kind: string): Obj {
    const made = Object.create(this.prototype(kind)) as Obj;
    this.hostIterators.set(made, iterator);
    return made;
  }

  /** A value as an object: text and numbers in one of the program's own. */
  box(value: Value): Obj {
    if (isObject(value)) return value;
    if (value === undefined || value === null) this.fail('TypeError', 'Cannot convert undefined or null to object');
    const kind = typeof value;
    return Object.setPrototypeOf(
      Object(value),
      this.prototype(kind === 'bigint' ? 'BigInt' : kind.charAt(0).toUpperCase() + kind.slice(1)),
    ) as Obj;
  }

  /** What `arguments` is. */
  argumentsObject(args: readonly Value[]): Obj {
    const made = this.object({ ...args });
    define(made, 'length', args.length);
    define(made, Symbol.iterator, this.arrayPrototype['values']);
    define(made, Symbol.toStringTag, 'Arguments');
    return made;
  }

  /** The object with the program's prototype in place of the host's; arrays with all they hold. */
  adopt(value: Value): Value {
    if (!isObject(value)) return value;
    const prototype = this.#adopted.get(Object.getPrototypeOf(value));
    if (prototype === undefined) return value;
    Object.setPrototypeOf(value, prototype);
    if (Array.isArray(value)) for (const one of value) this.adopt(one);
    return value;
  }

  /** Makes a function of what it does. */
  createFunction(
    name: PropertyKey,
    length: number,
    callable: Callable,
    prototype = this.functionPrototype,
  ): HostFunction {
    const shell = hostShell(callable.constructs, (self, args, newTarget) =>
      this.callFromHost(shell as unknown as Obj, callable, self, args, newTarget),
    );
    markCallable(shell, callable);
    Object.setPrototypeOf(shell, prototype);
    Object.defineProperty(shell, 'length', { value: length, configurable: true });
    Object.defineProperty(shell, 'name', { value: functionName(name), configurable: true });
    return shell;
  }

  native(name: PropertyKey, length: number, run: Native): HostFunction {
    return this.createFunction(name, length, {
      constructs: false,
      call: (self, args) => this.adopt(run(self, args, undefined)),
    });
  }

  stepped(name: PropertyKey, length: number, run: SteppedNative): HostFunction {
    return this.createFunction(name, length, {
      constructs: false,
      call: (self, args) => this.machine.suspend(run(self, args, undefined)),
    });
  }

  /** A constructor with its prototype, known to the global object unless it is not to be. */
  constructorOf(
    name: string,
    length: number,
    run: Native | SteppedNative,
    options: ConstructorOptions = {},
  ): HostFunction {
    const { prototype = this.prototype(name), parent, isStepped = false, isGlobal = true } = options;
    const made = this.createFunction(
      name,
      length,
      {
        constructs: true,
        call: (self, args, newTarget) => {
          const result = run(self, args, newTarget);
          return isStepped ? this.machine.suspend(result as Steps) : result;
        },
      },
      parent,
    );
    Object.defineProperty(made, 'prototype', { value: prototype });
    define(prototype, 'constructor', made);
    if (isGlobal) define(this.global, name, made);
    return made;
  }

  /** Defines builtins on an object. */
  natives<T extends Readonly<Record<keyof T, NativeEntry>>>(target: object, natives: T): void {
    for (const [name, [length, run]] of Object.entries<NativeEntry>(natives))
      define(target, name, this.native(name, length, run));
  }

  steppedNatives(
    target: object,
    natives: Readonly<Record<string, readonly [length: number, run: SteppedNative]>>,
  ): void {
    for (const [name, [length, run]] of Object.entries(natives)) define(target, name, this.stepped(name, length, run));
  }

  getters(target: object, getters: Readonly<Record<PropertyKey, (self: Value) => Value>>): void {
    for (const name of Reflect.ownKeys(getters)) {
      const read = getters[name as string];
      if (read === undefined) continue;
      const get = this.native(`get ${functionName(name)}`, 0, (self) => read(self));
      Object.defineProperty(target, name, { get, configurable: true });
    }
  }

  /** The prototype of an object that is constructed: the new target's own, where that is a class of the program. */
  prototypeFor(newTarget: Value, name: string): Obj {
    const own = isObject(newTarget) ? newTarget['prototype'] : undefined;
    return isObject(own) ? own : this.prototype(name);
  }

  /** An error of the program, with the stack of this moment. */
  makeError(name: ErrorName, message: string, fields: Readonly<Record<string, Value>> = {}): Obj {
    const error = Object.create(this.prototype(name)) as Obj;
    this.errors.add(error);
    define(error, 'message', message);
    Object.assign(error, fields);
    this.captureStack(error);
    return error;
  }

  /** Notes the stack of this moment in an error; the constructors of its class are no part of it. */
  captureStack(error: Obj, skipsConstructors = false): void {
    const { frame } = this.machine;
    const from = skipsConstructors ? belowConstructors(frame) : frame;
    define(error, 'stack', captureStack(error, from));
    if (from !== undefined) this.errorSites.set(error, { callee: from.callee, site: from.site });
  }

  /** Throws an error of the program. */
  fail(name: ErrorName, message: string, fields?: Readonly<Record<string, Value>>): never {
    throw this.thrown(this.makeError(name, message, fields));
  }

  thrown(value: Value): Thrown {
    return new Thrown(value, this.machine.frame);
  }

  /** Calls a function of the program. Gives a value or SUSPENDED. */
  invoke(callee: Value, self: Value, args: Value[], described?: string): Value {
    const callable = callableOf(callee);
    if (callable !== undefined) return callable.call(self, args, undefined, callee as Obj);
    if (isFunction(callee)) return Reflect.apply(callee, self, args);
    return this.fail('TypeError', `${described ?? describeValue(callee)} is not a function`);
  }

  /** The same for a builtin, which waits for the value. */
  *call(callee: Value, self: Value, args: Value[]): Steps {
    const value = this.invoke(callee, self, args);
    return value === SUSPENDED ? yield this.machine.take() : value;
  }

  construct(callee: Value, args: Value[], newTarget: Value = callee, described?: string): Value {
    const callable = callableOf(callee);
    if (callable?.constructs === true) return callable.call(undefined, args, newTarget, callee as Obj);
    if (callable === undefined && isFunction(callee)) return Reflect.construct(callee, args) as Value;
    return this.fail('TypeError', `${described ?? describeValue(callee)} is not a constructor`);
  }

  /** Counts the work of a builtin that goes through much at once. */
  charge(steps: number): void {
    this.machine.fuel -= Math.min(steps, MAX_CHARGE);
    if (steps > MAX_CHARGE) this.#hooks.count(steps);
  }

  /** Runs a call that a builtin of the host makes (a getter, `toString`) to its end. */
  callFromHost(callee: Obj, callable: Callable, self: Value, args: Value[], newTarget?: Value): Value {
    const { machine } = this;
    const value = callable.call(self, args, newTarget, callee);
    return value === SUSPENDED ? this.finishNow(new Fiber(machine, machine.take())) : value;
  }

  /** Calls a function where nobody else can be let in. */
  callNow(callee: Value, self: Value, args: Value[]): Value {
    const value = this.invoke(callee, self, args);
    return value === SUSPENDED ? this.finishNow(new Fiber(this.machine, this.machine.take())) : value;
  }

  /** What a function was written as. */
  sourceOf(value: Value): string {
    if (!isFunction(value)) this.fail('TypeError', "Function.prototype.toString requires that 'this' be a Function");
    return callableOf(value)?.source ?? `function ${functionName(value.name)}() { [native code] }`;
  }

  /** True for a function that is not the program's own. */
  isBuiltin(value: Value): boolean {
    return callableOf(value)?.source === undefined;
  }

  /** Drives a fiber to its end without letting anybody else in. */
  finishNow(fiber: Fiber): Value {
    let outcome = fiber.resume(undefined);
    for (let slices = 0; outcome.kind !== 'done'; slices++) {
      if (slices > MAX_NESTED_SLICES) this.#hooks.exhausted();
      if (outcome.kind === 'pause') {
        this.#hooks.count(this.machine.refuel());
        outcome = fiber.resume(undefined);
      } else {
        const what = 'Strata cannot wait for a file or a promise inside of this call';
        outcome = fiber.fail(this.thrown(this.makeError('Error', what)));
      }
    }
    return outcome.value;
  }

  /** What builtins of the host throw for wrong arguments becomes an error of the program; the rest is none of its business. */
  #adoptError(error: unknown): unknown {
    if (error instanceof Thrown || error instanceof Returning) return error;
    const name = HOST_ERRORS.find(([type]) => error instanceof type)?.[1];
    if (name === undefined) return error;
    return this.thrown(this.makeError(name, (error as Error).message));
  }
}

interface ConstructorOptions {
  readonly prototype?: Obj;
  /** The constructor it inherits from. */
  readonly parent?: Obj;
  readonly isStepped?: boolean;
  readonly isGlobal?: boolean;
}

const HOST_ERRORS: readonly (readonly [new () => Error, ErrorName])[] = [
  [TypeError, 'TypeError'],
  [RangeError, 'RangeError'],
  [SyntaxError, 'SyntaxError'],
  [URIError, 'URIError'],
];

const HOST_PROTOTYPES: readonly (readonly [object, string])[] = [
  [Object.prototype, 'Object'],
  [Array.prototype, 'Array'],
  [RegExp.prototype, 'RegExp'],
  [Date.prototype, 'Date'],
  [Map.prototype, 'Map'],
  [Set.prototype, 'Set'],
  [ArrayBuffer.prototype, 'ArrayBuffer'],
  [Uint8Array.prototype, 'Uint8Array'],
];

/** Defines a property as builtins are: it is not enumerated. */
export function define(target: object, name: PropertyKey, value: Value): void {
  Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
}

/** `[Symbol.iterator]` for a symbol, else the name. */
export function functionName(key: PropertyKey): string {
  return typeof key === 'symbol' ? (key.description === undefined ? '' : `[${key.description}]`) : String(key);
}

/** How messages name a value. */
export function describeValue(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return `function ${value.name}`;
  if (Array.isArray(value)) return '#<Array>';
  if (typeof value === 'object' && value !== null) return '#<Object>';
  return String(value);
}
