/** `apt-get install`, and `upgrade`, which is installing what there is newer versions of. */
import type { AppletContext } from '../../applets/context.ts';
import type { AptOptions } from './apt-options.ts';
import { UNREACHABLE, unknownSources } from './update.ts';
import { isTrue } from './apt-options.ts';
import { mayChangePackages, readAptState, simulateApt, type AptState } from './apt-state.ts';
import { aptConfiguration } from './configuration.ts';
import type { Paragraph } from './control.ts';
import { saveAutomatic } from './dpkg-database.ts';
import { historyEntry, logTransaction } from './logs.ts';
import { installedNamed, nameOf, planInstallation, type Plan } from './planning.ts';
import { confirm, planSummary } from './plan-summary.ts';
import { selectPackages, type Selection } from './selecting.ts';
import { download, runTransaction } from './transaction.ts';
import { readLocalArchives } from './local-archives.ts';

const FAILED = 100;

export async function installPackages(context: AppletContext, command: AptOptions): Promise<number> {
  if (!command.simulate && !(await mayChangePackages(context, 'packages'))) return FAILED;
  await tellReading(context, command);
  const state = await readAptState(context);
  const local = await readLocalArchives(context, command.operands);
  if ('problem' in local) {
    await context.err.write(`E: ${local.problem}\n`);
    return FAILED;
  }
  const selection = await selectPackages(context, local.available(state.available), local.names);
  if ('problems' in selection) return reportProblems(context, state, selection.problems);
  return install(context, command, state, selection, new Set(selection.packages.map(nameOf)));
}

export async function tellReading(context: AppletContext, command: AptOptions): Promise<void> {
  if (command.quietness >= 2) return;
  await context.out.write('Reading package lists...\nBuilding dependency tree...\nReading state information...\n');
}

async function reportProblems(context: AppletContext, state: AptState, problems: readonly string[]): Promise<number> {
  await context.out.flush();
  for (const problem of problems) await context.err.write(`E: ${problem}\n`);
  for (const { uri } of await unknownSources(context)) await context.err.write(`N: ${uri}: ${UNREACHABLE}\n`);
  if (state.available.size > 0 && problems.some((problem) => problem.startsWith('Unable to locate')))
    context.simulate(
      `${context.name}: the catalogue holds the ${state.available.size} packages of Debian 12 that Dockerfiles need most; others it cannot find, even where Debian has them`,
    );
  return FAILED;
}

/** `asked` are the names a person wrote: those packages count as wanted for their own sake from now on. */
async function install(
  context: AppletContext,
  command: AptOptions,
  state: AptState,
  selection: Selection,
  asked: ReadonlySet<string>,
): Promise<number> {
  const { database, available } = state;
  const wanted = selection.packages.filter((paragraph) => needsInstalling(state, paragraph, command));
  await tellInstalled(context, command, state, selection.packages, wanted);
  const plan = planInstallation(
    available,
    database,
    { packages: wanted, withRecommends: await withRecommends(context, command), unwanted: selection.unwanted },
    state.otherRelease !== undefined,
  );
  if (plan.unmet.length > 0) return reportUnmet(context, plan);
  for (const name of asked) database.automatic.delete(name);
  const summary = planSummary(state, plan, asked);
  if (command.quietness < 2) await context.out.write(summary.text);
  if (plan.install.length === 0) {
    if (!command.simulate) saveAutomatic(context, database);
    return 0;
  }
  if (command.simulate) return tellSteps(context, plan);
  if (!(await confirm(context, command, summary.asks))) return 1;
  simulateApt(context, state);
  return carryOut(context, command, state, plan, asked);
}

/** What is installed is left alone, unless another version is there or `--reinstall` says so. */
function needsInstalling(state: AptState, paragraph: Paragraph, command: AptOptions): boolean {
  const there = installedNamed(state.database, nameOf(paragraph));
  if (there === undefined) return !command.options.has('only-upgrade');
  if (command.options.has('reinstall')) return true;
  if (command.options.has('no-upgrade') || state.otherRelease !== undefined) return false;
  return there.get('Version') !== paragraph.get('Version');
}

