/** ES modules: what they import is loaded and run first; their names are live bindings. */
import type { Program } from 'acorn';
import { isObject, type Obj } from '../callable.ts';
import { scopeOf, type Compilation, type ImportHooks } from '../compile/compilation.ts';
import { advanceAsync } from '../coroutines.ts';
import { Fiber, Frame, Running, SUSPENDED, type Env, type SourceUnit, type Steps, type Value } from '../machine.ts';
import { compileModule, type ModuleCode } from '../compile/module-syntax.ts';
import { parseProgram } from '../compile/program.ts';
import { define } from '../realm.ts';
import { analyseScopes } from '../compile/scope.ts';
import { readJson } from '../builtins/json.ts';
import { builtinName, type CommonJs } from './commonjs.ts';
import { joined, parentOf, readSource } from './files.ts';
import type { NodeHost } from './host.ts';
import { isModuleFile, resolveModule } from './resolution.ts';

interface ModuleRecord {
  readonly namespace: Obj;
  /** What its body is run with, until it is. */
  run: (() => Steps) | undefined;
}

export class ModuleLoader {
  readonly #host: NodeHost;
  readonly #commonJs: CommonJs;
  readonly #records = new Map<string, ModuleRecord>();

  constructor(host: NodeHost, commonJs: CommonJs) {
    this.#host = host;
    this.#commonJs = commonJs;
    commonJs.modules = this;
  }

  /** Runs the file a program is started with: what it throws ends the program. */
  *importMain(path: string): Steps {
    return yield* this.#inFiber(this.#import(path));
  }

  /** Runs a text as a module of the working directory. */
  *runText(unit: SourceUnit, directory: string): Steps {
    return yield* this.#inFiber(this.#text(unit, `${directory}/${unit.name}`));
  }

  importsFor(path: string): ImportHooks {
    const { realm } = this.#host;
    const load = (specifier: string): Steps => this.#importLater(specifier, path);
    return {
      load,
      meta: () =>
        realm.object({
          dirname: parentOf(path),
          filename: path,
          url: `file://${path}`,
          resolve: realm.native('resolve', 1, (_self, [name]) => `file://${joined(parentOf(path), String(name))}`),
        }),
    };
  }

