/** What maintainer scripts and triggers print, and the caches that triggers write. */
import type { AppletContext } from '../../applets/context.ts';
import type { PackageContents } from '../catalogue/package-contents.ts';
import { holeOf, placeFile } from '../placing.ts';
import { isInstalled, shownName, type DpkgDatabase } from './dpkg-database.ts';
import type { Download } from './transaction.ts';

const LIBRARY = /^\/(?:usr\/)?lib\/(?:x86_64-linux-gnu\/)?[^/]+\.so\.[^/]+$/;
/** What ldconfig takes in its two caches for a name of a library: measured on trees of 117 and of 750. */
const CACHE_BYTES_A_LIBRARY = 42;
const AUXILIARY_BYTES_A_LIBRARY = 38;
const LIBRARY_FOLDERS = ['/usr/lib/x86_64-linux-gnu', '/lib/x86_64-linux-gnu'];

/** The lines a package's scripts print that people know: certificates, services not started. */
export async function announceConfiguration(context: AppletContext, contents: PackageContents): Promise<void> {
  if (contents.name === 'ca-certificates')
    await context.out.write(
      `Updating certificates in /etc/ssl/certs...\n${certificates(contents)} added, 0 removed; done.\n`,
    );
  const services = contents.files.filter(({ path }) => /^\/etc\/init\.d\/[^/]+$/.test(path));
  if (services.length === 0 || contents.info['postinst'] === undefined) return;
  if (context.files.find('/usr/sbin/policy-rc.d') === undefined) return;
  await context.out.flush();
  await context.err.write('invoke-rc.d: could not determine current runlevel\n');
  await context.err.write('invoke-rc.d: policy-rc.d denied execution of start.\n');
}

function certificates(contents: PackageContents): number {
  return contents.files.filter(({ path }) => path.endsWith('.crt')).length;
}

/** Triggers that many packages set off: the linker's cache, the index of manual pages, the certificates. */
export async function runTriggers(
  context: AppletContext,
  database: DpkgDatabase,
  downloads: readonly Download[],
  removed: boolean,
): Promise<void> {
  const touches = (pattern: RegExp): boolean =>
    downloads.some(({ contents }) => contents.files.some(({ path }) => pattern.test(path)));
  const fresh = new Set(downloads.map(({ contents }) => contents.name));
  const announce = async (name: string): Promise<boolean> => {
    const paragraph = database.packages.get(name);
    if (!isInstalled(paragraph) || fresh.has(name)) return false;
    await context.out.write(
      `Processing triggers for ${shownName(paragraph)} (${paragraph.get('Version') ?? ''}) ...\n`,
    );
    return true;
  };
  const linked = (touches(LIBRARY) || removed) && (await announce('libc-bin'));
  if (linked) writeLinkerCache(context);
  if (touches(/^\/usr\/share\/man\//)) await announce('man-db');
  if (touches(/^\/usr\/share\/ca-certificates\//)) await announce('ca-certificates');
}

function writeLinkerCache(context: AppletContext): void {
  const names = LIBRARY_FOLDERS.flatMap((folder) =>
    context.files.find(folder) === undefined ? [] : context.files.list(folder).map(({ name }) => name),
  );
  const libraries = new Set(names.filter((name) => /\.so\.\d/.test(name))).size;
  const mtimeMs = context.process.kernel.clock.nowMs();
  const attributes = { uid: 0, gid: 0, mtimeMs };
  placeFile(context, '/etc/ld.so.cache', holeOf(libraries * CACHE_BYTES_A_LIBRARY), { ...attributes, mode: 0o644 });
  placeFile(context, '/var/cache/ldconfig/aux-cache', holeOf(libraries * AUXILIARY_BYTES_A_LIBRARY), {
    ...attributes,
    mode: 0o600,
  });
}
