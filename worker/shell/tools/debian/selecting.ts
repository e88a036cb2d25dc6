/** From what a person writes behind `apt-get install` to packages: names, versions, releases, globs, virtual packages. */
import type { AppletContext } from '../../applets/context.ts';
import type { Paragraph } from './control.ts';
import { nameOf, providersIn } from './planning.ts';

export interface Selection {
  readonly packages: readonly Paragraph[];
  /** Names written with a minus behind them. */
  readonly unwanted: ReadonlySet<string>;
}

/** What apt says of a name that leads nowhere; the command ends with 100 then. */
export interface SelectionProblem {
  readonly problems: readonly string[];
}

/** Suites whose packages are the catalogue's. */
const OWN_RELEASES = new Set(['bookworm', 'bookworm-security', 'bookworm-updates', 'stable', 'oldstable', 'now']);

/** `available` is empty before `apt-get update`: nothing is found then. */
export async function selectPackages(
  context: AppletContext,
  available: ReadonlyMap<string, Paragraph>,
  words: readonly string[],
): Promise<Selection | SelectionProblem> {
  const packages: Paragraph[] = [];
  const unwanted = new Set<string>();
  const problems: string[] = [];
  for (const word of words) {
    if (/[^-]-$/.test(word) && !available.has(word)) {
      unwanted.add(word.slice(0, -1));
      continue;
    }
    const found = await selectWord(context, available, word);
    if (typeof found === 'string') problems.push(found);
    else packages.push(...found);
  }
  return problems.length > 0 ? { problems } : { packages, unwanted };
}

async function selectWord(
  context: AppletContext,
  available: ReadonlyMap<string, Paragraph>,
  word: string,
): Promise<readonly Paragraph[] | string> {
  const match = /^([^=/:]+)(?::[a-z0-9]+)?(?:([=/])(.*))?$/.exec(word.replace(/\+$/, available.has(word) ? '+' : ''));
  const [, name = word, separator, wanted = ''] = match ?? [];
  if (/[*?]/.test(name)) return selectGlob(context, available, name);
  const paragraph = available.get(name) ?? (await selectVirtual(context, available, name));
  if (typeof paragraph === 'string') return paragraph;
  const version = paragraph.get('Version') ?? '';
  if (separator === '=' && !versionPattern(wanted).test(version))
    return `Version '${wanted}' for '${name}' was not found`;
  if (separator === '/' && !OWN_RELEASES.has(wanted)) return `Release '${wanted}' for '${name}' was not found`;
  return [paragraph];
}

function versionPattern(wanted: string): RegExp {
  return new RegExp(`^${wanted.replace(/[.+^${}()|\\[\]]/g, '\\$&').replaceAll('*', '.*')}$`);
}

async function selectGlob(
  context: AppletContext,
  available: ReadonlyMap<string, Paragraph>,
  glob: string,
): Promise<readonly Paragraph[] | string> {
  const pattern = new RegExp(
    `^${glob
      .replace(/[.+^${}()|\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );
  const found = [...available.values()].filter((paragraph) => pattern.test(nameOf(paragraph)));
  for (const paragraph of found) await context.out.write(`Note, selecting '${nameOf(paragraph)}' for glob '${glob}'\n`);
  return found.length > 0 ? found : `Unable to locate package ${glob}`;
}

async function selectVirtual(
  context: AppletContext,
  available: ReadonlyMap<string, Paragraph>,
  name: string,
): Promise<Paragraph | string> {
  const providers = providersIn(available).get(name) ?? [];
  const [only] = providers;
  if (only === undefined) return `Unable to locate package ${name}`;
  if (providers.length === 1) {
    await context.out.write(`Note, selecting '${nameOf(only)}' instead of '${name}'\n`);
    return only;
  }
  const lines = providers.map((paragraph) => `  ${nameOf(paragraph)} ${paragraph.get('Version') ?? ''}\n`).join('');
  await context.out.write(
    `Package ${name} is a virtual package provided by:\n${lines}You should explicitly select one to install.\n\n`,
  );
  return `Package '${name}' has no installation candidate`;
}
