/** `dpkg` and `dpkg-query`: what is installed, and installing archives. Wording follows dpkg 1.21. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { mayChangePackages, readAptState, simulateApt } from './apt-state.ts';
import type { Paragraph } from './control.ts';
import { installedPackages, isInstalled, readDatabase, saveDatabase } from './dpkg-database.ts';
import { formatPackage, listTable, searchOwners, tellFiles, tellStatus } from './dpkg-query.ts';
import { archivedPackage } from './local-archives.ts';
import { dependentPackages, nameOf } from './planning.ts';
import { formatRelation, parseRelations, satisfies } from './relations.ts';
import { contentsOf, runTransaction } from './transaction.ts';

const ACTIONS: Readonly<Record<string, string>> = {
  '-l': 'list',
  '--list': 'list',
  '-L': 'listfiles',
  '--listfiles': 'listfiles',
  '-s': 'status',
  '--status': 'status',
  '-S': 'search',
  '--search': 'search',
  '-W': 'show',
  '--show': 'show',
  '-i': 'install',
  '--install': 'install',
  '--unpack': 'install',
  '-r': 'remove',
  '--remove': 'remove',
  '-P': 'purge',
  '--purge': 'purge',
  '--configure': 'configure',
  '--get-selections': 'get-selections',
  '--set-selections': 'set-selections',
  '--print-architecture': 'print-architecture',
  '--print-foreign-architectures': 'print-foreign-architectures',
  '--add-architecture': 'add-architecture',
  '--remove-architecture': 'remove-architecture',
  '--compare-versions': 'compare-versions',
  '--audit': 'audit',
  '-V': 'audit',
  '--verify': 'audit',
  '-C': 'audit',
  '--version': 'version',
  '--triggers-only': 'configure',
};
const DEFAULT_FORMAT = '${binary:Package}\\t${Version}\\n';
const FAILED = 2;

export const dpkg: Applet = {
  names: ['dpkg', 'dpkg-query'],
  summary: "Debian's package database (installing is simulated)",
  usage: '[OPTION]... ACTION [PACKAGE]...',
  usageStatus: FAILED,
  async run(context) {
    const { action, operands, format, unknown } = parseArguments(context.args);
    if (unknown !== undefined) {
      await context.err.write(
        `${context.name}: error: unknown option ${unknown}\n\nType ${context.name} --help for help about ${context.name === 'dpkg' ? 'installing and deinstalling packages [*]' : 'querying packages'}.\n`,
      );
      return FAILED;
    }
    if (action === undefined) {
      await context.err.write(
        'dpkg: error: need an action option\n\nType dpkg --help for help about installing and deinstalling packages [*].\n',
      );
      return FAILED;
    }
    return runAction(context, action, operands, format);
  },
};

interface DpkgArguments {
  readonly action: string | undefined;
  readonly operands: readonly string[];
  readonly format: string;
  readonly unknown: string | undefined;
}

function parseArguments(words: readonly string[]): DpkgArguments {
  let action: string | undefined;
  let format = DEFAULT_FORMAT;
  const operands: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const known = ACTIONS[word];
    if (known !== undefined && action === undefined) action = known;
    else if (word === '-f' || word === '--showformat') format = words[++at] ?? '';
    else if (/^-f=?./.test(word)) format = word.replace(/^-f=?/, '');
    else if (word.startsWith('--showformat=')) format = word.slice('--showformat='.length);
    else if (/^-[Wls]f/.test(word)) {
      action = ACTIONS[word.slice(0, 2)];
      format = word.slice(3).replace(/^=/, '') || (words[++at] ?? '');
    } else if (!word.startsWith('-') || action === 'compare-versions') operands.push(word);
  }
  return { action, operands, format, unknown: words.find((word) => action !== 'compare-versions' && isUnknown(word)) };
}

/** A long option that is neither an action nor one of those that change how an action is done. */
function isUnknown(word: string): boolean {
  if (!/^--[a-z]/.test(word) || ACTIONS[word] !== undefined) return false;
  return !/^--(?:force|no-force|refuse|showformat|admindir|root|instdir|no-act|dry-run|simulate|recursive|auto-deconfigure|no-pager|no-triggers|triggers|path-exclude|path-include|ignore-depends|status-fd|log|abort-after|skip-same-version|selected-only|no-debsig|validate|assert|pending|verify|help|load-avail|admin)/.test(
    word,
  );
}

async function runAction(
  context: AppletContext,
  action: string,
  operands: readonly string[],
  format: string,
): Promise<number> {
  switch (action) {
    case 'print-architecture':
      await context.out.write('amd64\n');
      return 0;
    case 'print-foreign-architectures':
    case 'audit':
      return 0;
    case 'version':
      await context.out.write(
        "Debian 'dpkg' package management program version 1.21.22 (amd64).\n" +
          'This is free software; see the GNU General Public License version 2 or\nlater for copying conditions. There is NO warranty.\n',
      );
      return 0;
    case 'compare-versions':
      return compare(operands);
    case 'list':
      return listTable(context, operands);
    case 'listfiles':
      return tellFiles(context, operands);
    case 'status':
      return tellStatus(context, operands);
    case 'search':
      return searchOwners(context, operands);
    case 'show':
      return show(context, operands, format);
    case 'get-selections':
      return selections(context);
    case 'install':
      return installArchives(context, operands);
    case 'remove':
    case 'purge':
      return remove(context, operands, action === 'purge');
    default:
      return changeNothing(context);
  }
}

