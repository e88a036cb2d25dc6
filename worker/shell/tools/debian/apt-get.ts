/** `apt-get` and `apt`: Debian's package manager on the catalogue of its packages. Wording follows apt 2.6. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { UsageError } from '../../applets/options.ts';
import { removeFile } from '../placing.ts';
import { runAptCache } from './apt-cache.ts';
import { parseAptOptions, type AptOptions } from './apt-options.ts';
import { mayChangePackages, readAptState, simulateApt } from './apt-state.ts';
import { downloadHere } from './download-command.ts';
import { readDatabase } from './dpkg-database.ts';
import { installPackages, upgradePackages } from './install-command.ts';
import { listPackages } from './list-command.ts';
import { removePackages } from './remove-command.ts';
import { removeArchives } from './transaction.ts';
import { LISTS, updateLists } from './update.ts';

const FAILED = 100;

export const aptGet: Applet = {
  names: ['apt-get', 'apt'],
  summary: 'Install, upgrade and remove Debian packages (simulated from a catalogue)',
  usage: '[OPTIONS] COMMAND [PACKAGE]...',
  usageStatus: FAILED,
  async run(context) {
    let command: AptOptions;
    try {
      command = parseAptOptions(context.args);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return reportUsage(context, error);
    }
    if (command.options.has('v')) return tellVersion(context);
    // apt says so of itself wherever its output is no terminal
    if (context.name === 'apt')
      await context.err.write('\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n');
    return runCommand(context, command);
  },
};

/** apt words a wrong option differently from getopt. */
async function reportUsage(context: AppletContext, error: UsageError): Promise<number> {
  const option = /^(?:invalid option -- |unrecognized option )'(.*)'$/.exec(error.message)?.[1];
  const long = option?.startsWith('--') === true;
  const text =
    option === undefined
      ? error.message
      : `Command line option ${long ? option : `'${option}' [from -${option}]`} is not understood in combination with the other options`;
  await context.err.write(`E: ${text}${long ? '' : '.'}\n`);
  return FAILED;
}

async function runCommand(context: AppletContext, command: AptOptions): Promise<number> {
  switch (command.command) {
    case 'update':
      return (await mayChangePackages(context, 'lists')) ? updateLists(context, command.quietness >= 2) : FAILED;
    case 'install':
    case 'reinstall':
      // `install --update` reads the lists first
      if (command.options.has('update') && (await mayChangePackages(context, 'lists')))
        await updateLists(context, command.quietness >= 2);
      return installPackages(context, command);
    case 'upgrade':
    case 'dist-upgrade':
    case 'full-upgrade':
    case 'safe-upgrade':
      return upgradePackages(context, command);
    case 'remove':
    case 'purge':
    case 'autoremove':
    case 'auto-remove':
    case 'autopurge':
      return removePackages(context, command);
    case 'clean':
    case 'autoclean':
    case 'auto-clean':
      return clean(context, false);
    case 'distclean':
    case 'dist-clean':
      return clean(context, true);
    case 'download':
      return downloadHere(context, command);
    case 'check':
      return check(context, command);
    case 'list':
      return listPackages(context, command);
    case 'show':
    case 'search':
    case 'policy':
    case 'depends':
      return runAptCache(context, [command.command, ...command.operands]);
    case 'build-dep':
    case 'source':
      await context.err.write("E: You must put some 'deb-src' URIs in your sources.list\n");
      return FAILED;
    case '':
      await context.out.write(`apt 2.6.1 (amd64)\nUsage: ${context.name} [options] command\n`);
      return 1;
    default:
      await context.err.write(`E: Invalid operation ${command.command}\n`);
      return FAILED;
  }
}

/** `withLists` takes the lists of packages away too, as `dist-clean` does: all but the signed releases. */
async function clean(context: AppletContext, withLists: boolean): Promise<number> {
  if (!(await mayChangePackages(context, 'packages'))) return FAILED;
  removeArchives(context);
  if (!withLists || context.files.find(LISTS) === undefined) return 0;
  for (const { name } of context.files.list(LISTS))
    if (!name.endsWith('Release')) removeFile(context, `${LISTS}/${name}`);
  return 0;
}

async function check(context: AppletContext, command: AptOptions): Promise<number> {
  const state = await readAptState(context);
  simulateApt(context, state);
  if (command.quietness < 2)
    await context.out.write('Reading package lists...\nBuilding dependency tree...\nReading state information...\n');
  return 0;
}

async function tellVersion(context: AppletContext): Promise<number> {
  const version = (await readDatabase(context)).packages.get('apt')?.get('Version') ?? '2.6.1';
  await context.out.write(`apt ${version} (amd64)\n`);
  return 0;
}
