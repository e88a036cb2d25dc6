/** package.json and package-lock.json of the project a command is run in. */
import type { AppletContext } from '../../applets/context.ts';
import { readText, textOf } from '../placing.ts';

type Fields = Record<string, unknown>;

export interface NodeProject {
  /** The folder with package.json. */
  readonly directory: string;
  readonly manifest: Fields;
}

/** The project of the working directory or of the nearest folder above; undefined where there is none, a message for wrong JSON. */
export async function findProject(context: AppletContext, from: string): Promise<NodeProject | string | undefined> {
  for (let directory = from; ; directory = directory.replace(/\/[^/]*$/, '') || '/') {
    const path = `${directory === '/' ? '' : directory}/package.json`;
    const text = await readText(context, path);
    if (text !== undefined) {
      const manifest = parseObject(text);
      return manifest === undefined ? `Failed to parse JSON data of ${path}` : { directory, manifest };
    }
    if (directory === '/') return undefined;
  }
}

export function parseObject(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The strings of a field that is an object: dependencies, scripts. */
export function stringsOf(fields: Fields, name: string): Map<string, string> {
  const value = fields[name];
  const entries = isObject(value) ? Object.entries(value) : [];
  return new Map(entries.flatMap(([key, one]) => (typeof one === 'string' ? [[key, one] as const] : [])));
}

export function writeJson(context: AppletContext, path: string, value: unknown): void {
  context.files.writeBody(path, textOf(`${JSON.stringify(value, null, 2)}\n`));
}

/** The packages a lock names by their folders (`node_modules/a`), with versions; undefined without a lock. */
export async function readLock(
  context: AppletContext,
  directory: string,
): Promise<ReadonlyMap<string, { readonly version: string; readonly dev: boolean }> | undefined> {
  const text = await readText(context, `${directory === '/' ? '' : directory}/package-lock.json`);
  const packages = text === undefined ? undefined : parseObject(text)?.['packages'];
  if (text === undefined) return undefined;
  const entries = isObject(packages) ? Object.entries(packages) : [];
  return new Map(
    entries.flatMap(([path, value]) => {
      if (path === '' || !isObject(value) || value['link'] === true) return [];
      const version = typeof value['version'] === 'string' ? value['version'] : '0.0.0';
      return [[path, { version, dev: value['dev'] === true }] as const];
    }),
  );
}
