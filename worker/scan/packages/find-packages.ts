/**
 * The packages of an image with the layer that brought each. A database is written anew, whole, by every layer that installs
 * something: the layer of a package is the first of those in a row that name it in this version.
 */
import { utf8Text } from '../../base/bytes.ts';
import type { Job } from '../../base/job.ts';
import { compareUtf8 } from '../../base/json.ts';
import type { FileCensus, StoredFile } from '../../layer/hidden-files.ts';
import { readBody } from '../../vfs/body.ts';
import { inodeOf } from '../../vfs/merge.ts';
import type { Tree } from '../../vfs/tree.ts';
import type { Distribution, ScannedPackage } from '../report.ts';
import { PACKAGE_DATABASES } from './index.ts';
import type { NamedPackage, PackageDatabase } from './package-database.ts';

/** A database of more is not read: that of the largest image measured is 2 MiB. */
const MOST_BYTES = 32 << 20;

export async function findPackages(
  tree: Tree,
  census: FileCensus,
  distribution: Distribution | undefined,
  job: Job,
): Promise<readonly ScannedPackage[]> {
  const found = new Map<string, ScannedPackage>();
  for (const database of PACKAGE_DATABASES) {
    for (const versions of databaseFiles(database, census)) {
      for (const one of await packagesOf(versions, tree, database, distribution, job)) {
        const known = found.get(one.purl);
        // the same package is often in several places: the lowest layer has it first
        if (known === undefined || one.layer < known.layer) found.set(one.purl, one);
      }
    }
  }
  return [...found.values()].sort(
    (a, b) => compareUtf8(a.type, b.type) || compareUtf8(a.name, b.name) || compareUtf8(a.purl, b.purl),
  );
}

/** Each file that is seen and names packages, as the layers have it, lowest first. */
function databaseFiles(database: PackageDatabase, census: FileCensus): readonly (readonly StoredFile[])[] {
  const seen = census.seen.filter(({ path }) => database.holds(path));
  const earlier = new Map<string, StoredFile[]>();
  for (const { file } of census.hidden) {
    if (database.holds(file.path)) earlier.set(file.path, [...(earlier.get(file.path) ?? []), file]);
  }
  return seen.map((file) => [...(earlier.get(file.path) ?? []), file].sort((a, b) => a.layer - b.layer));
}

async function packagesOf(
  versions: readonly StoredFile[],
  tree: Tree,
  database: PackageDatabase,
  distribution: Distribution | undefined,
  job: Job,
): Promise<readonly ScannedPackage[]> {
  let known = new Map<string, ScannedPackage>();
  for (const file of versions) {
    job.budget.throwIfCancelled();
    const pause = job.budget.checkpoint();
    if (pause) await pause;
    const named = await read(file, tree, database, distribution);
    known = new Map(
      named.map((one) => [one.purl, known.get(one.purl) ?? { ...one, layer: file.layer, path: file.path }]),
    );
  }
  return [...known.values()];
}

async function read(
  { layer, entry, path }: StoredFile,
  tree: Tree,
  database: PackageDatabase,
  distribution: Distribution | undefined,
): Promise<readonly NamedPackage[]> {
  const stack = tree.layers[layer];
  const inode = stack === undefined ? undefined : inodeOf(entry, stack.tar);
  if (inode?.kind !== 'file' || inode.body.sizeBytes > MOST_BYTES) return [];
  return database.read(utf8Text(await readBody(inode.body)), path, distribution);
}
