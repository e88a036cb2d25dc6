/** `apk add`, `apk fix`, `apk upgrade`. */
import type { AppletContext } from '../../applets/context.ts';
import { alpinePackages, providedBy, type AlpinePackage } from './alpine-catalogue.ts';
import type { ApkOptions } from './apk-options.ts';
import { installPackage, tellDone, virtualPackage } from './apk-changes.ts';
import { constraintName, fieldOf, readApkDatabase, saveApkDatabase, type ApkDatabase } from './apk-database.ts';
import { fetchIndexes, hasIndex, releaseOf, repositories } from './apk-index.ts';

export async function addPackages(context: AppletContext, options: ApkOptions): Promise<number> {
  const { names } = options;
  const addresses = await repositories(context, options.repositories);
  const database = await readApkDatabase(context);
  const fetches = options.noCache || options.updateCache;
  if (fetches) await fetchIndexes(context, addresses, { keep: !options.noCache, quiet: options.quiet });
  const isReady = fetches || hasIndex(context, addresses);
  if (!isReady) {
    for (const address of addresses)
      await context.err.write(
        `WARNING: opening from cache ${address}/x86_64/APKINDEX.tar.gz: No such file or directory\n`,
      );
  }
  const available = isReady ? await alpinePackages(context.process.kernel.catalogue) : new Map<string, AlpinePackage>();
  const plan = planAddition(database, available, names, options.virtual);
  if (plan.problems.length > 0) return reportProblems(context, plan.problems, isReady ? available.size : 0);
  if (plan.install.length > 0) {
    context.simulate(
      `apk: packages come from a small catalogue: names and dependencies follow Alpine, versions are of 3.22${otherRelease(releaseOf(addresses))}, sizes are approximate, programs are empty files`,
    );
  }
  if (options.simulate) return 0;
  await carryOut(context, database, plan.install, options);
  return 0;
}

function otherRelease(release: string): string {
  return release === '' || release === 'v3.22' ? '' : ` (this image is of ${release})`;
}

interface Addition {
  /** Dependencies before what needs them. */
  readonly install: readonly AlpinePackage[];
  readonly problems: readonly string[];
}

function planAddition(
  database: ApkDatabase,
  available: ReadonlyMap<string, AlpinePackage>,
  constraints: readonly string[],
  virtual: string | undefined,
): Addition {
  const provided = providedNames(database);
  const providers = providersOf(available);
  const install = new Map<string, AlpinePackage>();
  const problems: string[] = [];
  const need = (name: string, requiredBy: string): void => {
    const found = available.get(name) ?? providers.get(name);
    if (provided.has(name) || (found !== undefined && (provided.has(found.name) || install.has(found.name)))) return;
    if (found === undefined) {
      problems.push(`  ${name} (no such package):\n    required by: ${requiredBy}`);
      return;
    }
    // placed before its dependencies are looked at: they may need it in turn
    install.set(found.name, found);
    for (const dependency of found.depends) need(dependency, `${found.name}-${found.version}[${dependency}]`);
    install.delete(found.name);
    install.set(found.name, found);
  };
  for (const constraint of constraints) {
    const name = constraintName(constraint);
    const requiredBy = virtual === undefined ? `world[${constraint}]` : `${virtual}[${constraint}]`;
    const known = available.get(name);
    const version = database.packages.get(name)?.version ?? known?.version;
    if (version !== undefined && !matches(version, constraint)) {
      problems.push(`  ${name}-${version}:\n    breaks: ${requiredBy}`);
    } else need(name, requiredBy);
  }
  return { install: [...install.values()], problems };
}

/** The first package of each name that several may provide. */
function providersOf(available: ReadonlyMap<string, AlpinePackage>): ReadonlyMap<string, AlpinePackage> {
  const providers = new Map<string, AlpinePackage>();
  for (const one of available.values()) {
    for (const word of providedBy(one)) {
      const name = constraintName(word);
      if (!providers.has(name)) providers.set(name, one);
    }
  }
  return providers;
}

function providedNames(database: ApkDatabase): Set<string> {
  const names = new Set<string>();
  for (const one of database.packages.values()) {
    names.add(one.name);
    for (const word of fieldOf(one.fields, 'p').split(' ')) names.add(constraintName(word));
  }
  return names;
}

/** `pkg=1.2-r3` is exact, `pkg~=1` and `pkg~1` take every version that begins so, `<` and `>` compare number by number. */
function matches(version: string, constraint: string): boolean {
  const [, operator = '', wanted = ''] = /^[^=<>~@]+([=<>~]+)(.+)$/.exec(constraint) ?? [];
  if (operator === '') return true;
  if (operator.includes('~'))
    return version === wanted || (/^[.-]/.test(version.slice(wanted.length)) && version.startsWith(wanted));
  const order = compareVersions(version, wanted);
  return (
    (operator.includes('=') && order === 0) ||
    (operator.includes('>') && order > 0) ||
    (operator.includes('<') && order < 0)
  );
}

/** Versions number by number: below zero when `a` is older. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => (text.match(/\d+/g) ?? []).map(Number));
  for (let at = 0; at < Math.max(left?.length ?? 0, right?.length ?? 0); at++) {
    const difference = (left?.[at] ?? -1) - (right?.[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

async function reportProblems(context: AppletContext, problems: readonly string[], known: number): Promise<number> {
  await context.out.flush();
  await context.err.write(`ERROR: unable to select packages:\n${[...new Set(problems)].join('\n')}\n`);
  if (known > 0)
    context.simulate(`apk: the catalogue holds ${known} packages; others it cannot find, even where Alpine has them`);
  return problems.length;
}

async function carryOut(
  context: AppletContext,
  database: ApkDatabase,
  install: readonly AlpinePackage[],
  options: ApkOptions,
): Promise<void> {
  const virtual = options.virtual;
  const total = install.length + (virtual === undefined ? 0 : 1);
  for (const [index, one] of install.entries()) {
    const pause = context.checkpoint();
    if (pause !== undefined) await pause;
    if (!options.quiet) await context.out.write(`(${index + 1}/${total}) Installing ${one.name} (${one.version})\n`);
    installPackage(context, database, one);
  }
  if (virtual === undefined) {
    for (const constraint of options.names) database.world.set(constraintName(constraint), constraint);
  } else {
    const time = new Date(context.process.kernel.clock.nowMs())
      .toISOString()
      .replace(/[-:]|\..*/g, '')
      .replace('T', '.');
    if (!options.quiet) await context.out.write(`(${total}/${total}) Installing ${virtual} (${time})\n`);
    database.packages.set(virtual, virtualPackage(virtual, time, options.names));
    database.world.set(virtual, `${virtual}=${time}`);
  }
  saveApkDatabase(context, database);
  if (!options.quiet) await tellDone(context, database, total > 0);
}