async function tellInstalled(
  context: AppletContext,
  command: AptOptions,
  { database }: AptState,
  selected: readonly Paragraph[],
  wanted: readonly Paragraph[],
): Promise<void> {
  if (command.quietness >= 2) return;
  for (const paragraph of selected) {
    const name = nameOf(paragraph);
    const there = installedNamed(database, name);
    if (there === undefined || wanted.includes(paragraph)) continue;
    await context.out.write(`${name} is already the newest version (${there.get('Version') ?? ''}).\n`);
    if (database.automatic.has(name)) await context.out.write(`${name} set to manually installed.\n`);
  }
}

async function withRecommends(context: AppletContext, command: AptOptions): Promise<boolean> {
  if (command.recommends !== undefined) return command.recommends;
  const setting = (await aptConfiguration(context)).get('apt::install-recommends');
  return setting === undefined || isTrue(setting);
}

async function reportUnmet(context: AppletContext, plan: Plan): Promise<number> {
  await context.out.write(
    'Some packages could not be installed. This may mean that you have\nrequested an impossible situation or if you are using the unstable\n' +
      'distribution that some required packages have not yet been created\nor been moved out of Incoming.\n' +
      'The following information may help to resolve the situation:\n\nThe following packages have unmet dependencies:\n',
  );
  for (const { name, relation } of plan.unmet)
    await context.out.write(` ${name} : Depends: ${relation} but it is not installable\n`);
  await context.out.flush();
  await context.err.write('E: Unable to correct problems, you have held broken packages.\n');
  return FAILED;
}

/** `apt-get -s`: what would be done, a line each. */
async function tellSteps(context: AppletContext, plan: Plan): Promise<number> {
  for (const paragraph of plan.remove)
    await context.out.write(`Remv ${nameOf(paragraph)} [${paragraph.get('Version') ?? ''}]\n`);
  for (const step of ['Inst', 'Conf'])
    for (const paragraph of plan.install) {
      const { version, architecture } = {
        version: paragraph.get('Version') ?? '',
        architecture: paragraph.get('Architecture') ?? '',
      };
      await context.out.write(`${step} ${nameOf(paragraph)} (${version} Debian:12/stable [${architecture}])\n`);
    }
  return 0;
}

async function carryOut(
  context: AppletContext,
  command: AptOptions,
  state: AptState,
  plan: Plan,
  asked: ReadonlySet<string>,
): Promise<number> {
  const startMs = context.process.kernel.clock.nowMs();
  const downloads = await download(context, plan.install, state.sources, command.quietness >= 2);
  if (command.options.has('d')) {
    if (command.quietness < 2) await context.out.write('Download complete and in download only mode\n');
    return 0;
  }
  const { database } = state;
  const fresh = plan.install.filter((paragraph) => installedNamed(database, nameOf(paragraph)) === undefined);
  const upgraded = plan.install.filter((paragraph) => !fresh.includes(paragraph));
  for (const paragraph of fresh) if (!asked.has(nameOf(paragraph))) database.automatic.add(nameOf(paragraph));
  const entries = (packages: readonly Paragraph[]): string =>
    packages.map((paragraph) => historyEntry(paragraph, database.automatic.has(nameOf(paragraph)))).join(', ');
  const lines = [
    ...(fresh.length > 0 ? [`Install: ${entries(fresh)}`] : []),
    ...(upgraded.length > 0 ? [`Upgrade: ${entries(upgraded)}`] : []),
    ...(plan.remove.length > 0 ? [`Remove: ${entries(plan.remove)}`] : []),
  ];
  await runTransaction(context, database, { downloads, remove: plan.remove, purge: false });
  logTransaction(context, startMs, lines);
  return 0;
}

/** `upgrade`, `dist-upgrade`, `full-upgrade`. On another release than the catalogue's there is nothing newer it could know of. */
export async function upgradePackages(context: AppletContext, command: AptOptions): Promise<number> {
  if (!command.simulate && !(await mayChangePackages(context, 'packages'))) return FAILED;
  await tellReading(context, command);
  if (command.quietness < 2) await context.out.write('Calculating upgrade...\n');
  const state = await readAptState(context);
  const packages =
    state.otherRelease !== undefined
      ? []
      : [...state.available.values()].filter((paragraph) => {
          const there = installedNamed(state.database, nameOf(paragraph));
          const held = there?.get('Status')?.startsWith('hold ') === true;
          return there !== undefined && !held && there.get('Version') !== paragraph.get('Version');
        });
  if (state.available.size > 0) simulateApt(context, state);
  return install(context, command, state, { packages, unwanted: new Set() }, new Set());
}
