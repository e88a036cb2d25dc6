/** apk's records in the image: /lib/apk/db/installed, a paragraph a package, and /etc/apk/world, what was asked for by name. */
import type { AppletContext } from '../../applets/context.ts';
import { placeFile, readText, textOf } from '../placing.ts';

const INSTALLED = '/lib/apk/db/installed';
const WORLD = '/etc/apk/world';

/** A paragraph: fields of one letter, in their order; some letters (`F`, `R`, `a`) come many times. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly fields: readonly (readonly [letter: string, value: string])[];
}

export interface ApkDatabase {
  /** By name, in the order of installation. */
  readonly packages: Map<string, InstalledPackage>;
  /** Constraints by name: `curl`, `curl=8.12.1-r1`, `.build-deps=20240101.000000`. */
  readonly world: Map<string, string>;
}

export async function readApkDatabase(context: AppletContext): Promise<ApkDatabase> {
  const text = (await readText(context, INSTALLED)) ?? '';
  const packages = text.split('\n\n').flatMap((block): InstalledPackage[] => {
    const fields = block
      .split('\n')
      .flatMap((line) => (line[1] === ':' ? [[line.slice(0, 1), line.slice(2)] as const] : []));
    const name = fieldOf(fields, 'P');
    return name === '' ? [] : [{ name, version: fieldOf(fields, 'V'), fields }];
  });
  const world = ((await readText(context, WORLD)) ?? '').split(/\s+/).filter((word) => word !== '');
  return {
    packages: new Map(packages.map((one) => [one.name, one])),
    world: new Map(world.map((constraint) => [constraintName(constraint), constraint])),
  };
}

/** The name in `name`, `name=1.2`, `name~1`, `name>=1`, `name@edge`. */
export function constraintName(constraint: string): string {
  return constraint.replace(/[=<>~@].*$/, '');
}

export function fieldOf(fields: InstalledPackage['fields'], letter: string): string {
  return fields.find(([one]) => one === letter)?.[1] ?? '';
}

export function saveApkDatabase(context: AppletContext, { packages, world }: ApkDatabase): void {
  const attributes = { mode: 0o644, uid: 0, gid: 0, mtimeMs: context.process.kernel.clock.nowMs() };
  const paragraphs = [...packages.values()].map(({ fields }) =>
    fields.map(([letter, value]) => `${letter}:${value}\n`).join(''),
  );
  placeFile(context, INSTALLED, textOf(paragraphs.map((text) => `${text}\n`).join('')), attributes);
  const lines = [...world.values()].sort().map((constraint) => `${constraint}\n`);
  placeFile(context, WORLD, textOf(lines.join('')), attributes);
}

/** Paths of a package, absolute, in the order of its paragraph. */
export function pathsOf({ fields }: InstalledPackage): string[] {
  let folder = '';
  return fields.flatMap(([letter, value]) => {
    if (letter === 'F') folder = value;
    return letter === 'R' ? [`/${folder === '' ? '' : `${folder}/`}${value}`] : [];
  });
}

/** Bytes of all packages together, as apk sums them up. */
export function installedBytes({ packages }: ApkDatabase): number {
  return [...packages.values()].reduce((sum, { fields }) => sum + Number(fieldOf(fields, 'I') || 0), 0);
}

/** Installed packages that nothing in world needs, those installed last first. */
export function orphans(database: ApkDatabase): InstalledPackage[] {
  const byProvided = new Map<string, InstalledPackage>();
  for (const one of database.packages.values()) {
    byProvided.set(one.name, one);
    for (const provided of words(fieldOf(one.fields, 'p'))) byProvided.set(constraintName(provided), one);
  }
  const needed = new Set<InstalledPackage>();
  const keep = (name: string): void => {
    const one = byProvided.get(name);
    if (one === undefined || needed.has(one)) return;
    needed.add(one);
    for (const dependency of words(fieldOf(one.fields, 'D'))) keep(constraintName(dependency));
  };
  for (const name of database.world.keys()) keep(name);
  return [...database.packages.values()].filter((one) => !needed.has(one)).reverse();
}

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}
