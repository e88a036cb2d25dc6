/** Functions: what a definition compiles to, and how a call enters it. */
import type { ArrowFunctionExpression, FunctionDeclaration, FunctionExpression } from 'acorn';
import type { Callable, Obj } from '../callable.ts';
import { scopeOf, type Compilation } from './compilation.ts';
import { enterAsync, enterAsyncGenerator, enterGenerator } from '../coroutines.ts';
import { compileExpression } from './expressions.ts';
import {
  Frame,
  PAUSE,
  SUSPENDED,
  type Callee,
  type Code,
  type Env,
  type Running,
  type Steps,
  type Value,
} from '../machine.ts';
import { ALLOCATION_STEPS } from './object-literal.ts';
import { compilePattern } from './patterns.ts';
import { define, type Realm } from '../realm.ts';
import { ARGUMENTS, HOME, NEW_TARGET, OUTER_SLOT, THIS } from './scope.ts';
import { withValue } from './sequencing.ts';
import { compileBody, hoistFunctions } from './statements.ts';
import { environmentTemplate, UNINITIALISED } from './variables.ts';

export type FunctionKind = 'normal' | 'arrow' | 'method' | 'get' | 'set' | 'constructor' | 'derived';
type FunctionNode = FunctionDeclaration | FunctionExpression | ArrowFunctionExpression;

/** What all closures of one definition share. */
export interface FunctionCode extends Callee {
  readonly realm: Realm;
  readonly name: string;
  readonly length: number;
  readonly kind: FunctionKind;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  readonly isStrict: boolean;
  readonly template: Env;
  readonly slots: Slots;
  /** Takes the arguments: the slots of plain parameters, or what takes them apart. */
  readonly parameters: readonly number[] | ((env: Env, args: readonly Value[]) => Value);
  readonly hoist: (env: Env) => void;
  readonly body: Code;
  readonly start: number;
  readonly end: number;
}

interface Slots {
  readonly self: number | undefined;
  readonly arguments: number | undefined;
  readonly newTarget: number | undefined;
  readonly home: number | undefined;
  readonly callee: number | undefined;
}

/** Gives what makes a closure of the function. */
export function compileFunction(
  cx: Compilation,
  node: FunctionNode,
  name = '',
  kind: FunctionKind = node.type === 'ArrowFunctionExpression' ? 'arrow' : 'normal',
  label?: string,
): (env: Env, home?: Obj) => Obj {
  let code: FunctionCode | undefined;
  return (env, home) => {
    code ??= functionCode(
      cx,
      node,
      node.type === 'ArrowFunctionExpression' ? name : (node.id?.name ?? name),
      kind,
      label,
    );
    return makeClosure(code, env, home);
  };
}

/** Compiles a function; done when the first closure of it is made, so that what is never reached costs nothing. */
export function functionCode(
  cx: Compilation,
  node: FunctionNode,
  name: string,
  kind: FunctionKind,
  label?: string,
): FunctionCode {
  const { realm, machine, unit } = cx;
  const scope = scopeOf(cx, node);
  const slotOf = (wanted: string): number | undefined => scope.bindings.get(wanted)?.slot;
  const plain = node.params.every(({ type }) => type === 'Identifier');
  const binders = node.params.map((one) => ({
    isRest: one.type === 'RestElement',
    bind: compilePattern(cx, one, scope, true),
  }));
  function* takeRest(env: Env, args: readonly Value[], from: number, running: Running): Steps {
    yield running;
    for (let index = from; index < binders.length; index++)
      if (bindOne(env, args, index) === SUSPENDED) yield machine.take();
    return undefined;
  }
  const bindOne = (env: Env, args: readonly Value[], index: number): Value => {
    const binder = binders[index];
    return binder?.bind(env, binder.isRest ? realm.array(args.slice(index)) : args[index]);
  };
  const bindAll = (env: Env, args: readonly Value[]): Value => {
    for (let index = 0; index < binders.length; index++)
      if (bindOne(env, args, index) === SUSPENDED)
        return machine.suspend(takeRest(env, args, index + 1, machine.take()));
    return undefined;
  };
  const { body } = node;
  const firstDefault = node.params.findIndex(({ type }) => type === 'AssignmentPattern' || type === 'RestElement');
  const template = environmentTemplate(scope);
  const self = slotOf(THIS);
  if (kind === 'derived' && self !== undefined) template[self] = UNINITIALISED;
  return {
    realm,
    unit,
    name,
    label: label ?? name,
    length: firstDefault === -1 ? node.params.length : firstDefault,
    kind,
    isAsync: node.async,
    isGenerator: node.generator,
    isStrict: scope.isStrict,
    template,
    slots: {
      self: kind === 'arrow' ? undefined : self,
      arguments: kind === 'arrow' ? undefined : slotOf(ARGUMENTS),
      newTarget: slotOf(NEW_TARGET),
      home: slotOf(HOME),
      callee: [...scope.bindings.values()].find((one) => one.kind === 'self')?.slot,
    },
    parameters: plain ? node.params.map((one) => (one.type === 'Identifier' ? (slotOf(one.name) ?? 0) : 0)) : bindAll,
    hoist: body.type === 'BlockStatement' ? hoistFunctions(cx, body.body, scope) : () => undefined,
    body:
      body.type === 'BlockStatement'
        ? compileBody(cx, body.body, scope)
        : withValue(machine, compileExpression(cx, body, scope), (value) => value),
    start: node.start,
    end: node.end,
  };
}

