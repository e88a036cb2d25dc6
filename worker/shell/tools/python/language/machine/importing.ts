/** `import`: Strata's own modules, then files in the folders of `sys.path`. */
import { nameText } from '../objects/classes.ts';
import { decodeText } from '../../../../text.ts';
import { isSparse, readBody } from '../../../../../vfs/body.ts';
import { List, moduleType, Tuple } from '../objects/containers.ts';
import { Raised, raised } from '../objects/exceptions.ts';
import { ModuleObject, type Globals, type Value } from '../objects/values.ts';
import { compileProgram } from '../compile/compile.ts';
import { SyntaxProblem } from '../syntax/syntax-problem.ts';
import { loadBundled, NOT_RUNNABLE } from '../modules/index.ts';
import { findAttribute, lookUp } from './attributes.ts';
import { PythonFrame } from './frames.ts';
import type { Machine } from './machine.ts';
import { Call, Run, wait, type Steps } from './steps.ts';
import { BUNDLED_FILE } from './traceback.ts';
import { syntaxError } from './syntax-errors.ts';

/** Imports a module by its dotted name. Gives the first of its packages, or the last. */
export function* importModule(
  name: string,
  level: number,
  globals: Globals,
  machine: Machine,
  which: 'first' | 'last',
): Steps<Value> {
  const full = level === 0 ? name : relativeName(name, level, globals);
  const parts = full.split('.');
  let module: ModuleObject | undefined;
  let first: ModuleObject | undefined;
  for (let count = 1; count <= parts.length; count++) {
    const path = parts.slice(0, count).join('.');
    const inner = yield* loadModule(path, module, machine);
    module?.attributes.set(parts[count - 1] ?? '', inner);
    module = inner;
    first ??= inner;
  }
  const found = which === 'first' ? first : module;
  if (found === undefined) throw raised('ValueError', 'Empty module name');
  return found;
}

function relativeName(name: string, level: number, globals: Globals): string {
  const package_ = globals.get('__package__');
  if (typeof package_ !== 'string' || package_ === '')
    throw raised('ImportError', 'attempted relative import with no known parent package');
  const parts = package_.split('.');
  if (level > parts.length) throw raised('ImportError', 'attempted relative import beyond top-level package');
  return [...parts.slice(0, parts.length - level + 1), ...(name === '' ? [] : [name])].join('.');
}

function* loadModule(path: string, parent: ModuleObject | undefined, machine: Machine): Steps<ModuleObject> {
  const known = machine.modules.get(path);
  if (known !== undefined) return known;
  const folders = foldersOf(parent, machine);
  const name = path.slice(path.lastIndexOf('.') + 1);
  const isTop = parent === undefined;
  // a program's own folder comes first; Strata's modules stand for those of the standard library
  if (isTop) {
    const own = folders.slice(0, 1).flatMap((folder) => sourceIn(folder, name, machine));
    if (own[0] !== undefined) return yield* loadSource(path, own[0], machine);
  }
  const bundled = yield* wait(loadBundled(path));
  if (bundled !== undefined) {
    if (bundled.kind === 'native') {
      const module = new ModuleObject(moduleType, path, new Map([['__name__', path]]));
      machine.modules.set(path, module);
      for (const [key, value] of bundled.make(machine, module)) module.attributes.set(key, value);
      return module;
    }
    return yield* runModule(path, bundled.source, `${BUNDLED_FILE}${path}>`, undefined, machine);
  }
  for (const folder of isTop ? folders.slice(1) : folders) {
    const source = sourceIn(folder, name, machine)[0];
    if (source !== undefined) return yield* loadSource(path, source, machine);
  }
  throw missingModule(path, parent);
}

function missingModule(path: string, parent: ModuleObject | undefined): Raised {
  const top = path.replace(/\..*$/, '');
  const why = NOT_RUNNABLE.has(top)
    ? ` (Strata simulates Python and has no '${top}' of the standard library)`
    : parent !== undefined && !parent.attributes.has('__path__')
      ? `; '${parent.name}' is not a package`
      : '';
  const error = raised('ModuleNotFoundError', `No module named '${path}'${why}`);
  error.exception.attributes.set('name', path);
  return error;
}

