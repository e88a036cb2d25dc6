/** `apk list`, `apk version` and `apk fetch`: what there is, what is newer, and archives to take along. */
import type { AppletContext } from '../../applets/context.ts';
import { matchesPattern } from '../../interpreter/expansion/patterns.ts';
import { holeOf, placeFile } from '../placing.ts';
import { alpinePackages } from './alpine-catalogue.ts';
import { compareVersions } from './apk-add.ts';
import { fieldOf, readApkDatabase } from './apk-database.ts';
import { fetchIndexes, hasIndex, repositories } from './apk-index.ts';
import type { ApkOptions } from './apk-options.ts';

/** Wide enough for the longest name of a package that is installed, as apk lays it out. */
const VERSION_COLUMN = 42;

/** Packages that are there (`-I`) or can be had, those whose names match alone where patterns are given. */
export async function listPackages(context: AppletContext, { flags, names }: ApkOptions): Promise<number> {
  const { packages } = await readApkDatabase(context);
  const known = hasIndex(context, await repositories(context, []))
    ? await alpinePackages(context.process.kernel.catalogue)
    : new Map<string, { readonly name: string; readonly version: string }>();
  if (flags.has('u') || flags.has('upgradable') || flags.has('upgradeable')) return 0;
  const installedAlone = flags.has('I') || flags.has('installed');
  const all = new Map([...(installedAlone ? [] : known), ...packages]);
  for (const one of [...all.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (names.length > 0 && !names.some((pattern) => matchesPattern(one.name, pattern))) continue;
    const there = packages.get(one.name);
    const origin = there === undefined ? '' : fieldOf(there.fields, 'o');
    const licence = there === undefined ? '' : fieldOf(there.fields, 'L');
    const words = [
      `${one.name}-${one.version}`,
      'x86_64',
      `{${origin === '' ? one.name : origin}}`,
      ...(licence === '' ? [] : [`(${licence})`]),
      ...(there === undefined ? [] : ['[installed]']),
    ];
    await context.out.write(`${words.join(' ')}\n`);
  }
  return 0;
}

/** What is older than what can be had: nothing here; `-t` compares two versions. */
export async function tellVersions(context: AppletContext, { flags, names, virtual }: ApkOptions): Promise<number> {
  // -t means a virtual package elsewhere, which takes the word behind it
  const [first, second] = virtual === undefined ? names : [virtual, ...names];
  if (virtual !== undefined || flags.has('test')) {
    const order = compareVersions(first ?? '', second ?? '');
    await context.out.write(`${order < 0 ? '<' : order > 0 ? '>' : '='}\n`);
    return 0;
  }
  await context.out.write(`${'Installed:'.padEnd(VERSION_COLUMN)}Available:\n`);
  return 0;
}

/** Puts archives of packages, empty ones of the right size, into a directory. */
export async function fetchPackages(context: AppletContext, options: ApkOptions): Promise<number> {
  const addresses = await repositories(context, options.repositories);
  if (options.noCache || options.updateCache)
    await fetchIndexes(context, addresses, { keep: !options.noCache, quiet: options.quiet });
  const known = await alpinePackages(context.process.kernel.catalogue);
  const wanted = new Set(options.names);
  if (options.flags.has('R') || options.flags.has('recursive')) {
    for (const name of wanted)
      for (const needed of known.get(name)?.depends ?? []) wanted.add(needed.replace(/[=<>~].*/, ''));
  }
  context.simulate(
    'apk fetch: nothing is downloaded; the archives are empty files of about the size the real ones have',
  );
  let status = 0;
  for (const name of wanted) {
    const one = known.get(name);
    if (one === undefined) {
      await context.err.write(`ERROR: ${name}: unable to select package (or its dependencies)\n`);
      status = 1;
      continue;
    }
    const file = `${one.name}-${one.version}.apk`;
    if (!options.quiet) await context.out.write(`Downloading ${one.name}-${one.version}\n`);
    const mtimeMs = context.process.kernel.clock.nowMs();
    placeFile(context, `${options.output ?? '.'}/${file}`, holeOf(one.downloadBytes), {
      mode: 0o644,
      uid: 0,
      gid: 0,
      mtimeMs,
    });
  }
  return status;
}
