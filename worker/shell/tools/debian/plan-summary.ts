/** What apt prints before it asks whether to continue. */
import type { AppletContext } from '../../applets/context.ts';
import type { AptOptions } from './apt-options.ts';
import type { AptState } from './apt-state.ts';
import type { Paragraph } from './control.ts';
import { installedPackages } from './dpkg-database.ts';
import { installedNamed, nameOf, unneededPackages, type Plan } from './planning.ts';
import { parseRelations, satisfies, type Relation } from './relations.ts';
import { formatNames, formatSize } from './wording.ts';

const KIBIBYTE = 1024;

/** The text, and whether more would happen than was asked for: apt wants a yes then. */
export function planSummary(
  state: AptState,
  plan: Plan,
  asked: ReadonlySet<string>,
): { readonly text: string; readonly asks: boolean } {
  const isUpgrade = (paragraph: Paragraph): boolean => installedNamed(state.database, nameOf(paragraph)) !== undefined;
  const fresh = namesOf(plan.install.filter((paragraph) => !isUpgrade(paragraph)));
  const upgraded = namesOf(plan.install.filter(isUpgrade));
  const additional = namesOf(plan.install).filter((name) => !asked.has(name));
  const parts = [
    section('The following packages were automatically installed and are no longer required:', unneeded(state)),
    asked.size === 0 ? '' : section('The following additional packages will be installed:', additional),
    section('Suggested packages:', unmetNames(state, plan, 'Suggests')),
    section('Recommended packages:', unmetNames(state, plan, 'Recommends')),
    section('The following packages will be REMOVED:', namesOf(plan.remove)),
    section('The following NEW packages will be installed:', fresh),
    section('The following packages will be upgraded:', upgraded),
    `${upgraded.length} upgraded, ${fresh.length} newly installed, ${plan.remove.length} to remove and 0 not upgraded.\n`,
    plan.install.length === 0 ? '' : sizes(state, plan),
  ];
  return { text: parts.join(''), asks: additional.length > 0 || plan.remove.length > 0 };
}

function unneeded(state: AptState): readonly string[] {
  return namesOf(unneededPackages(state.database));
}

export function section(title: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `${title}\n${formatNames(names)}`;
}

export function namesOf(packages: readonly Paragraph[]): string[] {
  return packages.map(nameOf).sort();
}

/** What the packages to install suggest or recommend and will not get, in their order. */
function unmetNames({ database }: AptState, plan: Plan, field: string): string[] {
  const there = [...installedPackages(database), ...plan.install];
  const sorted = plan.install.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const names = sorted.flatMap((paragraph) =>
    parseRelations(paragraph.get(field)).flatMap((alternatives) => {
      const met = alternatives.some((relation) => there.some((one) => satisfies(one, relation)));
      return met ? [] : [alternatives.map(shownRelation).join(' | ')];
    }),
  );
  return [...new Set(names)];
}

function shownRelation({ name, architecture }: Relation): string {
  return architecture === undefined ? name : `${name}:${architecture}`;
}

function sizes({ database }: AptState, plan: Plan): string {
  const downloaded = plan.install.reduce((sum, paragraph) => sum + Number(paragraph.get('Size') ?? 0), 0);
  const installed = (packages: readonly Paragraph[]): number =>
    packages.reduce((sum, paragraph) => sum + Number(paragraph.get('Installed-Size') ?? 0), 0) * KIBIBYTE;
  const former = plan.install.flatMap((paragraph) => installedNamed(database, nameOf(paragraph)) ?? []);
  const grows = installed(plan.install) - installed(former) - installed(plan.remove);
  return `Need to get ${formatSize(downloaded)}B of archives.\n${formatGrowth(grows)}`;
}

/** What a command does to the disk. */
export function formatGrowth(bytes: number): string {
  return bytes < 0
    ? `After this operation, ${formatSize(-bytes)}B disk space will be freed.\n`
    : `After this operation, ${formatSize(bytes)}B of additional disk space will be used.\n`;
}

/** Asks, unless told not to; without an answer on standard input the answer is no, which prints `Abort.`. */
export async function confirm(context: AppletContext, command: AptOptions, asks: boolean): Promise<boolean> {
  if (command.assumeYes || !asks) return true;
  await context.out.write('Do you want to continue? [Y/n] ');
  await context.out.flush();
  if (!command.options.has('assume-no')) {
    for await (const line of context.stdin().lines()) {
      if (/^(?:y.*|)$/i.test(line.trim())) return true;
      break;
    }
  }
  await context.out.write('Abort.\n');
  return false;
}
