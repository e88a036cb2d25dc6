/** `apt-get remove`, `purge` and `autoremove`. */
import type { AppletContext } from '../../applets/context.ts';
import type { AptOptions } from './apt-options.ts';
import { mayChangePackages, readAptState, simulateApt } from './apt-state.ts';
import type { Paragraph } from './control.ts';
import { installedPackages, isInstalled } from './dpkg-database.ts';
import { tellReading } from './install-command.ts';
import { historyEntry, logTransaction } from './logs.ts';
import { confirm, formatGrowth, namesOf, section } from './plan-summary.ts';
import { dependentPackages, nameOf, unneededPackages } from './planning.ts';
import { runTransaction } from './transaction.ts';
import { formatNames } from './wording.ts';

const FAILED = 100;

export async function removePackages(context: AppletContext, command: AptOptions): Promise<number> {
  if (!command.simulate && !(await mayChangePackages(context, 'packages'))) return FAILED;
  await tellReading(context, command);
  const state = await readAptState(context);
  const { database } = state;
  const purge = command.command === 'purge' || command.options.has('purge');
  const asked: Paragraph[] = [];
  for (const word of command.operands) {
    const found = matching([...database.packages.values()], word);
    if (found.length === 0 && !state.available.has(word)) {
      await context.out.flush();
      await context.err.write(`E: Unable to locate package ${word}\n`);
      return FAILED;
    }
    const removable = found.filter((paragraph) => isInstalled(paragraph) || purge);
    asked.push(...removable);
    if (removable.length === 0 && command.quietness < 2)
      await context.out.write(`Package '${word}' is not installed, so not removed\n`);
  }
  const withDependents = dependentPackages(database, asked);
  const leaving = new Set(withDependents.map(nameOf));
  const orphans = unneededPackages(database, leaving);
  const alsoOrphans = command.command === 'autoremove' || command.options.has('auto-remove');
  const remove = (alsoOrphans ? [...withDependents, ...orphans] : withDependents).toSorted((a, b) =>
    nameOf(a) < nameOf(b) ? -1 : 1,
  );
  if (
    remove.some((paragraph) => paragraph.get('Essential') === 'yes') &&
    !command.options.has('allow-remove-essential')
  )
    return refuseEssential(context, remove);
  if (command.quietness < 2) await context.out.write(summary(remove, alsoOrphans ? [] : orphans, purge));
  if (remove.length === 0) return 0;
  if (command.simulate) {
    for (const paragraph of remove)
      await context.out.write(`Remv ${nameOf(paragraph)} [${paragraph.get('Version') ?? ''}]\n`);
    return 0;
  }
  if (!(await confirm(context, command, true))) return 1;
  simulateApt(context, state);
  const startMs = context.process.kernel.clock.nowMs();
  const entries = remove.map((paragraph) => historyEntry(paragraph, false)).join(', ');
  await runTransaction(context, database, { downloads: [], remove: removalOrder(remove), purge });
  logTransaction(context, startMs, [`${purge ? 'Purge' : 'Remove'}: ${entries}`]);
  return 0;
}

function matching(packages: readonly Paragraph[], word: string): Paragraph[] {
  const name = word.replace(/:[a-z0-9]+$/, '');
  if (!/[*?]/.test(name)) return packages.filter((paragraph) => nameOf(paragraph) === name);
  const source = name
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const pattern = new RegExp(`^${source}$`);
  return packages.filter((paragraph) => pattern.test(nameOf(paragraph)));
}

/** A package goes before what it depends on. */
function removalOrder(packages: readonly Paragraph[]): Paragraph[] {
  const rest = new Set(packages);
  const ordered: Paragraph[] = [];
  while (rest.size > 0) {
    const free = [...rest].filter((paragraph) => {
      const others = [...rest].filter((other) => other !== paragraph);
      const database = {
        packages: new Map(others.map((other) => [nameOf(other), other])),
        automatic: new Set<string>(),
      };
      return !installedPackages(database).some((other) =>
        (other.get('Depends') ?? '').split(/[\s,|(]+/).includes(nameOf(paragraph)),
      );
    });
    // what depends on each other goes together
    for (const paragraph of free.length > 0 ? free : [...rest]) {
      rest.delete(paragraph);
      ordered.push(paragraph);
    }
  }
  return ordered;
}

function summary(remove: readonly Paragraph[], orphans: readonly Paragraph[], purge: boolean): string {
  const use = orphans.length === 1 ? "Use 'apt autoremove' to remove it.\n" : "Use 'apt autoremove' to remove them.\n";
  const title =
    orphans.length === 1
      ? 'The following package was automatically installed and is no longer required:'
      : 'The following packages were automatically installed and are no longer required:';
  const names = namesOf(remove).map((name) => (purge ? `${name}*` : name));
  const freed = remove
    .filter(isInstalled)
    .reduce((sum, paragraph) => sum + Number(paragraph.get('Installed-Size') ?? 0), 0);
  return [
    orphans.length === 0 ? '' : `${section(title, namesOf(orphans))}${use}`,
    section('The following packages will be REMOVED:', names),
    `0 upgraded, 0 newly installed, ${remove.length} to remove and 0 not upgraded.\n`,
    remove.length === 0 ? '' : formatGrowth(-freed * 1024 || 0),
  ].join('');
}

async function refuseEssential(context: AppletContext, remove: readonly Paragraph[]): Promise<number> {
  const essential = remove.filter((paragraph) => paragraph.get('Essential') === 'yes');
  await context.out.write(
    `WARNING: The following essential packages will be removed.\nThis should NOT be done unless you know exactly what you are doing!\n${formatNames(namesOf(essential))}`,
  );
  await context.out.flush();
  await context.err.write('E: Essential packages were removed and -y was used without --allow-remove-essential.\n');
  return FAILED;
}
