/** What apt does once its plan is agreed: downloads, dpkg's unpacking, configuring and removing, and what all of them print and log. */
import type { AppletContext } from '../../applets/context.ts';
import { debianContents, debianPackages, sourceOf } from '../catalogue/debian-catalogue.ts';
import type { PackageContents } from '../catalogue/package-contents.ts';
import { holeOf, placeFile, removeFile } from '../placing.ts';
import { aptConfiguration } from './configuration.ts';
import type { Paragraph } from './control.ts';
import { isInstalled, saveAutomatic, saveDatabase, shownName, type DpkgDatabase } from './dpkg-database.ts';
import { excludedPaths } from './excludes.ts';
import { PackageLog } from './logs.ts';
import { configurePackage, conffilesOf, removePackage, undoConfiguration, unpackPackage } from './package-files.ts';
import { nameOf } from './planning.ts';
import { announceConfiguration, runTriggers } from './postinst.ts';
import type { AptSource } from './sources.ts';
import { formatFetched, formatSize } from './wording.ts';

const ARCHIVES = '/var/cache/apt/archives';

/** A package to install with what it holds. */
export interface Download {
  readonly paragraph: Paragraph;
  readonly contents: PackageContents;
}

/** What packages of the catalogue hold. */
export async function contentsOf(context: AppletContext, packages: readonly Paragraph[]): Promise<readonly Download[]> {
  const { catalogue } = context.process.kernel;
  // fetched together: each is a small file of its own
  return Promise.all(
    packages.map(async (paragraph) => ({ paragraph, contents: await debianContents(catalogue, paragraph) })),
  );
}

/** Fetches what the packages hold, and leaves their archives behind as apt does. */
export async function download(
  context: AppletContext,
  packages: readonly Paragraph[],
  sources: readonly AptSource[],
  quiet: boolean,
): Promise<readonly Download[]> {
  const downloads = await contentsOf(context, packages);
  for (const [index, paragraph] of packages.entries()) {
    const size = Number(paragraph.get('Size') ?? 0);
    const place = `${originOf(paragraph, sources)} amd64 ${nameOf(paragraph)} ${paragraph.get('Architecture') ?? ''}`;
    if (!quiet)
      await context.out.write(`Get:${index + 1} ${place} ${paragraph.get('Version') ?? ''} [${formatSize(size)}B]\n`);
    const mtimeMs = context.process.kernel.clock.nowMs();
    placeFile(context, `${ARCHIVES}/${archiveName(paragraph)}`, holeOf(size), { mode: 0o644, uid: 0, gid: 0, mtimeMs });
  }
  const bytes = packages.reduce((sum, paragraph) => sum + Number(paragraph.get('Size') ?? 0), 0);
  if (!quiet && bytes > 0) await context.out.write(formatFetched(bytes));
  await context.out.flush();
  return downloads;
}

/** The archive, suite and component of a package, as `Get:` shows them. */
function originOf(paragraph: Paragraph, sources: readonly AptSource[]): string {
  const suite = paragraph.get('Suite');
  const source = sources.find((one) => suite !== undefined && one.suite === suite) ?? sources[0];
  return `${source?.uri ?? ''} ${source?.suite ?? ''}/main`;
}

/** The name of a package's archive; a colon in the version is written as `%3a`. */
export function archiveName(paragraph: Paragraph): string {
  const version = (paragraph.get('Version') ?? '').replaceAll(':', '%3a');
  return `${nameOf(paragraph)}_${version}_${paragraph.get('Architecture') ?? 'amd64'}.deb`;
}

/** Removes, unpacks and configures; writes the database and the logs. */
export async function runTransaction(
  context: AppletContext,
  database: DpkgDatabase,
  work: { readonly downloads: readonly Download[]; readonly remove: readonly Paragraph[]; readonly purge: boolean },
): Promise<void> {
  const log = new PackageLog(context);
  const { downloads } = work;
  const hasQuestions = downloads.some(({ contents }) => contents.info['config'] !== undefined);
  if (hasQuestions && !isInstalled(database.packages.get('apt-utils')))
    await context.err.write('debconf: delaying package configuration, since apt-utils is not installed\n');
  const counted = await countLine(context);
  await removePackages(context, database, work.remove, work.purge, log, counted);
  const excluded = await excludedPaths(context);
  const width = String(downloads.length - 1).length;
  for (const [index, { paragraph, contents }] of downloads.entries()) {
    const former = database.packages.get(nameOf(paragraph));
    if (!isInstalled(former))
      await context.out.write(`Selecting previously unselected package ${shownName(paragraph)}.\n`);
    if (index === 0 && work.remove.length === 0) await context.out.write(counted);
    // one archive alone is told by its name; of many, the folder they were linked in is
    const number = downloads.length > 1 ? `${String(index).padStart(width, '0')}-` : '';
    await context.out.write(`Preparing to unpack .../${number}${archiveName(paragraph)} ...\n`);
    const over = isInstalled(former) ? ` over (${former.get('Version') ?? ''})` : '';
    await context.out.write(`Unpacking ${shownName(paragraph)} (${paragraph.get('Version') ?? ''})${over} ...\n`);
    log.unpacked(paragraph, former);
    await unpackPackage(context, paragraph, contents, excluded);
    database.packages.set(nameOf(paragraph), statusParagraph(paragraph, contents));
  }
  for (const { paragraph, contents } of downloads) {
    await context.out.write(`Setting up ${shownName(paragraph)} (${paragraph.get('Version') ?? ''}) ...\n`);
    log.configured(paragraph);
    await announceConfiguration(context, contents);
    await configurePackage(context, contents);
  }
  await runTriggers(context, database, downloads, work.remove.length > 0);
  await saveDatabase(context, database);
  saveAutomatic(context, database);
  log.write();
  await cleanAsConfigured(context);
}

