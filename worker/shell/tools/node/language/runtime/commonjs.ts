/** `require`: CommonJS modules of the program, JSON, and Node's own modules. */
import { isObject, type Obj } from '../callable.ts';
import { Frame, Thrown, type Steps, type Value } from '../machine.ts';
import { textOf } from '../operators.ts';
import { runScript } from '../compile/program.ts';
import { readJson } from '../builtins/json.ts';
import type { ImportHooks } from '../compile/compilation.ts';
import { define, type Realm } from '../realm.ts';
import { BUILTIN_NAMES, loadBuiltin } from '../modules/index.ts';
import { isFile, parentOf, readSource } from './files.ts';
import type { NodeHost } from './host.ts';
import { isModuleFile, resolveModule } from './resolution.ts';
import type { ModuleLoader } from './es-modules.ts';

const CONDITIONS = ['node', 'require'];

/** Packages that Strata knows how to act: their own code is not in the images. */
const SIMULATED_PACKAGES: ReadonlySet<string> = new Set(['express']);

export class CommonJs {
  readonly #host: NodeHost;
  readonly #cache: Obj;
  readonly #builtins = new Map<string, Value>();
  modules: ModuleLoader | undefined;
  main: Obj | undefined;

  constructor(host: NodeHost) {
    this.#host = host;
    this.#cache = host.realm.object();
  }

  /** Runs the file a program is started with. */
  *runMain(path: string): Steps {
    const { realm, context } = this.#host;
    if (!isFile(context, path)) throw notFound(realm, `Cannot find module '${path}'`, []);
    return yield* this.load(path, true);
  }

  /** What a text given on the command line sees besides global names: as a module of the working directory. */
  locals(name: string): Map<string, Value> {
    const { context } = this.#host;
    return this.#localsOf(this.#createModule(name, `${context.process.cwd}/${name}`), context.process.cwd);
  }

  /** What `require` gives, for a module in this directory. */
  *require(specifier: string, from: string, requirer: string): Steps {
    const builtin = builtinName(specifier);
    if (builtin !== undefined) return yield* this.builtin(builtin);
    const { realm, context } = this.#host;
    const path = (yield {
      kind: 'wait',
      promise: resolveModule(context, specifier, from, CONDITIONS),
    }) as string | undefined;
    if (path === undefined)
      throw notFound(realm, `Cannot find module '${specifier}'\nRequire stack:\n- ${requirer}`, [requirer]);
    if (SIMULATED_PACKAGES.has(specifier) && path.includes('/node_modules/')) return yield* this.builtin(specifier);
    return yield* this.load(path, false);
  }