/** Architectures and selections are noted nowhere that anything here reads; what is unpacked is configured at once. */
async function changeNothing(context: AppletContext): Promise<number> {
  return (await mayChangePackages(context, 'packages')) ? 0 : FAILED;
}

function compare(operands: readonly string[]): number {
  const [left = '', operator = '', right = ''] = operands;
  const symbols: Readonly<Record<string, string>> = { lt: '<<', le: '<=', eq: '=', ge: '>=', gt: '>>' };
  const relation = { name: 'x', version: { operator: symbols[operator] ?? operator, version: right } };
  const isMet = satisfies(
    new Map([
      ['Package', 'x'],
      ['Version', left],
    ]),
    relation,
  );
  return (operator === 'ne' ? left !== right : isMet) ? 0 : 1;
}

async function show(context: AppletContext, operands: readonly string[], format: string): Promise<number> {
  const database = await readDatabase(context);
  const names = operands.length > 0 ? operands : [...database.packages.keys()].sort();
  let status = 0;
  for (const word of names) {
    const pattern = new RegExp(`^${word.replace(/:.*$/, '').replace(/[.+]/g, '\\$&').replaceAll('*', '.*')}$`);
    const found = [...database.packages.values()].filter((paragraph) => pattern.test(nameOf(paragraph)));
    for (const paragraph of found) await context.out.write(formatPackage(paragraph, format));
    if (found.length > 0) continue;
    await context.out.flush();
    await context.err.write(`dpkg-query: no packages found matching ${word}\n`);
    status = 1;
  }
  return status;
}

async function selections(context: AppletContext): Promise<number> {
  const database = await readDatabase(context);
  for (const name of [...database.packages.keys()].sort()) {
    const selection = database.packages.get(name)?.get('Status')?.split(' ')[0] ?? 'install';
    await context.out.write(`${name.padEnd(48)}${selection}\n`);
  }
  return 0;
}

async function installArchives(context: AppletContext, paths: readonly string[]): Promise<number> {
  if (paths.length === 0) {
    await context.err.write('dpkg: error: --install needs at least one package archive file argument\n');
    return FAILED;
  }
  if (!(await mayChangePackages(context, 'packages'))) return FAILED;
  const packages: Paragraph[] = [];
  for (const path of paths) {
    const paragraph = await archivedPackage(context, path);
    if (typeof paragraph === 'string') {
      const missing = context.files.find(path) === undefined;
      const why = missing ? `cannot access archive '${path}': No such file or directory` : paragraph;
      await context.err.write(`dpkg: error: ${why}\n`);
      return FAILED;
    }
    packages.push(paragraph);
  }
  const state = await readAptState(context);
  simulateApt(context, state);
  const downloads = await contentsOf(context, packages);
  const missing = packages.flatMap((paragraph) =>
    unmetBy(paragraph, [...installedPackages(state.database), ...packages]),
  );
  await runTransaction(context, state.database, { downloads, remove: [], purge: false });
  if (missing.length === 0 || state.otherRelease !== undefined) return 0;
  await context.out.flush();
  await context.err.write(`dpkg: dependency problems prevent configuration:\n${missing.join('')}`);
  return 1;
}

function unmetBy(paragraph: Paragraph, there: readonly Paragraph[]): string[] {
  return parseRelations(paragraph.get('Depends')).flatMap((alternatives) => {
    const [first] = alternatives;
    if (first === undefined || alternatives.some((relation) => there.some((one) => satisfies(one, relation))))
      return [];
    return [
      ` ${nameOf(paragraph)} depends on ${formatRelation(first)}; however:\n  Package ${first.name} is not installed.\n`,
    ];
  });
}

async function remove(context: AppletContext, names: readonly string[], purge: boolean): Promise<number> {
  if (!(await mayChangePackages(context, 'packages'))) return FAILED;
  const database = await readDatabase(context);
  const packages: Paragraph[] = [];
  for (const name of names) {
    const paragraph = database.packages.get(name);
    if (paragraph === undefined) {
      await context.err.write(`dpkg: warning: ignoring request to remove ${name} which isn't installed\n`);
    } else if (paragraph.get('Essential') === 'yes') {
      const action = purge ? '--purge' : '--remove';
      await context.err.write(
        `dpkg: error processing package ${name} (${action}):\n this is an essential package; it should not be removed\nErrors were encountered while processing:\n ${name}\n`,
      );
      return 1;
    } else packages.push(paragraph);
  }
  const dependents = dependentPackages(database, packages.filter(isInstalled)).filter((one) => !packages.includes(one));
  if (dependents.length > 0) {
    await context.err.write(
      `dpkg: dependency problems prevent removal of ${names.join(' ')}:\n${dependents
        .map((one) => ` ${nameOf(one)} depends on ${names.join(' ')}.\n`)
        .join('')}\n`,
    );
    return 1;
  }
  simulateApt(context, await readAptState(context));
  await runTransaction(context, database, { downloads: [], remove: packages, purge });
  await saveDatabase(context, database);
  return 0;
}
