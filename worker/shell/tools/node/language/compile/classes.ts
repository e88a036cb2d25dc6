/** Classes. */
import type {
  CallExpression,
  ClassDeclaration,
  ClassExpression,
  MethodDefinition,
  PropertyDefinition,
  StaticBlock,
} from 'acorn';
import { callableOf, isObject, type Obj } from '../callable.ts';
import { argumentPieces } from './calls.ts';
import { markSite, scopeOf, type Compilation } from './compilation.ts';
import { compileExpression, compileNamed, spreadOut } from './expressions.ts';
import { functionCode, makeClosure, type FunctionCode } from './functions.ts';
import { SUSPENDED, type Code, type Env, type Running, type Steps, type Value } from '../machine.ts';
import { PrivateName } from './members.ts';
import { propertyKey } from '../properties.ts';
import { define, functionName } from '../realm.ts';
import { HOME, NEW_TARGET, OUTER_SLOT, THIS, lookUp, type Scope } from './scope.ts';
import { valueOf, withAll } from './sequencing.ts';
import { compileBody, hoistFunctions } from './statements.ts';
import { environmentTemplate, initialiseVariable, readVariable, UNINITIALISED } from './variables.ts';

/** Runs for each new object, or for the class where it is static. */
interface Field {
  readonly key: PropertyKey | PrivateName | undefined;
  readonly run: (self: Obj) => Value;
}

export function compileClass(cx: Compilation, node: ClassDeclaration | ClassExpression, given = ''): Code {
  const { machine, realm } = cx;
  const scope = scopeOf(cx, node);
  const name = node.id?.name ?? given;
  const members = node.body.body;
  const constructorNode = members.find(
    (one): one is MethodDefinition => one.type === 'MethodDefinition' && one.kind === 'constructor',
  );
  const superclass = node.superClass == null ? undefined : compileExpression(cx, node.superClass, scope);
  const privates = [...scope.bindings.keys()].filter((one) => one.startsWith('#'));
  const declarePrivate = privates.map((one) => ({ one, store: initialiseVariable(cx, one, scope) }));
  const declareSelf = node.id == null ? undefined : initialiseVariable(cx, node.id.name, scope);
  const parts = members.filter((one) => one !== constructorNode).map((one) => compilePart(cx, one, scope, name));
  const kind = superclass === undefined ? 'constructor' : 'derived';
  let code: FunctionCode | undefined;
  const ownCode = (): FunctionCode => {
    code ??= {
      ...(constructorNode === undefined
        ? defaultConstructor(cx, scope, name, kind)
        : functionCode(cx, constructorNode.value, name, kind, `new ${name}`)),
      start: node.start,
      end: node.end,
    };
    return code;
  };

  function* build(outer: Env): Steps {
    const env: Env = scope.size > 0 ? environmentTemplate(scope) : outer;
    if (scope.size > 0) env[OUTER_SLOT] = outer;
    const parent = superclass === undefined ? undefined : yield* valueOf(machine, superclass, env);
    if (superclass !== undefined && parent !== null && callableOf(parent)?.constructs !== true) {
      markSite(cx, node.superClass?.start ?? node.start);
      realm.fail('TypeError', `Class extends value ${shown(parent)} is not a constructor or null`);
    }
    const above = isObject(parent) ? (parent['prototype'] as Obj) : parent === null ? null : realm.objectPrototype;
    const prototype = Object.create(above) as Obj;
    const made = makeClosure(ownCode(), env, prototype);
    if (isObject(parent)) Object.setPrototypeOf(made, parent);
    Object.defineProperty(made, 'prototype', { value: prototype });
    define(prototype, 'constructor', made);
    for (const { one, store } of declarePrivate) store(env, new PrivateName(one));
    declareSelf?.(env, made);
    const fields: Field[] = [];
    const statics: Field[] = [];
    for (const part of parts) {
      const field = yield* part.define(env, prototype, made);
      if (field !== undefined) (part.isStatic ? statics : fields).push(field as Field);
    }
    const callable = callableOf(made);
    if (fields.length > 0 && callable !== undefined) callable.fields = (self) => runFields(cx, fields, self);
    if (runFields(cx, statics, made) === SUSPENDED) yield machine.take();
    return made;
  }
  return (env) => machine.suspend(build(env));
}

function shown(value: Value): string {
  return isObject(value) ? (typeof value === 'function' ? String(value['name']) : '#<Object>') : String(value);
}

