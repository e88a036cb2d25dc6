/** `apk info`: questions to apk's records. */
import type { AppletContext } from '../../applets/context.ts';
import type { ApkOptions } from './apk-options.ts';
import { constraintName, fieldOf, pathsOf, readApkDatabase, type InstalledPackage } from './apk-database.ts';

export async function tellPackages(context: AppletContext, options: ApkOptions): Promise<number> {
  const { packages } = await readApkDatabase(context);
  const { flags, names } = options;
  if (flags.has('W') || flags.has('who-owns')) return tellOwners(context, [...packages.values()], names);
  if (names.length === 0) {
    for (const one of packages.values()) await context.out.write(`${shown(one, options)}\n`);
    return 0;
  }
  let status = 0;
  for (const name of names) {
    const one = packages.get(name) ?? providerOf([...packages.values()], name);
    if (one === undefined) {
      status++;
      continue;
    }
    if (flags.has('e') || flags.has('installed')) await context.out.write(`${one.name}\n`);
    else await context.out.write(details(one, [...packages.values()], flags));
  }
  return status === 0 ? 0 : 1;
}

/** The package that provides `so:libz.so.1`, `cmd:bash` or another name. */
function providerOf(packages: readonly InstalledPackage[], name: string): InstalledPackage | undefined {
  return packages.find(({ fields }) =>
    fieldOf(fields, 'p')
      .split(' ')
      .some((word) => constraintName(word) === name),
  );
}

function shown(one: InstalledPackage, { flags }: ApkOptions): string {
  if (!flags.has('v')) return one.name;
  const summary = fieldOf(one.fields, 'T');
  return flags.has('d') || summary !== '' ? `${one.name}-${one.version} - ${summary}` : `${one.name}-${one.version}`;
}

function details(one: InstalledPackage, packages: readonly InstalledPackage[], flags: ReadonlySet<string>): string {
  const title = `${one.name}-${one.version}`;
  const paths = pathsOf(one)
    .map((path) => `${path.slice(1)}\n`)
    .join('');
  const parts: readonly (readonly [string, string])[] = [
    ['d', `${title} description:\n${fieldOf(one.fields, 'T')}\n\n`],
    ['w', `${title} webpage:\n${fieldOf(one.fields, 'U')}\n\n`],
    ['s', `${title} installed size:\n${fieldOf(one.fields, 'I')} B\n\n`],
    ['R', `${title} depends on:\n${fieldOf(one.fields, 'D').replaceAll(' ', '\n')}\n\n`],
    ['P', `${title} provides:\n${fieldOf(one.fields, 'p').replaceAll(' ', '\n')}\n\n`],
    ['r', `${title} is required by:\n${dependentsOf(one, packages)}\n`],
    ['L', `${title} contains:\n${paths}\n`],
  ];
  const asked = parts.filter(([letter]) => flags.has(letter) || flags.has('a'));
  const told =
    asked.length > 0 ? asked : parts.filter(([letter]) => letter === 'd' || letter === 'w' || letter === 's');
  return told.map(([, text]) => text).join('');
}

function dependentsOf(one: InstalledPackage, packages: readonly InstalledPackage[]): string {
  const offered = new Set([one.name, ...fieldOf(one.fields, 'p').split(' ').map(constraintName)]);
  return packages
    .filter(({ fields }) =>
      fieldOf(fields, 'D')
        .split(' ')
        .some((word) => word !== '' && offered.has(constraintName(word))),
    )
    .map(({ name, version }) => `${name}-${version}\n`)
    .join('');
}

async function tellOwners(
  context: AppletContext,
  packages: readonly InstalledPackage[],
  paths: readonly string[],
): Promise<number> {
  for (const path of paths) {
    const owner = packages.find((one) => pathsOf(one).includes(path));
    if (owner === undefined) {
      await context.err.write(`ERROR: ${path}: Could not find owner package\n`);
      return 1;
    }
    await context.out.write(`${path} is owned by ${owner.name}-${owner.version}\n`);
  }
  return 0;
}
