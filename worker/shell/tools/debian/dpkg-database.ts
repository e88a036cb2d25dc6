/** dpkg's database in the image: /var/lib/dpkg/status, and apt's note of what came along by itself. */
import type { AppletContext } from '../../applets/context.ts';
import { placeFile, readText, textOf } from '../placing.ts';
import { formatParagraph, parseParagraphs, type Paragraph } from './control.ts';

const DIRECTORY = '/var/lib/dpkg';
const STATUS = `${DIRECTORY}/status`;
const EXTENDED_STATES = '/var/lib/apt/extended_states';

/** The packages dpkg knows of. Changes count once {@link saveDatabase} wrote them. */
export interface DpkgDatabase {
  /** Every paragraph by package name, those whose configuration alone is left too. */
  readonly packages: Map<string, Paragraph>;
  /** Names of packages that came along as dependencies. */
  readonly automatic: Set<string>;
}

export async function readDatabase(context: AppletContext): Promise<DpkgDatabase> {
  const paragraphs = parseParagraphs((await readText(context, STATUS)) ?? '');
  const states = parseParagraphs((await readText(context, EXTENDED_STATES)) ?? '');
  const automatic = states.filter((state) => state.get('Auto-Installed') === '1');
  return {
    packages: new Map(paragraphs.map((paragraph) => [paragraph.get('Package') ?? '', paragraph])),
    automatic: new Set(automatic.map((state) => state.get('Package') ?? '')),
  };
}

/** Writes the status, keeps the former one beside it as dpkg does. */
export async function saveDatabase(context: AppletContext, database: DpkgDatabase): Promise<void> {
  const names = [...database.packages.keys()].sort();
  const text = names.map((name) => `${formatParagraph(database.packages.get(name) ?? [])}\n`).join('');
  const former = await readText(context, STATUS);
  const attributes = { mode: 0o644, uid: 0, gid: 0, mtimeMs: context.process.kernel.clock.nowMs() };
  if (former !== undefined) placeFile(context, `${STATUS}-old`, textOf(former), attributes);
  placeFile(context, STATUS, textOf(text), attributes);
}

export function saveAutomatic(context: AppletContext, { automatic, packages }: DpkgDatabase): void {
  const text = [...automatic]
    .filter((name) => packages.has(name))
    .map((name) => {
      const architecture = packages.get(name)?.get('Architecture') ?? 'amd64';
      return `Package: ${name}\nArchitecture: ${architecture === 'all' ? 'amd64' : architecture}\nAuto-Installed: 1\n\n`;
    })
    .join('');
  const mtimeMs = context.process.kernel.clock.nowMs();
  placeFile(context, EXTENDED_STATES, textOf(text), { mode: 0o644, uid: 0, gid: 0, mtimeMs });
}

export function isInstalled(paragraph: Paragraph | undefined): paragraph is Paragraph {
  return paragraph?.get('Status')?.endsWith(' installed') === true;
}

/** The packages that are installed. */
export function installedPackages(database: DpkgDatabase): Paragraph[] {
  return [...database.packages.values()].filter(isInstalled);
}

/** The beginning of the names of dpkg's files about a package: with the architecture where several may be installed. */
export function infoBase(paragraph: Paragraph): string {
  const name = paragraph.get('Package') ?? '';
  const many = paragraph.get('Multi-Arch') === 'same';
  return `${DIRECTORY}/info/${name}${many ? `:${paragraph.get('Architecture') ?? ''}` : ''}`;
}

/** How dpkg names a package in its messages. */
export function shownName(paragraph: Paragraph): string {
  const name = paragraph.get('Package') ?? '';
  return paragraph.get('Multi-Arch') === 'same' ? `${name}:${paragraph.get('Architecture') ?? ''}` : name;
}