/** A closure: the function of a definition in an environment. */
class Closure implements Callable {
  readonly code: FunctionCode;
  readonly #outer: Env;
  readonly #home: Obj | undefined;
  readonly constructs: boolean;
  fields: ((self: Obj) => Value) | undefined;

  constructor(code: FunctionCode, outer: Env, home: Obj | undefined) {
    this.code = code;
    this.#outer = outer;
    this.#home = home;
    const { kind, isAsync, isGenerator } = code;
    this.constructs = kind === 'constructor' || kind === 'derived' || (kind === 'normal' && !isAsync && !isGenerator);
  }

  get source(): string {
    return this.code.unit.text.slice(this.code.start, this.code.end);
  }

  get isClass(): boolean {
    return this.code.kind === 'constructor' || this.code.kind === 'derived';
  }

  get isDerived(): boolean {
    return this.code.kind === 'derived';
  }

  get isAsync(): boolean {
    return this.code.isAsync;
  }

  get isGenerator(): boolean {
    return this.code.isGenerator;
  }

  call(self: Value, args: Value[], newTarget: Value, callee: Obj): Value {
    const { code } = this;
    const { realm } = code;
    if (newTarget !== undefined) return this.#construct(args, newTarget as Obj, callee);
    if (this.isClass) realm.fail('TypeError', `Class constructor ${code.name} cannot be invoked without 'new'`);
    const env = this.#environment(self, args, undefined, callee);
    if (code.isGenerator)
      return code.isAsync ? enterAsyncGenerator(code, env, args, callee) : enterGenerator(code, env, args, callee);
    return code.isAsync ? enterAsync(code, env, args) : enterPlain(code, env, args);
  }

  #construct(args: Value[], newTarget: Obj, callee: Obj): Value {
    const { code } = this;
    const { realm } = code;
    const { machine } = realm;
    machine.fuel -= ALLOCATION_STEPS;
    if (code.kind === 'derived') {
      const env = this.#environment(UNINITIALISED, args, newTarget, callee);
      const result = enterPlain(code, env, args);
      return result === SUSPENDED
        ? machine.suspend(derivedResult(code, env, machine.take()))
        : constructedBy(code, env, result);
    }
    const self = Object.create(realm.prototypeFor(newTarget, 'Object')) as Obj;
    const env = this.#environment(self, args, newTarget, callee);
    if (this.fields?.(self) === SUSPENDED)
      return machine.suspend(constructLater(code, env, args, self, machine.take()));
    const result = enterPlain(code, env, args);
    if (result === SUSPENDED) return machine.suspend(plainResult(self, machine.take()));
    return isObjectValue(result) ? result : self;
  }

  #environment(self: Value, args: Value[], newTarget: Value, callee: Obj): Env {
    const { template, slots, isStrict, realm } = this.code;
    const env = template.slice();
    env[OUTER_SLOT] = this.#outer;
    if (slots.self !== undefined)
      env[slots.self] = !isStrict && (self === undefined || self === null) ? realm.global : self;
    if (slots.arguments !== undefined) env[slots.arguments] = realm.argumentsObject(args);
    if (slots.newTarget !== undefined) env[slots.newTarget] = newTarget;
    if (slots.home !== undefined) env[slots.home] = this.#home;
    if (slots.callee !== undefined) env[slots.callee] = callee;
    return env;
  }
}

