/** `apt-mark`: which packages came along by themselves, which are held. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { mayChangePackages } from './apt-state.ts';
import { installedPackages, readDatabase, saveAutomatic, saveDatabase, type DpkgDatabase } from './dpkg-database.ts';
import { installedNamed, nameOf } from './planning.ts';

const FAILED = 100;

export const aptMark: Applet = {
  names: ['apt-mark'],
  summary: 'Mark packages as automatically installed, wanted, or held',
  usage: 'COMMAND [PACKAGE]...',
  usageStatus: FAILED,
  async run(context) {
    const [command = '', ...names] = context.args.filter((word) => !word.startsWith('-'));
    const database = await readDatabase(context);
    const shown = shownPackages(database, command);
    if (shown !== undefined) {
      const wanted = shown.filter((name) => names.length === 0 || names.includes(name)).sort();
      await context.out.write(wanted.map((name) => `${name}\n`).join(''));
      return 0;
    }
    if (!['auto', 'manual', 'hold', 'unhold', 'minimize-manual'].includes(command)) {
      await context.err.write(`E: Invalid operation ${command}\n`);
      return FAILED;
    }
    if (!(await mayChangePackages(context, 'packages'))) return FAILED;
    for (const name of names) if (!(await mark(context, database, command, name))) return FAILED;
    if (command.endsWith('hold')) await saveDatabase(context, database);
    else saveAutomatic(context, database);
    return 0;
  },
};

function shownPackages(database: DpkgDatabase, command: string): string[] | undefined {
  const names = installedPackages(database).map(nameOf);
  if (command === 'showmanual') return names.filter((name) => !database.automatic.has(name));
  if (command === 'showauto') return names.filter((name) => database.automatic.has(name));
  if (command === 'showhold' || command === 'showholds')
    return names.filter((name) => database.packages.get(name)?.get('Status')?.startsWith('hold ') === true);
  return undefined;
}

/** False for a package that is not installed. `.*` and the like are patterns, as apt takes them. */
async function mark(context: AppletContext, database: DpkgDatabase, command: string, word: string): Promise<boolean> {
  const pattern = /[*^$]/.test(word)
    ? new RegExp(/[\^$]|\.\*/.test(word) ? word : `^${word.replaceAll('*', '.*')}$`)
    : undefined;
  const names =
    pattern === undefined
      ? [word]
      : installedPackages(database)
          .map(nameOf)
          .filter((name) => pattern.test(name));
  for (const name of names) {
    const paragraph = installedNamed(database, name);
    if (paragraph === undefined) {
      await context.err.write(`E: Unable to locate package ${name}\n`);
      return false;
    }
    await context.out.write(change(database, command, name));
    if (!command.endsWith('hold')) continue;
    const selection = command === 'hold' ? 'hold' : 'install';
    database.packages.set(name, new Map([...paragraph, ['Status', `${selection} ok installed`]]));
  }
  return true;
}

/** Notes the mark, and gives what apt says of it. */
function change(database: DpkgDatabase, command: string, name: string): string {
  const was = database.automatic.has(name);
  switch (command) {
    case 'auto':
      database.automatic.add(name);
      return was
        ? `${name} was already set to automatically installed.\n`
        : `${name} set to automatically installed.\n`;
    case 'hold':
      return `${name} set on hold.\n`;
    case 'unhold':
      return `Canceled hold on ${name}.\n`;
    default:
      database.automatic.delete(name);
      return was ? `${name} set to manually installed.\n` : `${name} was already set to manually installed.\n`;
  }
}