  /** `import()`: gives a promise of the namespace. */
  *#importLater(specifier: string, from: string): Steps {
    return yield* this.#inFiber(this.#importFrom(specifier, from));
  }

  /** Runs steps that may await in a fiber of their own; gives a promise of what they give. */
  *#inFiber(steps: Steps): Steps {
    const { realm } = this.#host;
    const promise = realm.promises.create();
    const fiber = new Fiber(realm.machine, new Running(steps, realm.machine.frame));
    yield* advanceAsync(realm, fiber, promise, () => fiber.resume(undefined));
    return promise;
  }

  *#importFrom(specifier: string, from: string): Steps {
    const { realm, context } = this.#host;
    const builtin = builtinName(specifier);
    if (builtin !== undefined) return this.#namespaceOf(yield* this.#commonJs.builtin(builtin));
    const name = specifier.replace(/^file:\/\//, '');
    const conditions = ['node', 'import'];
    const isPath = /^(?:\.{0,2}\/|\.{1,2}$)/.test(name);
    const path = (yield {
      kind: 'wait',
      promise: resolveModule(context, name, parentOf(from), conditions),
    }) as string | undefined;
    // an import names its file whole
    const isExact = !isPath || path === joined(parentOf(from), name);
    if (path === undefined || !isExact) {
      const what = isPath ? `module '${joined(parentOf(from), name)}'` : `package '${name}'`;
      return realm.fail('Error', `Cannot find ${what} imported from ${from}`, { code: 'ERR_MODULE_NOT_FOUND' });
    }
    if (name === 'express' && path.includes('/node_modules/'))
      return this.#namespaceOf(yield* this.#commonJs.builtin('express'));
    return yield* this.#import(path);
  }

  *#import(path: string): Steps {
    const { realm, context } = this.#host;
    const known = this.#records.get(path);
    if (known !== undefined) return known.namespace;
    if (path.endsWith('.json')) {
      const text = (yield { kind: 'wait', promise: readSource(context, path) }) as string;
      return this.#namespaceOf(readJson(realm, text));
    }
    if ((yield { kind: 'wait', promise: isModuleFile(context, path) }) !== true)
      return this.#namespaceOf(yield* this.#commonJs.load(path, false));
    const text = (yield { kind: 'wait', promise: readSource(context, path) }) as string;
    return yield* this.#text({ name: `file://${path}`, text }, path);
  }

  *#text(unit: SourceUnit, path: string): Steps {
    const program = parseProgram(unit, 'module');
    const record = this.#link(program, unit, path);
    this.#records.set(path, record);
    const { run } = record;
    record.run = undefined;
    if (run !== undefined) yield* run();
    return record.namespace;
  }

  #link(program: Program, unit: SourceUnit, path: string): ModuleRecord {
    const { realm } = this.#host;
    const { machine } = realm;
    const scopes = analyseScopes(program, []);
    const cx: Compilation = { realm, machine, unit, scopes, imports: this.importsFor(path) };
    const code = compileModule(cx, program, scopeOf(cx, program));
    const namespace = Object.create(null) as Obj;
    const env = code.createEnvironment();
    for (const { name, read } of [...code.exports].sort((one, other) => (one.name < other.name ? -1 : 1)))
      this.#export(namespace, name, () => read(env));
    Object.defineProperty(namespace, Symbol.toStringTag, { value: 'Module' });
    return { namespace, run: () => this.#run(code, env, namespace, unit, path) };
  }

  #export(namespace: Obj, name: string, read: () => Value): void {
    const get = this.#host.realm.native('get', 0, read);
    Object.defineProperty(namespace, name, { get, enumerable: true, configurable: true });
  }

  *#run(code: ModuleCode, env: Env, namespace: Obj, unit: SourceUnit, path: string): Steps {
    const { realm } = this.#host;
    const { machine } = realm;
    const loaded = new Map<string, Obj>();
    for (const source of code.sources) loaded.set(source, (yield* this.#importFrom(source, path)) as Obj);
    for (const { source, imported, exported } of code.reexports) {
      const from = loaded.get(source);
      if (from === undefined) continue;
      if (imported !== undefined) this.#export(namespace, exported ?? imported, () => from[imported]);
      else if (exported !== undefined) define(namespace, exported, from);
      else
        for (const name of Object.keys(from)) if (name !== 'default') this.#export(namespace, name, () => from[name]);
    }
    for (const { source, imported, slot } of code.imports) {
      const from = loaded.get(source);
      if (from === undefined) continue;
      if (imported !== undefined && !(imported in from))
        realm.fail('SyntaxError', `The requested module '${source}' does not provide an export named '${imported}'`);
      env[slot] = { read: () => (imported === undefined ? from : from[imported]) };
    }
    const frame = new Frame({ label: '', unit }, undefined);
    machine.suspend(enterModule(code, env, machine), frame);
    return yield machine.take();
  }

  /** What a CommonJS module looks like to `import`. */
  #namespaceOf(exports: Value): Obj {
    const namespace = Object.create(null) as Obj;
    if (isObject(exports))
      for (const name of Object.getOwnPropertyNames(exports)) this.#export(namespace, name, () => exports[name]);
    Object.defineProperty(namespace, 'default', { value: exports, enumerable: true, configurable: true });
    Object.defineProperty(namespace, Symbol.toStringTag, { value: 'Module' });
    return namespace;
  }
}

function* enterModule(code: ModuleCode, env: Env, machine: { take(): Running }): Steps {
  const ended = code.body(env);
  return ended === SUSPENDED ? yield machine.take() : ended;
}
