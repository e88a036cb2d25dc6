/** Questions to dpkg's database. */
import type { AppletContext } from '../../applets/context.ts';
import { debianContents, debianPackages } from '../catalogue/debian-catalogue.ts';
import { readText } from '../placing.ts';
import { formatParagraph, type Paragraph } from './control.ts';
import { infoBase, isInstalled, readDatabase, shownName } from './dpkg-database.ts';
import { nameOf } from './planning.ts';

const LEGEND =
  'Desired=Unknown/Install/Remove/Purge/Hold\n' +
  '| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend\n' +
  '|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)\n';

/** `dpkg -l`: a table as wide as its widest cells. */
export async function listTable(context: AppletContext, patterns: readonly string[]): Promise<number> {
  const { packages } = await readDatabase(context);
  const tests = patterns.map((pattern) => new RegExp(`^${pattern.replace(/[.+]/g, '\\$&').replaceAll('*', '.*')}$`));
  const names = [...packages.keys()]
    .sort()
    .filter((name) => tests.length === 0 || tests.some((test) => test.test(name)));
  if (names.length === 0) {
    for (const pattern of patterns) await context.err.write(`dpkg-query: no packages found matching ${pattern}\n`);
    return 1;
  }
  const rows = names.map((name) => rowOf(packages.get(name) ?? new Map<string, string>()));
  const widths = [14, 12, 12, 33].map((least, column) =>
    Math.max(least, ...rows.map((row) => (row[column + 1] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    cells.map((cell, column) => (column < 3 ? cell.padEnd(widths[column] ?? 0) : cell)).join(' ');
  await context.out.write(LEGEND);
  await context.out.write(`||/ ${line(['Name', 'Version', 'Architecture', 'Description'])}\n`);
  await context.out.write(`+++-${widths.map((width) => '='.repeat(width)).join('-')}\n`);
  for (const [state = '', ...cells] of rows) await context.out.write(`${state.padEnd(3)} ${line(cells)}\n`);
  return 0;
}

function rowOf(paragraph: Paragraph): readonly string[] {
  const [wanted = 'install', , status = 'installed'] = (paragraph.get('Status') ?? '').split(' ');
  const letters = { deinstall: 'r', install: 'i', hold: 'h', purge: 'p' } as const;
  const desired = letters[wanted as keyof typeof letters] as string | undefined;
  const state = `${desired ?? 'u'}${status === 'config-files' ? 'c' : status === 'installed' ? 'i' : 'n'}`;
  const description = (paragraph.get('Description') ?? '').split('\n')[0] ?? '';
  return [
    state,
    shownName(paragraph),
    paragraph.get('Version') ?? '',
    paragraph.get('Architecture') ?? '',
    description,
  ];
}

/** `dpkg -s`: the paragraphs as they are. */
export async function tellStatus(context: AppletContext, names: readonly string[]): Promise<number> {
  const { packages } = await readDatabase(context);
  let status = 0;
  for (const [index, word] of names.entries()) {
    const paragraph = packages.get(word.replace(/:.*$/, ''));
    if (paragraph !== undefined) {
      await context.out.write(`${index > 0 ? '\n' : ''}${formatParagraph(paragraph)}`);
      continue;
    }
    await context.out.flush();
    await context.err.write(
      `dpkg-query: package '${word}' is not installed and no information is available\nUse dpkg --info (= dpkg-deb --info) to examine archive files.\n`,
    );
    status = 1;
  }
  return status;
}

/** `dpkg -L`. */
export async function tellFiles(context: AppletContext, names: readonly string[]): Promise<number> {
  const { packages } = await readDatabase(context);
  let status = 0;
  for (const word of names) {
    const paragraph = packages.get(word.replace(/:.*$/, ''));
    if (!isInstalled(paragraph)) {
      await context.out.flush();
      await context.err.write(
        `dpkg-query: package '${word}' is not installed\nUse dpkg --contents (= dpkg-deb --contents) to list archive files contents.\n`,
      );
      status = 1;
      continue;
    }
    const paths = await filesOf(context, paragraph);
    await context.out.write(paths.map((path) => `${path}\n`).join(''));
  }
  return status;
}

/** From dpkg's own list; where a replica holds no more than its size, from the catalogue. */
async function filesOf(context: AppletContext, paragraph: Paragraph): Promise<readonly string[]> {
  const list = (await readText(context, `${infoBase(paragraph)}.list`)) ?? '';
  if (list.startsWith('/')) return list.split('\n').filter((path) => path.startsWith('/'));
  const { catalogue } = context.process.kernel;
  const known = (await debianPackages(catalogue)).get(nameOf(paragraph));
  if (known === undefined) return [];
  return ['/.', ...(await debianContents(catalogue, known)).files.map(({ path }) => path)];
}

/** `dpkg -S`: whose a path is; a word without a slash in front is looked for anywhere in paths. */
export async function searchOwners(context: AppletContext, words: readonly string[]): Promise<number> {
  const { packages } = await readDatabase(context);
  const lists: { readonly name: string; readonly paths: readonly string[] }[] = [];
  for (const paragraph of [...packages.values()].filter(isInstalled))
    lists.push({ name: shownName(paragraph), paths: await filesOf(context, paragraph) });
  let status = 0;
  for (const word of words) {
    const matches = (path: string): boolean => (word.startsWith('/') ? path === word : path.includes(word));
    const owners = new Map<string, string[]>();
    for (const { name, paths } of lists)
      for (const path of paths) if (matches(path)) owners.set(path, [...(owners.get(path) ?? []), name]);
    for (const [path, names] of owners) await context.out.write(`${names.join(', ')}: ${path}\n`);
    if (owners.size > 0) continue;
    await context.out.flush();
    await context.err.write(`dpkg-query: no path found matching pattern ${word}\n`);
    status = 1;
  }
  return status;
}

/** One package in the words of `-f`: `${Package} ${Version;10}\n`. */
export function formatPackage(paragraph: Paragraph, format: string): string {
  const unescaped = format.replace(/\\([nt\\])/g, (_all, letter: string) => ({ n: '\n', t: '\t' })[letter] ?? '\\');
  return unescaped.replace(/\$\{([^};]+)(?:;(-?\d+))?\}/g, (_all, field: string, width: string | undefined) => {
    const value = fieldOf(paragraph, field);
    const columns = Number(width ?? 0);
    return columns < 0 ? value.padEnd(-columns) : value.padStart(columns);
  });
}

function fieldOf(paragraph: Paragraph, field: string): string {
  const [wanted = '', error = '', status = ''] = (paragraph.get('Status') ?? '').split(' ');
  switch (field.toLowerCase()) {
    case 'binary:package':
      return shownName(paragraph);
    case 'binary:summary':
      return (paragraph.get('Description') ?? '').split('\n')[0] ?? '';
    case 'db:status-status':
      return status;
    case 'db:status-abbrev':
      return `${wanted.slice(0, 1)}${status.slice(0, 1)} `;
    case 'db:status-want':
      return wanted;
    case 'db:status-eflag':
      return error;
    case 'source:package':
      return (paragraph.get('Source') ?? nameOf(paragraph)).replace(/ .*/, '');
    default: {
      const name = [...paragraph.keys()].find((one) => one.toLowerCase() === field.toLowerCase());
      return name === undefined ? '' : (paragraph.get(name) ?? '');
    }
  }
}
