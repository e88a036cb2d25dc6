/**
 * Python's values in JavaScript. None is null, bool is a boolean, str is a string (lone surrogates stand for undecodable bytes, as in
 * Python itself), int is a number while it is a safe integer and a bigint beyond; every other value is an object with its class.
 */
import type { Code } from '../compile/code.ts';
import type { Steps } from '../machine/steps.ts';
import type { Machine } from '../machine/machine.ts';

/** An object of a class. */
export interface PythonObject {
  readonly cls: TypeObject;
}

export type Value = null | boolean | number | bigint | string | PythonObject;

/** A class: Python's own, or one that a program defines. */
export class TypeObject implements PythonObject {
  cls: TypeObject;
  name: string;
  qualifiedName: string;
  readonly bases: readonly TypeObject[];
  readonly attributes = new Map<string, Value>();
  /** Itself, then its bases in the order they are searched. */
  readonly mro: readonly TypeObject[];
  /** Defined by a program. */
  readonly isUser: boolean;
  /** The built-in class whose payload its instances have; itself for those. */
  readonly layout: TypeObject;
  readonly #found = new Map<string, Value | undefined>();
  #foundAt = -1;
  /** Grows whenever any class changes, which empties what classes remember. */
  static #version = 0;

  constructor(name: string, bases: readonly TypeObject[], cls?: TypeObject, isUser = false) {
    this.name = name;
    this.qualifiedName = name;
    this.bases = bases;
    this.cls = cls ?? this;
    this.isUser = isUser;
    this.mro = [this, ...linearised(bases)];
    this.layout = isUser ? (this.mro.find((one) => !one.isUser && one.bases.length > 0) ?? bases[0] ?? this) : this;
  }

  /** The attribute of the first class that has it. */
  find(name: string): Value | undefined {
    if (this.#foundAt !== TypeObject.#version) {
      this.#found.clear();
      this.#foundAt = TypeObject.#version;
    }
    const known = this.#found.get(name);
    if (known !== undefined) return known;
    if (this.#found.has(name)) return undefined;
    let value: Value | undefined;
    for (const one of this.mro) {
      value = one.attributes.get(name);
      if (value !== undefined) break;
    }
    this.#found.set(name, value);
    return value;
  }

  set(name: string, value: Value): void {
    this.attributes.set(name, value);
    TypeObject.#version++;
  }

  delete(name: string): boolean {
    TypeObject.#version++;
    return this.attributes.delete(name);
  }

  isSubclassOf(other: TypeObject): boolean {
    return this === other || this.mro.includes(other);
  }
}

/** No order of the bases keeps the order of each (C3 linearisation fails). */
export class InconsistentBases extends Error {}

function linearised(bases: readonly TypeObject[]): TypeObject[] {
  const lists = [...bases.map((base) => [...base.mro]), [...bases]].filter((list) => list.length > 0);
  const result: TypeObject[] = [];
  while (lists.some((list) => list.length > 0)) {
    const next = lists.find((list) => list.length > 0 && !lists.some((other) => other.indexOf(list[0]!) > 0))?.[0];
    if (next === undefined) throw new InconsistentBases(bases.map(({ name }) => name).join(', '));
    result.push(next);
    for (const list of lists) if (list[0] === next) list.shift();
  }
  return result;
}

/** An object of a class that a program defined. */
export class Instance implements PythonObject {
  cls: TypeObject;
  readonly attributes = new Map<string, Value>();

  constructor(cls: TypeObject) {
    this.cls = cls;
  }
}

/** A function of Strata's: plain, or one that calls back into the program and so is stepped. */
export type NativeBody =
  | { readonly kind: 'plain'; readonly run: (args: readonly Value[], machine: Machine) => Value }
  | { readonly kind: 'steps'; readonly run: (args: readonly Value[], machine: Machine) => Steps<Value> };

/** How a native function takes its arguments: in an array by these names, undefined where one was left out. */
export interface NativeParameters {
  readonly names: readonly string[];
  /** Number of those that must be given. */
  readonly required: number;
  /** Number of those that only position tells. */
  readonly positionalOnly: number;
  /** Number of those that position may tell. */
  readonly positional: number;
  /** Further positions come as a tuple, behind the named ones. */
  readonly rest: boolean;
  /** Further names come as a dict, last of all. */
  readonly keywords: boolean;
}

export class NativeFunction implements PythonObject {
  readonly cls: TypeObject;
  readonly name: string;
  readonly body: NativeBody;
  readonly parameters: NativeParameters;
  /** Becomes a method of the object it is found through. */
  readonly binds: boolean;
  /** The class it belongs to, for messages. */
  owner: TypeObject | undefined;

  constructor(cls: TypeObject, name: string, parameters: NativeParameters, body: NativeBody, binds: boolean) {
    this.cls = cls;
    this.name = name;
    this.parameters = parameters;
    this.body = body;
    this.binds = binds;
  }
}

/** A variable that functions share. */
export class Cell {
  value: Value | undefined;

  constructor(value?: Value) {
    this.value = value;
  }
}

export type Globals = Map<string, Value>;

export class FunctionObject implements PythonObject {
  readonly cls: TypeObject;
  readonly code: Code;
  readonly globals: Globals;
  defaults: readonly Value[];
  keywordDefaults: ReadonlyMap<string, Value>;
  readonly closure: readonly Cell[];
  name: string;
  qualifiedName: string;
  readonly attributes = new Map<string, Value>();

  constructor(
    cls: TypeObject,
    code: Code,
    globals: Globals,
    defaults: readonly Value[],
    keywordDefaults: ReadonlyMap<string, Value>,
    closure: readonly Cell[],
  ) {
    this.cls = cls;
    this.code = code;
    this.globals = globals;
    this.defaults = defaults;
    this.keywordDefaults = keywordDefaults;
    this.closure = closure;
    this.name = code.name;
    this.qualifiedName = code.qualifiedName;
  }
}

/** A function with the object it was found through. */
export class BoundMethod implements PythonObject {
  readonly cls: TypeObject;
  readonly self: Value;
  readonly callable: Value;

  constructor(cls: TypeObject, self: Value, callable: Value) {
    this.cls = cls;
    this.self = self;
    this.callable = callable;
  }
}

export class ModuleObject implements PythonObject {
  readonly cls: TypeObject;
  readonly name: string;
  readonly attributes: Globals;

  constructor(cls: TypeObject, name: string, attributes: Globals) {
    this.cls = cls;
    this.name = name;
    this.attributes = attributes;
  }
}
