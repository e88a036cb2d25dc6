/** Installing packages into node_modules, as npm, yarn and pnpm do. */
import { sha256OfSmall } from '../../../codec/sha256.ts';
import { utf8 } from '../../../base/bytes.ts';
import type { AppletContext } from '../../applets/context.ts';
import { holeOf, makeDirectories, placeSymlink, textOf } from '../placing.ts';
import { nodePackages, type NodePackage } from './npm-catalogue.ts';

/** What a package is taken to be of which a lock tells no more than name and version. */
const UNKNOWN_BYTES = 60_000;
/** A tarball is about this part of what is in it. */
const TARBALL_SHARE = 0.25;

export interface PlacedPackage {
  readonly one: NodePackage;
  /** Below the project: `node_modules/a`. */
  readonly path: string;
}

/** The packages that these names need, dependencies included, all at the top level; or the first name nobody knows. */
export async function resolvePackages(
  context: AppletContext,
  wanted: ReadonlyMap<string, string>,
): Promise<readonly NodePackage[] | { readonly unknown: string }> {
  const known = await nodePackages(context.process.kernel.catalogue);
  const chosen = new Map<string, NodePackage>();
  const queue = [...wanted];
  for (const [name, range] of queue) {
    if (chosen.has(name)) continue;
    const found = known.get(name);
    if (found === undefined) {
      if (wanted.has(name)) return { unknown: name };
      continue;
    }
    const exact = /^v?(\d+\.\d+\.\d+\S*)$/.exec(range)?.[1];
    chosen.set(name, exact === undefined ? found : { ...found, version: exact });
    queue.push(...found.dependencies);
  }
  return [...chosen.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The packages of a lock, where they are to lie. Those the catalogue does not know get a size of the usual order. */
export async function lockedPackages(
  context: AppletContext,
  lock: ReadonlyMap<string, { readonly version: string; readonly dev: boolean }>,
  withDevelopment: boolean,
): Promise<readonly PlacedPackage[]> {
  const known = await nodePackages(context.process.kernel.catalogue);
  return [...lock].flatMap(([path, { version, dev }]) => {
    if (dev && !withDevelopment) return [];
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const unknown = {
      name,
      version,
      unpackedBytes: UNKNOWN_BYTES,
      files: 10,
      dependencies: new Map(),
      programs: new Map(),
    };
    return [{ path, one: { ...(known.get(name) ?? unknown), version } }];
  });
}

/** Writes the packages below `directory`: package.json, one empty file of the rest of the size, and the links of programs. */
export async function placePackages(
  context: AppletContext,
  directory: string,
  packages: readonly PlacedPackage[],
): Promise<void> {
  const now = context.process.kernel.clock.nowMs();
  for (const { one, path } of packages) {
    const pause = context.checkpoint();
    if (pause !== undefined) await pause;
    const folder = `${directory === '/' ? '' : directory}/${path}`;
    makeDirectories(context, folder);
    const manifest = textOf(`${JSON.stringify(manifestOf(one), null, 2)}\n`);
    context.files.writeBody(`${folder}/package.json`, manifest);
    context.files.writeBody(`${folder}/index.js`, holeOf(Math.max(0, one.unpackedBytes - manifest.sizeBytes)));
    if (path.indexOf('node_modules/') !== path.lastIndexOf('node_modules/')) continue;
    placePrograms(
      context,
      one,
      folder,
      `${folder.slice(0, folder.lastIndexOf('node_modules/'))}node_modules/.bin`,
      `../${one.name}`,
      now,
    );
  }
}

/** Links in `bin` to the programs of a package; `way` leads from there to it. */
export function placePrograms(
  context: AppletContext,
  one: NodePackage,
  folder: string,
  bin: string,
  way: string,
  now: number,
): void {
  for (const [name, path] of one.programs) {
    const file = `${folder}/${path}`;
    makeDirectories(context, file.slice(0, file.lastIndexOf('/')));
    if (context.files.find(file) === undefined)
      context.files.writeBody(file, textOf('#!/usr/bin/env node\n', 400), 0o777);
    makeDirectories(context, bin);
    placeSymlink(context, `${bin}/${name}`, `${way}/${path}`, now);
  }
}

function manifestOf(one: NodePackage): Readonly<Record<string, unknown>> {
  return {
    name: one.name,
    version: one.version,
    main: 'index.js',
    ...(one.programs.size > 0 ? { bin: Object.fromEntries(one.programs) } : {}),
    dependencies: Object.fromEntries(one.dependencies),
  };
}

/** npm's cache of what it downloaded: contents by digest, and an index entry each. */
export function cachePackages(context: AppletContext, packages: readonly NodePackage[]): void {
  const root = context.env.get('npm_config_cache') ?? `${context.env.get('HOME') ?? '/root'}/.npm`;
  for (const one of packages) {
    const digest = sha256OfSmall(utf8(`${one.name}@${one.version}`));
    for (const [kind, bytes] of [
      ['content-v2/sha512', Math.round(one.unpackedBytes * TARBALL_SHARE)],
      ['index-v5', 2400],
    ] as const) {
      const folder = `${root}/_cacache/${kind}/${digest.slice(0, 2)}/${digest.slice(2, 4)}`;
      makeDirectories(context, folder);
      context.files.writeBody(`${folder}/${digest.slice(4)}`, holeOf(bytes));
    }
  }
}
