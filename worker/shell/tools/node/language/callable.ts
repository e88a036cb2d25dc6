/** Functions of interpreted programs: functions of the host, so that its builtins can call them, with a private mark of what they do. */
import type { Value } from './machine.ts';

export type HostFunction = (...args: Value[]) => Value;
/** An object of a program. */
export type Obj = Record<PropertyKey, Value>;

export interface Callable {
  /** Calls it, or constructs with it where there is a new target. Gives a value or SUSPENDED. */
  call(self: Value, args: Value[], newTarget: Value, callee: Obj): Value;
  readonly constructs: boolean;
  /** What `toString` gives. */
  readonly source?: string;
  readonly isClass?: boolean;
  readonly isDerived?: boolean;
  readonly isAsync?: boolean;
  readonly isGenerator?: boolean;
  /** What a class does to each new object: its fields. */
  fields?: ((self: Obj) => Value) | undefined;
}

/** Gives back what it is given, so that the fields of a class below it are put on that. */
const Target = function (target: object): object {
  return target;
} as unknown as new (target: object) => object;

class Marked extends Target {
  readonly #callable: Callable;

  constructor(target: object, callable: Callable) {
    super(target);
    this.#callable = callable;
  }

  static of(target: object): Callable | undefined {
    return #callable in target ? target.#callable : undefined;
  }
}

/** A function of the host that can be called, and constructed with where it must. */
export function hostShell(
  constructs: boolean,
  run: (self: Value, args: Value[], newTarget: Value) => Value,
): HostFunction {
  if (constructs)
    return function (this: Value, ...args: Value[]): Value {
      return run(this, args, new.target);
    };
  return {
    shell(this: Value, ...args: Value[]): Value {
      return run(this, args, undefined);
    },
  }.shell;
}

export function markCallable(target: HostFunction, callable: Callable): void {
  new Marked(target, callable);
}

/** Undefined for what is no function, and for a proxy of one. */
export function callableOf(value: Value): Callable | undefined {
  return typeof value === 'function' ? Marked.of(value) : undefined;
}

export function isObject(value: Value): value is Obj {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

export function isFunction(value: Value): value is HostFunction {
  return typeof value === 'function';
}