function isObjectValue(value: Value): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function* constructLater(code: FunctionCode, env: Env, args: Value[], self: Obj, running: Running): Steps {
  yield running;
  const result = enterPlain(code, env, args);
  const value = result === SUSPENDED ? yield code.realm.machine.take() : result;
  return isObjectValue(value) ? value : self;
}

function* plainResult(self: Obj, running: Running): Steps {
  const value = yield running;
  return isObjectValue(value) ? value : self;
}

function* derivedResult(code: FunctionCode, env: Env, running: Running): Steps {
  return constructedBy(code, env, yield running);
}

function constructedBy(code: FunctionCode, env: Env, result: Value): Value {
  if (isObjectValue(result)) return result;
  const self = env[code.slots.self ?? OUTER_SLOT];
  if (self === UNINITIALISED)
    code.realm.fail(
      'ReferenceError',
      "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
    );
  return self;
}

/** Runs the body of a function in its environment. Gives its value or SUSPENDED. */
function enterPlain(code: FunctionCode, env: Env, args: Value[]): Value {
  const { machine } = code.realm;
  const caller = machine.frame;
  const frame = new Frame(code, caller);
  if (machine.isTooDeep(frame)) code.realm.fail('RangeError', 'Maximum call stack size exceeded');
  machine.fuel--;
  if (machine.shouldLeaveStack) return machine.suspend(enterSteps(code, env, args), frame);
  machine.frame = frame;
  machine.nesting++;
  const result = run(code, env, args);
  machine.nesting--;
  machine.frame = caller;
  if (result !== SUSPENDED) return result;
  const running = machine.take();
  running.frame ??= frame;
  return machine.suspendAgain(running);
}

function run(code: FunctionCode, env: Env, args: readonly Value[]): Value {
  const { parameters } = code;
  if (typeof parameters === 'function') {
    if (parameters(env, args) === SUSPENDED) {
      const { machine } = code.realm;
      return machine.suspend(runLater(code, env, machine.take()));
    }
  } else for (let index = 0; index < parameters.length; index++) env[parameters[index] ?? 0] = args[index];
  code.hoist(env);
  return code.body(env);
}

function* runLater(code: FunctionCode, env: Env, running: Running): Steps {
  yield running;
  code.hoist(env);
  const result = code.body(env);
  return result === SUSPENDED ? yield code.realm.machine.take() : result;
}

/** The same as a generator, which lets others in first where it is time. */
export function* enterSteps(code: FunctionCode, env: Env, args: readonly Value[]): Steps {
  const { machine } = code.realm;
  if (machine.fuel <= 0) yield PAUSE;
  const result = run(code, env, args);
  return result === SUSPENDED ? yield machine.take() : result;
}

/** Makes the closure, and the prototype of what it constructs. */
export function makeClosure(code: FunctionCode, env: Env, home?: Obj): Obj {
  const { realm, isAsync, isGenerator } = code;
  realm.machine.fuel -= ALLOCATION_STEPS;
  const closure = new Closure(code, env, home);
  const kind = isGenerator
    ? isAsync
      ? 'AsyncGeneratorFunction'
      : 'GeneratorFunction'
    : isAsync
      ? 'AsyncFunction'
      : undefined;
  const name = code.kind === 'get' || code.kind === 'set' ? `${code.kind} ${code.name}` : code.name;
  const made = realm.createFunction(
    name,
    code.length,
    closure,
    kind === undefined ? realm.functionPrototype : realm.prototype(kind),
  ) as unknown as Obj;
  if (isGenerator) {
    const prototype = Object.create(realm.prototype(isAsync ? 'AsyncGenerator' : 'Generator')) as Obj;
    Object.defineProperty(made, 'prototype', { value: prototype, writable: true });
  } else if (closure.constructs && !closure.isClass) {
    const prototype = realm.object();
    define(prototype, 'constructor', made);
    Object.defineProperty(made, 'prototype', { value: prototype, writable: true });
  }
  return made;
}
