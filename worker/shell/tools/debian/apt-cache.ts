/** `apt-cache`: what the archive's lists say of packages. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { sourceOf } from '../catalogue/debian-catalogue.ts';
import { readAptState, simulateApt, type AptState } from './apt-state.ts';
import { formatParagraph, type Paragraph } from './control.ts';
import { installedNamed, nameOf, providersIn } from './planning.ts';
import { parseRelations } from './relations.ts';

const FAILED = 100;
const PRIORITY = 500;

export const aptCache: Applet = {
  names: ['apt-cache'],
  summary: "Ask the archive's lists about packages",
  usage: 'COMMAND [PACKAGE]...',
  usageStatus: FAILED,
  run: (context) =>
    runAptCache(
      context,
      context.args.filter((word) => !word.startsWith('-')),
    ),
};

/** Also what `apt show` and its like do. */
export async function runAptCache(context: AppletContext, words: readonly string[]): Promise<number> {
  const [command = '', ...names] = words;
  const state = await readAptState(context);
  if (state.available.size > 0) simulateApt(context, state);
  switch (command) {
    case 'policy':
      return eachPackage(names, (name) => policy(context, state, name));
    case 'madison':
      return eachPackage(names, (name) => madison(context, state, name));
    case 'show':
      return eachPackage(names, (name) => show(context, state, name));
    case 'depends':
      return eachPackage(names, (name) => depends(context, state, name));
    case 'rdepends':
      return eachPackage(names, (name) => dependents(context, state, name));
    case 'search':
      return search(context, state, names);
    case 'pkgnames':
      for (const name of state.available.keys())
        if (name.startsWith(names[0] ?? '')) await context.out.write(`${name}\n`);
      return 0;
    case 'gencaches':
    case 'stats':
      return 0;
    default:
      await context.err.write(`E: Invalid operation ${command}\n`);
      return FAILED;
  }
}

async function eachPackage(names: readonly string[], tell: (name: string) => Promise<boolean>): Promise<number> {
  let found = true;
  for (const name of names) found = (await tell(name)) && found;
  return found ? 0 : FAILED;
}

function originLine(state: AptState, paragraph: Paragraph): string {
  const suite = paragraph.get('Suite');
  const source = state.sources.find((one) => one.suite === suite) ?? state.sources[0];
  return `${source?.uri ?? ''} ${source?.suite ?? ''}/main amd64 Packages`;
}

async function policy(context: AppletContext, state: AptState, name: string): Promise<boolean> {
  const newest = state.available.get(name);
  const there = installedNamed(state.database, name);
  const candidate = newest ?? there;
  if (candidate === undefined) {
    await context.err.write(`N: Unable to locate package ${name}\n`);
    return true;
  }
  const version = candidate.get('Version') ?? '';
  const isThere = there?.get('Version') === version;
  const lines = [
    `${name}:`,
    `  Installed: ${there?.get('Version') ?? '(none)'}`,
    `  Candidate: ${version}`,
    '  Version table:',
    ` ${isThere ? '***' : '   '} ${version} ${newest === undefined ? 100 : PRIORITY}`,
    ...(newest === undefined ? [] : [`        ${PRIORITY} ${originLine(state, newest)}`]),
    ...(isThere ? ['        100 /var/lib/dpkg/status'] : []),
    ...(there === undefined || isThere
      ? []
      : [` *** ${there.get('Version') ?? ''} 100`, '        100 /var/lib/dpkg/status']),
  ];
  await context.out.write(`${lines.join('\n')}\n`);
  return true;
}

async function madison(context: AppletContext, state: AptState, name: string): Promise<boolean> {
  const paragraph = state.available.get(name);
  if (paragraph === undefined) {
    await context.err.write(`N: Unable to locate package ${name}\n`);
    return true;
  }
  await context.out.write(
    `${name.padStart(10)} | ${(paragraph.get('Version') ?? '').padStart(10)} | ${originLine(state, paragraph)}\n`,
  );
  return true;
}

async function show(context: AppletContext, state: AptState, name: string): Promise<boolean> {
  const paragraph = state.available.get(name) ?? installedNamed(state.database, name);
  if (paragraph === undefined) {
    await context.err.write('E: No packages found\n');
    return false;
  }
  const place = `pool/main/${poolFolder(sourceOf(paragraph))}/${sourceOf(paragraph)}/${name}_${paragraph.get('Version') ?? ''}_${paragraph.get('Architecture') ?? ''}.deb`;
  const fields = [...paragraph].filter(([field]) => field !== 'Suite' && field !== 'Status');
  await context.out.write(`${formatParagraph([...fields, ['Filename', place]])}\n`);
  return true;
}

/** The folder of a source package in the archive: its first letter, four for libraries. */
function poolFolder(source: string): string {
  return source.startsWith('lib') ? source.slice(0, 4) : source.slice(0, 1);
}

async function depends(context: AppletContext, state: AptState, name: string): Promise<boolean> {
  const paragraph = state.available.get(name);
  if (paragraph === undefined) {
    await context.err.write('E: No packages found\n');
    return false;
  }
  const lines = ['Pre-Depends', 'Depends', 'Conflicts', 'Breaks', 'Suggests', 'Recommends', 'Replaces'].flatMap(
    (field) =>
      parseRelations(paragraph.get(field)).flatMap((alternatives) =>
        alternatives.map((relation, index) => {
          const known = state.available.has(relation.name);
          const shown = known ? relation.name : `<${relation.name}>`;
          return ` ${index < alternatives.length - 1 ? '|' : ' '}${field.replace('Pre-Depends', 'PreDepends')}: ${shown}`;
        }),
      ),
  );
  await context.out.write(`${[name, ...lines].join('\n')}\n`);
  return true;
}

async function dependents(context: AppletContext, state: AptState, name: string): Promise<boolean> {
  if (!state.available.has(name) && !providersIn(state.available).has(name)) {
    await context.err.write('E: No packages found\n');
    return false;
  }
  const names = [...state.available.values()].flatMap((paragraph) => {
    const relations = ['Pre-Depends', 'Depends', 'Recommends', 'Suggests'].flatMap((field) =>
      parseRelations(paragraph.get(field)),
    );
    return relations.some((alternatives) => alternatives.some((relation) => relation.name === name))
      ? [nameOf(paragraph)]
      : [];
  });
  await context.out.write(`${[name, 'Reverse Depends:', ...names.map((one) => `  ${one}`)].join('\n')}\n`);
  return true;
}

/** All words, as regular expressions, in the name or the short description. */
async function search(context: AppletContext, state: AptState, words: readonly string[]): Promise<number> {
  const patterns = words.map(
    (word) =>
      new RegExp(
        word.replace(/[\\^$*+?.()|[\]{}]/g, (sign) => ('.*^$|[]+?()'.includes(sign) ? sign : `\\${sign}`)),
        'i',
      ),
  );
  for (const paragraph of state.available.values()) {
    const text = `${nameOf(paragraph)} ${paragraph.get('Description') ?? ''}`;
    if (patterns.every((pattern) => pattern.test(text)))
      await context.out.write(`${nameOf(paragraph)} - ${paragraph.get('Description') ?? ''}\n`);
  }
  return 0;
}
