/** What an apt command starts from: the lists it may read, dpkg's database, the locks it needs. */
import type { AppletContext } from '../../applets/context.ts';
import { debianPackages } from '../catalogue/debian-catalogue.ts';
import { readText } from '../placing.ts';
import type { Paragraph } from './control.ts';
import { readDatabase, type DpkgDatabase } from './dpkg-database.ts';
import { parseParagraphs } from './control.ts';
import type { AptSource } from './sources.ts';
import { readySources } from './update.ts';

/** The release the catalogue is of. */
const CATALOGUE_SUITE = 'bookworm';

export interface AptState {
  readonly database: DpkgDatabase;
  /** Empty until `apt-get update` has read the lists. */
  readonly available: ReadonlyMap<string, Paragraph>;
  readonly sources: readonly AptSource[];
  /** The image's release, where it is another than the catalogue's: versions are then not the ones it would get. */
  readonly otherRelease: string | undefined;
}

export async function readAptState(context: AppletContext): Promise<AptState> {
  const sources = await readySources(context);
  const database = await readDatabase(context);
  const available =
    sources.length === 0 ? new Map<string, Paragraph>() : await debianPackages(context.process.kernel.catalogue);
  return { database, available, sources, otherRelease: await otherRelease(context) };
}

async function otherRelease(context: AppletContext): Promise<string | undefined> {
  const text = (await readText(context, '/etc/os-release')) ?? '';
  const fields = parseParagraphs(text.replaceAll('=', ': ').replaceAll('"', ''))[0];
  const codename = fields?.get('VERSION_CODENAME') ?? '';
  return codename === CATALOGUE_SUITE ? undefined : (fields?.get('PRETTY_NAME') ?? 'another system');
}

/** Marks the step, with what the catalogue cannot say of this image's release. */
export function simulateApt(context: AppletContext, { otherRelease: release }: AptState): void {
  const versions =
    release === undefined ? '' : `; this image is ${release}, versions and sizes are those of Debian 12 (bookworm)`;
  context.simulate(
    `${context.name}: packages come from a catalogue of Debian's, programs are empty files of their real size${versions}`,
  );
}

/** True when the process may take apt's locks; else says so as apt does, which then ends with 100. */
export async function mayChangePackages(context: AppletContext, what: 'packages' | 'lists'): Promise<boolean> {
  if (context.process.credentials.uid === 0) return true;
  await context.out.flush();
  if (what === 'lists') {
    await context.err.write(
      'E: Could not open lock file /var/lib/apt/lists/lock - open (13: Permission denied)\nE: Unable to lock directory /var/lib/apt/lists/\n',
    );
    return false;
  }
  await context.err.write(
    'E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\n' +
      'E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n',
  );
  return false;
}