/** Of a file that has the size of the real one, as simulated packages do. */
function withoutCode(path: string, file: string): Raised {
  if (NOT_RUNNABLE.has(path.replace(/\..*$/, ''))) return missingModule(path, undefined);
  const error = raised(
    'ImportError',
    `'${path}' is installed, but Strata simulates its package: the files have its size and no code. Leave it out here, or put a module with code in its place (${file})`,
  );
  error.exception.attributes.set('name', path);
  return error;
}

function foldersOf(parent: ModuleObject | undefined, machine: Machine): string[] {
  const list =
    parent === undefined ? machine.modules.get('sys')?.attributes.get('path') : parent.attributes.get('__path__');
  return list instanceof List ? list.items.map((folder) => nameText(folder)) : [];
}

interface Source {
  readonly file: string;
  /** The folder of a package. */
  readonly folder: string | undefined;
}

/** The file of a module in a folder. */
function sourceIn(folder: string, name: string, machine: Machine): Source[] {
  const { files } = machine.process;
  const base = folder === '' ? machine.process.cwd : folder;
  const path = `${base.replace(/\/$/, '')}/${name}`;
  if (files.find(path)?.inode.kind === 'directory') {
    const file = `${path}/__init__.py`;
    return files.find(file)?.inode.kind === 'file' ? [{ file, folder: path }] : [{ file: '', folder: path }];
  }
  return files.find(`${path}.py`)?.inode.kind === 'file' ? [{ file: `${path}.py`, folder: undefined }] : [];
}

function* loadSource(path: string, { file, folder }: Source, machine: Machine): Steps<ModuleObject> {
  if (file === '') {
    const module = new ModuleObject(moduleType, path, new Map<string, Value>([['__name__', path]]));
    module.attributes.set('__path__', new List(folder === undefined ? [] : [folder]));
    machine.modules.set(path, module);
    return module;
  }
  const body = machine.process.files.body(file);
  if (isSparse(body)) throw withoutCode(path, file);
  const text = decodeText(yield* wait(readBody(body)));
  machine.sources.set(file, text);
  return yield* runModule(path, text, file, folder, machine);
}

function* runModule(
  path: string,
  source: string,
  file: string,
  folder: string | undefined,
  machine: Machine,
): Steps<ModuleObject> {
  const globals: Globals = new Map<string, Value>([
    ['__name__', path],
    ['__file__', file],
    ['__package__', folder === undefined ? path.replace(/\.?[^.]*$/, '') : path],
    ['__doc__', null],
  ]);
  if (folder !== undefined) globals.set('__path__', new List([folder]));
  const module = new ModuleObject(moduleType, path, globals);
  machine.modules.set(path, module);
  try {
    const code = compileProgram(source, file);
    if (code.doc !== undefined) globals.set('__doc__', code.doc);
    yield new Run(new PythonFrame(code, globals, [], []));
  } catch (error) {
    machine.modules.delete(path);
    if (error instanceof SyntaxProblem) throw syntaxError(error, file, source);
    throw error;
  }
  return module;
}

/** `from module import name`: an attribute, or a module inside of the package. */
export function* importFrom(module: Value, name: string, machine: Machine): Steps<Value> {
  const found = yield* lookUp(module, name);
  if (found !== undefined) return found;
  if (module instanceof ModuleObject) {
    if (module.attributes.has('__path__')) {
      try {
        const inner = yield* loadModule(`${module.name}.${name}`, module, machine);
        module.attributes.set(name, inner);
        return inner;
      } catch (error) {
        if (!(error instanceof Raised) || error.exception.attributes.get('name') !== `${module.name}.${name}`)
          throw error;
      }
    }
    const file = module.attributes.get('__file__');
    const error = raised(
      'ImportError',
      `cannot import name '${name}' from '${module.name}' (${typeof file === 'string' ? file : 'unknown location'})`,
    );
    error.exception.attributes.set('name', module.name);
    throw error;
  }
  throw raised('ImportError', `cannot import name '${name}'`);
}

/** `from module import *`: the names of `__all__`, else those that do not begin with an underscore. */
export function importStar(module: ModuleObject, into: Globals): void {
  const all = module.attributes.get('__all__');
  const listed = all instanceof List || all instanceof Tuple ? all.items.map((name) => nameText(name)) : undefined;
  for (const name of listed ?? [...module.attributes.keys()].filter((one) => !one.startsWith('_'))) {
    const value = findAttribute(module, name);
    if (value === undefined || value instanceof Call)
      throw raised('AttributeError', `module '${module.name}' has no attribute '${name}'`);
    into.set(name, value);
  }
}