function runFields(cx: Compilation, fields: readonly Field[], self: Obj, start = 0): Value {
  for (let index = start; index < fields.length; index++) {
    const field = fields[index];
    if (field === undefined) continue;
    const value = field.run(self);
    if (value === SUSPENDED) return cx.machine.suspend(restOfFields(cx, fields, self, index, cx.machine.take()));
    placeField(cx, field, self, value);
  }
  return undefined;
}

function* restOfFields(cx: Compilation, fields: readonly Field[], self: Obj, index: number, running: Running): Steps {
  const field = fields[index];
  const value = yield running;
  if (field !== undefined) placeField(cx, field, self, value);
  if (runFields(cx, fields, self, index + 1) === SUSPENDED) yield cx.machine.take();
  return undefined;
}

function placeField(cx: Compilation, { key }: Field, self: Obj, value: Value): void {
  if (key === undefined) return;
  if (key instanceof PrivateName) {
    if (key.has(self)) cx.realm.fail('TypeError', `Cannot initialize ${key.label} twice on the same object`);
    key.add(self, value);
  } else Object.defineProperty(self, key, { value, writable: true, enumerable: true, configurable: true });
}

interface Part {
  readonly isStatic: boolean;
  /** Defines it when the class is made; gives the field that is to be run later. */
  define(env: Env, prototype: Obj, made: Obj): Steps;
}

function compilePart(
  cx: Compilation,
  node: MethodDefinition | PropertyDefinition | StaticBlock,
  scope: Scope,
  className: string,
): Part {
  switch (node.type) {
    case 'MethodDefinition':
      return compileMethod(cx, node, scope, className);
    case 'PropertyDefinition':
      return compileField(cx, node, scope);
    case 'StaticBlock': {
      const inner = scopeOf(cx, node);
      const hoist = hoistFunctions(cx, node.body, inner);
      const body = compileBody(cx, node.body, inner);
      return {
        isStatic: true,
        // oxlint-disable-next-line require-yield -- it is a step like those that do wait
        *define(env, _prototype, made) {
          return { key: undefined, run: () => runInitialiser(inner, env, made, made, body, hoist) };
        },
      };
    }
  }
}

/** Runs the value of a field, or a static block, with the object for `this`. */
function runInitialiser(
  scope: Scope,
  outer: Env,
  self: Obj,
  home: Obj,
  body: Code,
  hoist: (env: Env) => void = () => undefined,
): Value {
  const env = environmentTemplate(scope);
  env[OUTER_SLOT] = outer;
  env[scope.bindings.get(THIS)?.slot ?? 0] = self;
  const homeSlot = scope.bindings.get(HOME)?.slot;
  if (homeSlot !== undefined) env[homeSlot] = home;
  hoist(env);
  return body(env);
}

function keyOf(cx: Compilation, node: MethodDefinition | PropertyDefinition, scope: Scope): Code {
  const { key } = node;
  if (key.type === 'PrivateIdentifier') return readVariable(cx, `#${key.name}`, scope, key.start);
  if (!node.computed && key.type === 'Identifier') return () => key.name;
  return compileExpression(cx, key, scope);
}

function compileMethod(cx: Compilation, node: MethodDefinition, scope: Scope, className: string): Part {
  const { machine } = cx;
  const key = keyOf(cx, node, scope);
  const kind = node.kind === 'constructor' ? 'method' : node.kind;
  const codes = new Map<string, FunctionCode>();
  return {
    isStatic: node.static,
    *define(env, prototype, made) {
      const found = yield* valueOf(machine, key, env);
      const isPrivate = found instanceof PrivateName;
      const name = isPrivate ? found.label : functionName(propertyKey(found));
      const home = node.static ? made : prototype;
      const label = node.static ? `${className}.${name}` : `${className}.${name}`;
      const code = codes.get(name) ?? functionCode(cx, node.value, name, kind, label);
      codes.set(name, code);
      const method = makeClosure(code, env, home);
      if (isPrivate) return { key: undefined, run: (self: Obj) => addPrivate(found, self, kind, method) };
      const at = propertyKey(found);
      if (kind === 'method') define(home, at, method);
      else Object.defineProperty(home, at, { [kind]: method, enumerable: false, configurable: true });
      return undefined;
    },
  };
}

function addPrivate(name: PrivateName, self: Obj, kind: 'method' | 'get' | 'set', method: Obj): void {
  if (kind === 'method') name.add(self, method, true);
  else name.add(self, undefined, false, { ...name.find(self), [kind]: method });
}

