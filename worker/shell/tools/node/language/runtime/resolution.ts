/** Where the name of a module leads (Node's "Modules: CommonJS modules", "All together", and "Resolution Algorithm" of its ES modules). */
import type { AppletContext } from '../../../../applets/context.ts';
import { isObject } from '../callable.ts';
import { isDirectory, isFile, joined, parentOf, readSource } from './files.ts';

const EXTENSIONS = ['.js', '.json', '.node'];

/** The file a name stands for; undefined where there is none. */
export async function resolveModule(
  context: AppletContext,
  name: string,
  directory: string,
  conditions: readonly string[],
): Promise<string | undefined> {
  if (/^(?:\.{0,2}\/|\.{1,2}$)/.test(name)) {
    const path = joined(directory, name);
    return name.endsWith('/') ? asDirectory(context, path) : asPath(context, path);
  }
  for (let at = directory; ; at = parentOf(at)) {
    const root = `${at === '/' ? '' : at}/node_modules`;
    const found = isDirectory(context, root) ? await inPackages(context, root, name, conditions) : undefined;
    if (found !== undefined) return found;
    if (at === '/') return undefined;
  }
}

async function asPath(context: AppletContext, path: string): Promise<string | undefined> {
  return asFile(context, path) ?? asDirectory(context, path);
}

function asFile(context: AppletContext, path: string): string | undefined {
  return ['', ...EXTENSIONS].map((extension) => path + extension).find((candidate) => isFile(context, candidate));
}

async function asDirectory(context: AppletContext, path: string): Promise<string | undefined> {
  if (!isDirectory(context, path)) return undefined;
  const main = (await manifestOf(context, path))?.['main'];
  if (typeof main === 'string') {
    const target = joined(path, main);
    const found = asFile(context, target) ?? asFile(context, `${target}/index`);
    if (found !== undefined) return found;
  }
  return asFile(context, `${path}/index`);
}

async function inPackages(
  context: AppletContext,
  root: string,
  name: string,
  conditions: readonly string[],
): Promise<string | undefined> {
  const [, own = name, inner = ''] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(name) ?? [];
  const home = `${root}/${own}`;
  const exported = (await manifestOf(context, home))?.['exports'];
  if (exported !== undefined) {
    const target = exportedTarget(exported, inner === '' ? '.' : `./${inner}`, conditions);
    if (target !== undefined) return asFile(context, joined(home, target));
  }
  return asPath(context, inner === '' ? home : `${home}/${inner}`);
}

/** What `exports` of package.json says of a path in the package. */
function exportedTarget(exported: unknown, path: string, conditions: readonly string[]): string | undefined {
  if (typeof exported === 'string') return path === '.' ? exported : undefined;
  if (!isObject(exported)) return undefined;
  const hasPaths = Object.keys(exported).some((key) => key.startsWith('.'));
  const entry = hasPaths ? exported[path] : path === '.' ? exported : undefined;
  return chosen(entry, conditions);
}

function chosen(entry: unknown, conditions: readonly string[]): string | undefined {
  if (typeof entry === 'string') return entry;
  if (!isObject(entry)) return undefined;
  for (const [condition, target] of Object.entries(entry)) {
    if (condition !== 'default' && !conditions.includes(condition)) continue;
    const found = chosen(target, conditions);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a file is an ES module: by its ending, or by the package it lies in. */
export async function isModuleFile(context: AppletContext, path: string): Promise<boolean> {
  if (path.endsWith('.mjs')) return true;
  if (!path.endsWith('.js')) return false;
  for (let at = parentOf(path); ; at = parentOf(at)) {
    const manifest = await manifestOf(context, at);
    if (manifest !== undefined) return manifest['type'] === 'module';
    if (at === '/' || at.endsWith('/node_modules')) return false;
  }
}

async function manifestOf(
  context: AppletContext,
  directory: string,
): Promise<Record<PropertyKey, unknown> | undefined> {
  const path = `${directory === '/' ? '' : directory}/package.json`;
  if (!isFile(context, path)) return undefined;
  try {
    const value: unknown = JSON.parse(await readSource(context, path));
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
