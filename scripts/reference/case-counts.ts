/** How many recorded cases Strata is held to, counted in the folders that hold them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** Names of the files in a folder of the repository that end so. */
function filesIn(folder: string, end: string): string[] {
  return readdirSync(join(ROOT, folder)).filter((name) => name.endsWith(end));
}

const textOf = (...path: readonly string[]): string => readFileSync(join(ROOT, ...path), 'utf8');
const jsonOf = (...path: readonly string[]): unknown => JSON.parse(textOf(...path));
const matches = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;
const entriesOf = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : [];

/** Builds recorded from a Docker Engine, or those whose name begins with one of these words. */
export function countBuilds(...words: readonly string[]): number {
  const names = filesIn('tests/golden/build', '.txtar');
  return names.filter((name) => words.length === 0 || words.some((word) => name.startsWith(`${word}-`))).length;
}

/** Scripts of docker commands recorded from a Docker Engine, and the commands in them. */
export function countTranscripts(): { readonly scripts: number; readonly commands: number } {
  const names = filesIn('tests/golden/cli', '.out');
  const commands = names.reduce((sum, name) => sum + matches(textOf('tests/golden/cli', name), /^\$ /gm), 0);
  return { scripts: names.length, commands };
}

/** Help texts recorded from Docker's command line. */
export function countHelpTexts(): number {
  const folder = 'tests/golden/cli-help';
  return filesIn(folder, '.txt').reduce((sum, name) => sum + matches(textOf(folder, name), /^\$ docker /gm), 0);
}

/** Runs of scripts recorded from busybox, dash and bash: a script on two shells is two. */
export function countShellRuns(): number {
  const folder = 'tests/oracle/shell/records';
  const topics = filesIn(folder, '.json').flatMap((name) => entriesOf(jsonOf(folder, name)));
  return topics.reduce<number>((sum, shells) => sum + entriesOf(shells).length, 0);
}

/** Programs recorded from an interpreter. */
export function countPrograms(language: 'node' | 'python'): number {
  const folder = `tests/oracle/${language}/records`;
  return filesIn(folder, '.json').reduce((sum, name) => sum + entriesOf(jsonOf(folder, name)).length, 0);
}

/** Filters recorded from jq. */
export const countJqFilters = (): number => entriesOf(jsonOf('tests/oracle/jq/records.json')).length;

/** Packages that apt-get and apk know of, by what they are counted in. */
export function countCatalogue(): { readonly debianSources: number; readonly alpinePackages: number } {
  return {
    debianSources: filesIn('public/catalogue/debian', '').length,
    alpinePackages: matches(textOf('public/catalogue/alpine/packages'), /^[^#\n]/gm),
  };
}

/** Images of the bundled mirror, and the names they have. */
export function countImages(): { readonly images: number; readonly names: number } {
  const index = jsonOf('public/mirror/index.json');
  const manifests =
    typeof index === 'object' && index !== null && 'manifests' in index ? entriesOf(index.manifests) : [];
  const digests = manifests.map((each) =>
    typeof each === 'object' && each !== null && 'digest' in each ? each.digest : '',
  );
  return { images: new Set(digests).size, names: manifests.length };
}