async function removePackages(
  context: AppletContext,
  database: DpkgDatabase,
  packages: readonly Paragraph[],
  purge: boolean,
  log: PackageLog,
  counted: string,
): Promise<void> {
  for (const [index, paragraph] of packages.entries()) {
    if (index === 0) await context.out.write(counted);
    const words = `${shownName(paragraph)} (${paragraph.get('Version') ?? ''}) ...\n`;
    if (isInstalled(paragraph)) await context.out.write(`Removing ${words}`);
    const hasConfiguration = conffilesOf(paragraph).length > 0;
    if (purge && (hasConfiguration || !isInstalled(paragraph)))
      await context.out.write(`Purging configuration files for ${words}`);
    log.removed(paragraph, purge);
    await undoScripts(context, paragraph, purge);
    await removePackage(context, paragraph, purge);
    database.automatic.delete(nameOf(paragraph));
    if (purge || !hasConfiguration) database.packages.delete(nameOf(paragraph));
    else database.packages.set(nameOf(paragraph), new Map([...paragraph, ['Status', 'deinstall ok config-files']]));
  }
}

/** Of a package the catalogue does not hold, nobody knows what its scripts made. */
async function undoScripts(context: AppletContext, paragraph: Paragraph, purge: boolean): Promise<void> {
  const { catalogue } = context.process.kernel;
  const known = (await debianPackages(catalogue)).get(nameOf(paragraph));
  if (known !== undefined) undoConfiguration(context, await debianContents(catalogue, known), purge);
}

/** dpkg's count of what it knows: here, of all that is in the directories that packages fill. */
async function countLine(context: AppletContext): Promise<string> {
  let count = 0;
  const visit = async (directory: string): Promise<void> => {
    const pause = context.checkpoint();
    if (pause !== undefined) await pause;
    for (const { name, inode } of context.files.list(directory)) {
      count++;
      if (inode.kind === 'directory') await visit(`${directory}/${name}`);
    }
  };
  for (const directory of ['/etc', '/usr', '/lib', '/bin', '/sbin', '/opt', '/srv', '/home'])
    if (context.files.find(directory, false)?.inode.kind === 'directory') await visit(directory);
  return `(Reading database ... ${count} files and directories currently installed.)\n`;
}

/** The paragraph of dpkg's status for an installed package. */
function statusParagraph(paragraph: Paragraph, contents: PackageContents): Paragraph {
  const fields = [...paragraph].filter(([name]) => !['Package', 'Suite', 'Size', 'Description'].includes(name));
  const conffiles = contents.conffiles === '' ? '' : `\n${contents.conffiles.replace(/^/gm, ' ')}`;
  return new Map([
    ['Package', nameOf(paragraph)],
    ['Status', 'install ok installed'],
    ...(sourceOf(paragraph) === nameOf(paragraph) ? fields.filter(([name]) => name !== 'Source') : fields),
    ...(conffiles === '' ? [] : [['Conffiles', conffiles] as const]),
    ['Description', paragraph.get('Description') ?? ''],
  ]);
}

/** Runs what the image's apt is told to run behind dpkg: in Docker's images, deleting what was downloaded. */
async function cleanAsConfigured(context: AppletContext): Promise<void> {
  const hooks = (await aptConfiguration(context)).get('dpkg::post-invoke') ?? '';
  if (/rm -f .*\/var\/cache\/apt\/archives/.test(hooks)) removeArchives(context);
}

/** `apt-get clean`. */
export function removeArchives(context: AppletContext): void {
  if (context.files.find(ARCHIVES) === undefined) return;
  for (const { name } of context.files.list(ARCHIVES))
    if (name.endsWith('.deb')) removeFile(context, `${ARCHIVES}/${name}`);
}
