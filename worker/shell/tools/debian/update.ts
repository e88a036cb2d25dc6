/** `apt-get update`: the archive's lists under their real names, in sizes that were measured on the archives. */
import type { AppletContext } from '../../applets/context.ts';
import { holeOf, makeDirectories, placeDirectory, placeFile, removeFile } from '../placing.ts';
import { archiveSizes, type ListSizes } from './archive-sizes.ts';
import { aptConfiguration } from './configuration.ts';
import { readSources, type AptSource } from './sources.ts';
import { formatFetched, formatSize } from './wording.ts';

export const LISTS = '/var/lib/apt/lists';
const ROOT_FILE = { mode: 0o644, uid: 0, gid: 0 };
/** Why an archive has nothing to offer here. */
export const UNREACHABLE =
  "Strata knows no archives but Debian's and Ubuntu's. To build on here, install the distribution's own package of that name, or COPY the files from an image that has them";
const NOTE = 'apt-get update: nothing is downloaded; the lists are empty files of the size the real ones have';

/** Gives apt's exit status. */
export async function updateLists(context: AppletContext, quiet: boolean): Promise<number> {
  context.simulate(NOTE);
  const sources = await readSources(context);
  const mtimeMs = context.process.kernel.clock.nowMs();
  makeDirectories(context, LISTS);
  placeFile(context, `${LISTS}/lock`, holeOf(0), { mode: 0o640, uid: 0, gid: 0, mtimeMs });
  for (const name of ['auxfiles', 'partial'])
    placeDirectory(context, `${LISTS}/${name}`, { mode: name === 'partial' ? 0o700 : 0o755, uid: 42, gid: 0, mtimeMs });
  const compressed = (await aptConfiguration(context)).get('acquire::gzipindexes') === 'true';
  const progress = new Progress(context, quiet);
  const reachable: AptSource[] = [];
  for (const source of sources) {
    if (await readRelease(context, source, progress, mtimeMs)) reachable.push(source);
  }
  for (const source of reachable) await readPackages(context, source, progress, compressed, mtimeMs);
  await progress.end();
  if (!quiet) await context.out.write('Reading package lists...\n');
  await removeCaches(context);
  return reportUnreachable(
    context,
    sources.filter((source) => !reachable.includes(source)),
  );
}

/** The lines `Get:1 …`, counted over one run. */
class Progress {
  readonly #context: AppletContext;
  readonly #quiet: boolean;
  #count = 0;
  #bytes = 0;

  constructor(context: AppletContext, quiet: boolean) {
    this.#context = context;
    this.#quiet = quiet;
  }

  async got(kind: 'Get' | 'Hit' | 'Err', what: string, bytes: number): Promise<void> {
    this.#count++;
    this.#bytes += kind === 'Get' ? bytes : 0;
    const size = kind === 'Get' ? ` [${formatSize(bytes)}B]` : '';
    if (!this.#quiet) await this.#context.out.write(`${kind}:${this.#count} ${what}${size}\n`);
  }

  async end(): Promise<void> {
    if (!this.#quiet && this.#bytes > 0) await this.#context.out.write(formatFetched(this.#bytes));
  }
}

async function readRelease(
  context: AppletContext,
  source: AptSource,
  progress: Progress,
  mtimeMs: number,
): Promise<boolean> {
  const sizes = archiveSizes(source.uri, source.suite);
  const what = `${source.uri} ${source.suite} InRelease`;
  if (sizes === undefined) {
    await progress.got('Err', `${what}\n  ${UNREACHABLE}`, 0);
    return false;
  }
  const path = `${listName(source)}_InRelease`;
  const known = context.files.find(path) !== undefined;
  await progress.got(known ? 'Hit' : 'Get', what, sizes.releaseBytes);
  placeFile(context, path, holeOf(sizes.releaseBytes), { ...ROOT_FILE, mtimeMs });
  return true;
}

async function readPackages(
  context: AppletContext,
  source: AptSource,
  progress: Progress,
  compressed: boolean,
  mtimeMs: number,
): Promise<void> {
  for (const component of source.components) {
    const list = archiveSizes(source.uri, source.suite)?.lists.find((one) => one.component === component);
    if (list === undefined) continue;
    const path = packagesPath(source, list, compressed);
    if (context.files.find(path) !== undefined) continue;
    await progress.got('Get', `${source.uri} ${source.suite}/${component} amd64 Packages`, list.downloadBytes);
    const bytes = compressed ? list.compressedBytes : list.plainBytes;
    placeFile(context, path, holeOf(bytes), { ...ROOT_FILE, mtimeMs });
  }
}

function packagesPath(source: AptSource, list: ListSizes, compressed: boolean): string {
  return `${listName(source)}_${list.component}_binary-amd64_Packages${compressed ? '.lz4' : ''}`;
}

/** The beginning of the names of a source's lists: its address with the slashes replaced. */
function listName({ uri, suite }: AptSource): string {
  const place = uri.replace(/^[a-z+]+:\/\//, '').replaceAll('/', '_');
  return `${LISTS}/${place}_dists_${suite.replaceAll('/', '_')}`;
}

/** The sources whose package lists are there. */
export async function readySources(context: AppletContext): Promise<readonly AptSource[]> {
  if (context.files.find(LISTS) === undefined) return [];
  const names = context.files.list(LISTS).map(({ name }) => `${LISTS}/${name}`);
  const sources = await readSources(context);
  return sources.filter((source) => {
    const start = `${listName(source)}_`;
    return names.some((name) => name.startsWith(start) && /_Packages(?:\.lz4)?$/.test(name));
  });
}

/** The sources that lead to archives nobody here knows. */
export async function unknownSources(context: AppletContext): Promise<readonly AptSource[]> {
  const sources = await readSources(context);
  return sources.filter(({ uri, suite }) => archiveSizes(uri, suite) === undefined);
}

/** The caches of the lists, which the next run that may keep them writes anew. */
export async function removeCaches(context: AppletContext): Promise<void> {
  if ((await aptConfiguration(context)).get('dir::cache::pkgcache') !== '') return;
  for (const name of ['pkgcache.bin', 'srcpkgcache.bin']) removeFile(context, `/var/cache/apt/${name}`);
}

async function reportUnreachable(context: AppletContext, unreachable: readonly AptSource[]): Promise<number> {
  for (const { uri, suite } of unreachable)
    await context.err.write(`W: Failed to fetch ${uri}/dists/${suite}/InRelease  ${UNREACHABLE}\n`);
  if (unreachable.length > 0)
    await context.err.write(
      'W: Some index files failed to download. They have been ignored, or old ones used instead.\n',
    );
  return 0;
}