  /** A module of Node's own. */
  *builtin(name: string): Steps {
    if (this.#builtins.has(name)) return this.#builtins.get(name);
    const host = this.#host;
    const { realm } = host;
    const load = (yield { kind: 'wait', promise: loadBuiltin(name) }) as Awaited<ReturnType<typeof loadBuiltin>>;
    if (load === undefined)
      return realm.fail('Error', `Strata has no stand-in for the module '${name}' of Node`, {
        code: 'ERR_UNKNOWN_BUILTIN_MODULE',
      });
    if (load.simulated !== undefined) host.context.simulate(`node: ${load.simulated}`);
    const binding = load.create?.(host) ?? realm.object();
    let exports: Value = binding;
    if (load.source !== undefined) {
      const module = realm.object({ exports: realm.object() });
      this.#builtins.set(name, module['exports']);
      const require = realm.stepped('require', 1, (_self, [wanted]) => this.builtin(builtinName(textOf(wanted)) ?? ''));
      const names = new Map<string, Value>([
        ['module', module],
        ['exports', module['exports']],
        ['require', require],
        ['binding', binding],
      ]);
      yield* runScript(realm, { name: `node:${name}`, text: load.source }, noImports, names, undefined);
      exports = module['exports'];
    }
    this.#builtins.set(name, exports);
    return exports;
  }

  *load(path: string, isMain: boolean): Steps {
    const { realm, context } = this.#host;
    const known = this.#cache[path];
    if (isObject(known)) return known['exports'];
    const text = (yield { kind: 'wait', promise: readSource(context, path) }) as string;
    if (text.includes('\0'))
      realm.fail('Error', `Strata has no code of ${path}: packages it installs are empty files of their real sizes`);
    if (this.modules !== undefined && (yield { kind: 'wait', promise: isModuleFile(context, path) }) === true) {
      if (isMain) return yield* this.modules.importMain(path);
      return realm.fail(
        'Error',
        `require() of ES Module ${path} not supported.\nInstead change the require to a dynamic import() which is available in all CommonJS modules.`,
        {
          code: 'ERR_REQUIRE_ESM',
        },
      );
    }
    const module = this.#createModule(isMain ? '.' : path, path);
    if (isMain) this.main = module;
    this.#cache[path] = module;
    try {
      if (path.endsWith('.json')) module['exports'] = this.#json(path, text);
      else {
        const names = this.#localsOf(module, parentOf(path));
        yield* runScript(realm, { name: path, text }, this.#imports(path), names, module['exports']);
      }
    } catch (error) {
      Reflect.deleteProperty(this.#cache, path);
      throw error;
    }
    module['loaded'] = true;
    return module['exports'];
  }

  #json(path: string, text: string): Value {
    const { realm } = this.#host;
    try {
      return readJson(realm, text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return realm.fail('SyntaxError', `${path}: ${error.message}`);
    }
  }

  #createModule(id: string, path: string): Obj {
    const { realm } = this.#host;
    return realm.object({
      id,
      path: parentOf(path),
      exports: realm.object(),
      filename: path,
      loaded: false,
      children: realm.array([]),
      paths: realm.array([`${parentOf(path)}/node_modules`]),
    });
  }

  #localsOf(module: Obj, directory: string): Map<string, Value> {
    const { realm, context } = this.#host;
    const filename = String(module['filename']);
    const require = realm.stepped('require', 1, (_self, [specifier]) => {
      if (typeof specifier !== 'string')
        return realm.fail('TypeError', `The "id" argument must be of type string. Received ${String(specifier)}`, {
          code: 'ERR_INVALID_ARG_TYPE',
        });
      return this.require(specifier, directory, filename);
    });
    const resolve = realm.stepped('resolve', 1, function* (_self, [specifier]): Steps {
      const wanted = textOf(specifier);
      if (builtinName(wanted) !== undefined) return wanted;
      const path = yield { kind: 'wait', promise: resolveModule(context, wanted, directory, CONDITIONS) };
      return path ?? realm.fail('Error', `Cannot find module '${wanted}'`, { code: 'MODULE_NOT_FOUND' });
    });
    define(require, 'resolve', resolve);
    define(require, 'cache', this.#cache);
    define(require, 'main', this.main ?? module);
    define(module, 'require', require);
    return new Map<string, Value>([
      ['exports', module['exports']],
      ['require', require],
      ['module', module],
      ['__filename', filename],
      ['__dirname', directory],
      ['arguments', realm.argumentsObject([module['exports'], require, module, filename, directory])],
    ]);
  }

  #imports(path: string): ImportHooks {
    const { modules } = this;
    return modules === undefined ? noImports : modules.importsFor(path);
  }
}

/** Node throws it in a file of its own. */
function notFound(realm: Realm, message: string, requirers: string[]): Thrown {
  const error = realm.makeError('Error', message, { code: 'MODULE_NOT_FOUND', requireStack: realm.array(requirers) });
  const unit = { name: 'node:internal/modules/cjs/loader', text: '' };
  return new Thrown(error, new Frame({ label: '', unit }, realm.machine.frame));
}

const noImports: ImportHooks = {
  // oxlint-disable-next-line require-yield -- it is a step like those that do wait
  *load(): Steps {
    throw new Error('nothing is imported here');
  },
  meta: (): undefined => undefined,
};

/** The name of one of Node's own modules, without `node:`. */
export function builtinName(specifier: string): string | undefined {
  const name = specifier.replace(/^node:/, '');
  return specifier.startsWith('node:') || BUILTIN_NAMES.has(name) ? name : undefined;
}
