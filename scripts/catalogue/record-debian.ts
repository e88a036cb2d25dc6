/**
 * Records Debian's packages for the catalogue. Run by hand on a Debian machine, as root, when the catalogue shall follow a newer Debian:
 * `tsx scripts/catalogue/record-debian.ts FOLDER` (debootstrap, the network, 8 GB and half an hour needed). It installs the packages of
 * `debian-packages.ts` one after the other in `FOLDER/root` and writes `FOLDER/record.json`; `build.ts` makes the catalogue of that.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEBIAN_PACKAGES, WITHOUT_RECOMMENDS } from './debian-packages.ts';
import { downloadPackages, inRoot, plannedSteps, prepareRoot } from './debian-root.ts';
import { recordInstallation, recordInstalled, type RecordedContents } from './record-packages.ts';

/** What the recorder hands to the builder. */
export interface DebianRecord {
  readonly suite: string;
  readonly packages: readonly RecordedContents[];
  /** Paragraphs of the archive's index, and of dpkg's status with the packages installed. */
  readonly available: string;
  readonly status: string;
  /** What `apt-cache policy` says of them: which archive each comes from. */
  readonly policy: string;
}

const SUITE = 'bookworm';
const WITH_RECOMMENDS: readonly string[] = [];
const DEPENDENCIES_ALONE = ['--no-install-recommends'];

function main(): void {
  const folder = process.argv[2] ?? '/tmp/strata-catalogue';
  const root = join(folder, 'root');
  prepareRoot(root, SUITE);
  const packages = new Map<string, RecordedContents>(recordInstalled(root));
  install(root, DEBIAN_PACKAGES, WITH_RECOMMENDS, packages);
  install(root, WITHOUT_RECOMMENDS, DEPENDENCIES_ALONE, packages);
  const record: DebianRecord = {
    suite: SUITE,
    packages: [...packages.values()],
    available: inRoot(root, ['apt-cache', 'show', '--no-all-versions', ...packages.keys()]),
    policy: inRoot(root, ['apt-cache', 'policy', ...packages.keys()]),
    status: readFileSync(join(root, 'var/lib/dpkg/status'), 'utf8'),
  };
  writeFileSync(join(folder, 'record.json'), JSON.stringify(record));
}

function install(
  root: string,
  names: readonly string[],
  options: readonly string[],
  packages: Map<string, RecordedContents>,
): void {
  const archives = downloadPackages(root, names, options);
  const told = (message: string): void => void process.stdout.write(`${message}\n`);
  for (const [name, contents] of recordInstallation(root, plannedSteps(root, names, options), archives, told)) {
    packages.set(name, contents);
  }
}

main();