function compileField(cx: Compilation, node: PropertyDefinition, scope: Scope): Part {
  const { machine } = cx;
  const key = keyOf(cx, node, scope);
  const inner = scopeOf(cx, node);
  const name =
    node.key.type === 'Identifier' ? node.key.name : node.key.type === 'PrivateIdentifier' ? `#${node.key.name}` : '';
  const body: Code = node.value == null ? () => undefined : compileNamed(cx, node.value, inner, name);
  return {
    isStatic: node.static,
    *define(env, prototype, made) {
      const found = yield* valueOf(machine, key, env);
      const home = node.static ? made : prototype;
      return {
        key: found instanceof PrivateName ? found : propertyKey(found),
        run: (self: Obj) => runInitialiser(inner, env, self, home, body),
      };
    },
  };
}

/** `constructor(...args) { super(...args); }`, or nothing. */
function defaultConstructor(
  cx: Compilation,
  scope: Scope,
  name: string,
  kind: 'constructor' | 'derived',
): FunctionCode {
  const { realm, machine, unit } = cx;
  const isDerived = kind === 'derived';
  // slots: outside, this, new.target, the prototype of the class, the arguments
  const [self, newTarget, home, args] = [1, 2, 3, 4] as const;
  const template: Env = [undefined, isDerived ? UNINITIALISED : undefined, undefined, undefined, undefined];
  const body: Code = (env) => {
    const parent = parentConstructor(env[home] as Obj);
    const made = realm.construct(parent, env[args] as Value[], env[newTarget]);
    return made === SUSPENDED
      ? machine.suspend(bindLater(env, machine.take()))
      : bindThis(cx, made, env, self, env[home] as Obj);
  };
  function* bindLater(env: Env, running: Running): Steps {
    const result = bindThis(cx, yield running, env, self, env[home] as Obj);
    return result === SUSPENDED ? yield machine.take() : result;
  }
  return {
    realm,
    unit,
    name,
    label: `new ${name}`,
    length: 0,
    kind,
    isAsync: false,
    isGenerator: false,
    isStrict: true,
    template,
    slots: { self, newTarget, home, arguments: undefined, callee: undefined },
    parameters: (env, given) => void (env[args] = [...given]),
    hoist: () => undefined,
    body: isDerived ? body : () => undefined,
    start: scope.size,
    end: 0,
  };
}

/** The constructor above that of this prototype's class. */
function parentConstructor(home: Obj): Value {
  return Object.getPrototypeOf(home['constructor']) as Value;
}

/** What `super()` does with what it made: it is `this` from now on, and gets the fields. Gives nothing, or SUSPENDED. */
function bindThis(cx: Compilation, made: Value, env: Env, slot: number, home: Obj): Value {
  if (env[slot] !== UNINITIALISED) cx.realm.fail('ReferenceError', 'Super constructor may only be called once');
  env[slot] = made;
  return callableOf(home['constructor'])?.fields?.(made as Obj);
}

export function compileSuperCall(cx: Compilation, node: CallExpression, scope: Scope): Code {
  const { machine, realm } = cx;
  const pieces = argumentPieces(cx, node.arguments, scope);
  const home = readVariable(cx, HOME, scope, node.start);
  const newTarget = readVariable(cx, NEW_TARGET, scope, node.start);
  const place = lookUp(THIS, scope);
  const bind = (made: Value, env: Env): Value => {
    let owner = env;
    for (let hops = place?.hops ?? 0; hops > 0; hops--) owner = owner[OUTER_SLOT] as Env;
    const fields = bindThis(cx, made, owner, place?.slot ?? 0, home(env) as Obj);
    return fields === SUSPENDED ? machine.suspend(afterFields(made, machine.take())) : made;
  };
  const construct = (args: Value[], env: Env): Value => {
    markSite(cx, node.start);
    const made = realm.construct(parentConstructor(home(env) as Obj), args, newTarget(env));
    return made === SUSPENDED ? machine.suspend(bindLater(env, machine.take())) : bind(made, env);
  };
  function* bindLater(env: Env, running: Running): Steps {
    const result = bind(yield running, env);
    return result === SUSPENDED ? yield machine.take() : result;
  }
  function* constructLater(env: Env, running: Running): Steps {
    const result = construct((yield running) as Value[], env);
    return result === SUSPENDED ? yield machine.take() : result;
  }
  return withAll(machine, pieces, (values, env) => {
    const list = spreadOut(cx, node.arguments, values);
    return list === SUSPENDED ? machine.suspend(constructLater(env, machine.take())) : construct(list as Value[], env);
  });
}

function* afterFields(made: Value, running: Running): Steps {
  yield running;
  return made;
}
