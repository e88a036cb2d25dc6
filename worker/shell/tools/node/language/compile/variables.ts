/** Reading and writing variables. */
import { markSite, type Compilation } from './compilation.ts';
import type { Code, Env, Value } from '../machine.ts';
import { lookUp, OUTER_SLOT, THIS, type Place, type Scope } from './scope.ts';

/** In a slot whose declaration has not been reached. */
export const UNINITIALISED = Symbol('uninitialised');

/** In the slot of an imported name: what its module holds now. */
interface ImportedBinding {
  read(): Value;
}

/** The environment so many hops outwards. */
function envAt(env: Env, hops: number): Env {
  let at = env;
  for (let count = hops; count > 0; count--) at = at[OUTER_SLOT] as Env;
  return at;
}

export function readVariable(cx: Compilation, name: string, scope: Scope, offset: number): Code {
  const place = lookUp(name, scope);
  if (place === undefined) return readGlobal(cx, name, offset);
  const { hops, slot } = place;
  const fail = (): never => {
    markSite(cx, offset);
    if (name === THIS)
      return cx.realm.fail(
        'ReferenceError',
        "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
      );
    return cx.realm.fail('ReferenceError', `Cannot access '${name}' before initialization`);
  };
  if (place.binding.kind === 'import') return (env) => (envAt(env, hops)[slot] as ImportedBinding | undefined)?.read();
  if (!mayBeUninitialised(place)) {
    if (hops === 0) return (env) => env[slot];
    if (hops === 1) return (env) => (env[OUTER_SLOT] as Env)[slot];
    return (env) => envAt(env, hops)[slot];
  }
  if (hops === 0)
    return (env) => {
      const value = env[slot];
      return value === UNINITIALISED ? fail() : value;
    };
  return (env) => {
    const value = envAt(env, hops)[slot];
    return value === UNINITIALISED ? fail() : value;
  };
}

function mayBeUninitialised({ binding: { kind, name } }: Place): boolean {
  return kind === 'let' || kind === 'const' || kind === 'class' || name === THIS;
}

function readGlobal(cx: Compilation, name: string, offset: number): Code {
  const { realm } = cx;
  const { global } = realm;
  return () => {
    const value = global[name];
    if (value !== undefined || name in global) return value;
    markSite(cx, offset);
    return realm.fail('ReferenceError', `${name} is not defined`);
  };
}

/** The type of a variable that need not exist. */
export function typeOfVariable(cx: Compilation, name: string, scope: Scope, offset: number): Code {
  if (lookUp(name, scope) !== undefined) {
    const read = readVariable(cx, name, scope, offset);
    return (env) => typeof read(env);
  }
  return () => typeof cx.realm.global[name];
}

/** Puts a value into a variable. */
export type Store = (env: Env, value: Value) => void;

/** An assignment; a constant refuses it. */
export function writeVariable(cx: Compilation, name: string, scope: Scope, offset: number): Store {
  const place = lookUp(name, scope);
  const { realm } = cx;
  if (place === undefined)
    return (_env, value) => {
      realm.global[name] = value;
    };
  const { hops, slot, binding } = place;
  if (binding.kind === 'self') return () => undefined;
  if (binding.kind === 'const' || binding.kind === 'import')
    return () => {
      markSite(cx, offset);
      realm.fail('TypeError', 'Assignment to constant variable.');
    };
  if (!mayBeUninitialised(place)) {
    if (hops === 0) return (env, value) => void (env[slot] = value);
    return (env, value) => void (envAt(env, hops)[slot] = value);
  }
  return (env, value) => {
    const owner = envAt(env, hops);
    if (owner[slot] === UNINITIALISED) {
      markSite(cx, offset);
      realm.fail('ReferenceError', `Cannot access '${name}' before initialization`);
    }
    owner[slot] = value;
  };
}

/** The first value of a variable, at its declaration. */
export function initialiseVariable(cx: Compilation, name: string, scope: Scope): Store {
  const place = lookUp(name, scope);
  if (place === undefined)
    return (_env, value) => {
      cx.realm.global[name] = value;
    };
  const { hops, slot } = place;
  if (hops === 0) return (env, value) => void (env[slot] = value);
  return (env, value) => void (envAt(env, hops)[slot] = value);
}

/** The slots of a new environment of this scope. */
export function environmentTemplate(scope: Scope): Env {
  const template: Env = new Array<Value>(scope.size).fill(undefined);
  const blocks = [...scope.bindings.values()];
  for (const { kind, slot } of blocks)
    if (kind === 'let' || kind === 'const' || kind === 'class') template[slot] = UNINITIALISED;
  return template;
}
