/** `apk`: Alpine's package manager. Wording follows apk-tools 2.14. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { removeFile } from '../placing.ts';
import { alpinePackages } from './alpine-catalogue.ts';
import { addPackages } from './apk-add.ts';
import { isNeeded, purgePackages, summary, tellDone } from './apk-changes.ts';
import { constraintName, orphans, readApkDatabase, saveApkDatabase } from './apk-database.ts';
import { fetchIndexes, hasIndex, releaseOf, repositories } from './apk-index.ts';
import { tellPackages } from './apk-info.ts';
import { fetchPackages, listPackages, tellVersions } from './apk-questions.ts';
import { parseApkOptions, type ApkOptions } from './apk-options.ts';

const FAILED = 99;

export const apk: Applet = {
  names: ['apk'],
  summary: 'Install and remove Alpine packages (simulated from a small catalogue)',
  usage: '[OPTION]... COMMAND [PACKAGE]...',
  usageStatus: 1,
  async run(context) {
    const options = parseApkOptions(context.args);
    const changes = ['add', 'del', 'update', 'upgrade', 'fix', 'cache'].includes(options.command);
    if (changes && context.process.credentials.uid !== 0) {
      await context.err.write(
        'ERROR: Unable to lock database: Permission denied\nERROR: Failed to open apk database: Permission denied\n',
      );
      return FAILED;
    }
    return runCommand(context, options);
  },
};

async function runCommand(context: AppletContext, options: ApkOptions): Promise<number> {
  switch (options.command) {
    case 'add':
      return addPackages(context, options);
    case 'del':
      return deletePackages(context, options);
    case 'update':
      return updateIndexes(context, options);
    case 'upgrade':
    case 'fix':
      return upgrade(context, options);
    case 'info':
      return tellPackages(context, options);
    case 'list':
      return listPackages(context, options);
    case 'version':
      return tellVersions(context, options);
    case 'fetch':
      return fetchPackages(context, options);
    case 'dot':
    case 'index':
    case 'manifest':
      await context.err.write(
        `strata: apk ${options.command}: not simulated; no archives and no checksums of their files are here\n`,
      );
      return 1;
    case 'search':
      return search(context, options);
    case 'cache':
      return cleanCache(context, options);
    case 'policy':
      return policy(context, options);
    case 'stats':
    case 'audit':
    case 'verify':
      return 0;
    case '':
      if (options.flags.has('print-arch')) {
        await context.out.write('x86_64\n');
        return 0;
      }
      await context.out.write(
        options.flags.has('V') || options.flags.has('version')
          ? 'apk-tools 2.14.9, compiled for x86_64.\n'
          : 'apk-tools 2.14.9, compiled for x86_64.\n\nusage: apk [<OPTIONS>...] COMMAND [<ARGUMENTS>...]\n',
      );
      return options.flags.has('V') || options.flags.has('version') ? 0 : 1;
    default:
      await context.err.write(`ERROR: '${options.command}' is not an apk command. See 'apk --help'.\n`);
      return 1;
  }
}

async function deletePackages(context: AppletContext, options: ApkOptions): Promise<number> {
  const database = await readApkDatabase(context);
  const unknown = options.names.filter(
    (name) => !database.world.has(constraintName(name)) && !database.packages.has(name),
  );
  if (unknown.length > 0 && unknown.length === options.names.length) {
    for (const name of unknown) await context.err.write(`ERROR: No such package: ${name}\n`);
    return unknown.length;
  }
  // what nothing needed before belongs to the image, and stays
  const unneeded = new Set(orphans(database));
  for (const name of options.names) database.world.delete(constraintName(name));
  const gone = orphans(database).filter((one) => !unneeded.has(one));
  await purgePackages(context, database, gone, options.quiet);
  for (const name of options.names) {
    const needs = database.packages.has(name) ? isNeeded(database, name) : undefined;
    if (needs !== undefined)
      await context.out.write(
        `World updated, but the following packages are not removed due to:\n  ${name}: ${needs}\n\n`,
      );
  }
  saveApkDatabase(context, database);
  if (!options.quiet) await tellDone(context, database, gone.length > 0);
  return 0;
}

async function updateIndexes(context: AppletContext, options: ApkOptions): Promise<number> {
  const addresses = await repositories(context, options.repositories);
  await fetchIndexes(context, addresses, { keep: !options.noCache, quiet: options.quiet });
  context.simulate(
    'apk update: nothing is downloaded; the indexes are empty files of about the size the real ones have',
  );
  if (options.quiet) return 0;
  for (const address of addresses) await context.out.write(`${releaseOf([address])} [${address}]\n`);
  const { size } = await alpinePackages(context.process.kernel.catalogue);
  await context.out.write(`OK: ${size} distinct packages available\n`);
  return 0;
}

/** Nothing newer than what is installed is known of here. */
async function upgrade(context: AppletContext, options: ApkOptions): Promise<number> {
  const addresses = await repositories(context, options.repositories);
  if (options.noCache || options.updateCache)
    await fetchIndexes(context, addresses, { keep: !options.noCache, quiet: options.quiet });
  context.simulate(`apk ${options.command}: no newer versions are known here, so nothing changes`);
  if (!options.quiet) await context.out.write(`${summary(await readApkDatabase(context))}\n`);
  return 0;
}

async function search(context: AppletContext, options: ApkOptions): Promise<number> {
  const addresses = await repositories(context, options.repositories);
  if (options.noCache || options.updateCache)
    await fetchIndexes(context, addresses, { keep: !options.noCache, quiet: options.quiet });
  else if (!hasIndex(context, addresses)) return 0;
  for (const one of (await alpinePackages(context.process.kernel.catalogue)).values()) {
    if (options.names.length > 0 && !options.names.some((word) => matchesWord(one.name, word, options))) continue;
    await context.out.write(`${one.name}-${one.version}${options.flags.has('v') ? ` - ${one.summary}` : ''}\n`);
  }
  return 0;
}

function matchesWord(name: string, word: string, { flags }: ApkOptions): boolean {
  if (/[*?]/.test(word))
    return new RegExp(`^${word.replace(/[.+]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`).test(name);
  return flags.has('e') || flags.has('x') ? name === word : name.includes(word);
}

async function cleanCache(context: AppletContext, { names }: ApkOptions): Promise<number> {
  if (names[0] !== 'clean') return 0;
  for (const { name } of context.files.list('/var/cache/apk')) removeFile(context, `/var/cache/apk/${name}`);
  return 0;
}

async function policy(context: AppletContext, { names }: ApkOptions): Promise<number> {
  const database = await readApkDatabase(context);
  const available = await alpinePackages(context.process.kernel.catalogue);
  for (const name of names) {
    const there = database.packages.get(name);
    const version = there?.version ?? available.get(name)?.version;
    if (version === undefined) continue;
    const [address = ''] = await repositories(context, []);
    await context.out.write(
      `${name} policy:\n  ${version}:\n${there === undefined ? '' : '    lib/apk/db/installed\n'}    ${address}\n`,
    );
  }
  return 0;
}
