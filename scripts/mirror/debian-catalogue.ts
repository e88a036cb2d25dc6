/**
 * Records what Debian's packages put into a root file system, as the data the replicas are made of. Run by hand on a Debian
 * machine, as root, when the replicas shall follow a newer Debian: `tsx scripts/mirror/debian-catalogue.ts [FOLDER [SUITE...]]`
 * (debootstrap and the network needed). It makes a root file system with debootstrap, trims it as the official image is trimmed (debuerreotype),
 * installs the packages of each further layer with the image's own commands, and writes after each what changed:
 * `data/NAME.tree` (paths, modes, owners, sizes) and `data/NAME.bodies.json` (small text files, whole).
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { trimAsOfficialImage } from './debian-image.ts';
import { recordTree, treeChanges, type RecordedTree } from './record-tree.ts';
import { formatTreeList } from './tree-list.ts';

const DATA = resolve(import.meta.dirname, 'data');
const ARCHIVE = 'http://deb.debian.org/debian';

interface RecordedLayer {
  readonly name: string;
  readonly packages: readonly string[];
}

const SCM: RecordedLayer = {
  name: 'buildpack-deps-scm',
  packages: ['git', 'mercurial', 'openssh-client', 'subversion', 'procps'],
};
const BUILD: RecordedLayer = { name: 'golang-build', packages: ['g++', 'gcc', 'libc6-dev', 'make', 'pkg-config'] };

/** By suite, the layers of golang's Debian image below Go itself, with the packages that the official Dockerfiles install. */
const SUITES: Readonly<Record<string, readonly RecordedLayer[]>> = {
  bookworm: [
    { name: 'buildpack-deps-curl', packages: ['ca-certificates', 'curl', 'gnupg', 'netbase', 'sq', 'wget'] },
    SCM,
    BUILD,
  ],
  bullseye: [
    { name: 'buildpack-deps-curl', packages: ['ca-certificates', 'curl', 'netbase', 'wget'] },
    { name: 'buildpack-deps-gnupg', packages: ['gnupg', 'dirmngr'] },
    SCM,
    BUILD,
  ],
};

function main(): void {
  const work = process.argv[2] ?? '/tmp/strata-debian-catalogue';
  const suites = process.argv.length > 3 ? process.argv.slice(3) : Object.keys(SUITES);
  for (const suite of suites) recordSuite(join(work, suite), suite, SUITES[suite] ?? []);
}

function recordSuite(root: string, suite: string, layers: readonly RecordedLayer[]): void {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  execFileSync('debootstrap', ['--variant=minbase', suite, root, ARCHIVE], { stdio: 'inherit' });
  trimAsOfficialImage(root, suite);
  inRoot(root, ['apt-get', 'update']);
  inRoot(root, ['apt-get', '-y', 'full-upgrade']);
  clean(root);

  let before: RecordedTree = new Map();
  const record = (name: string, about: string): void => {
    const after = recordTree(root);
    const changes = treeChanges(before, after);
    writeFileSync(join(DATA, `${name}.tree`), formatTreeList(changes.entries, about));
    writeFileSync(
      join(DATA, `${name}.bodies.json`),
      JSON.stringify(Object.fromEntries(changes.bodies), null, 1) + '\n',
    );
    before = after;
    process.stdout.write(`${name}: ${changes.entries.length} entries, ${changes.bodies.size} bodies\n`);
  };
  record(
    `debian-${suite}`,
    `debootstrap --variant=minbase ${suite}, trimmed as debuerreotype trims the official image`,
  );
  for (const { name, packages } of layers) {
    inRoot(root, ['apt-get', 'update']);
    inRoot(root, ['apt-get', 'install', '-y', '--no-install-recommends', ...packages]);
    clean(root);
    record(`${name}-${suite}`, `apt-get install --no-install-recommends ${packages.join(' ')} on Debian ${suite}`);
  }
}

function inRoot(root: string, command: readonly string[]): void {
  const mounts = `mount -t proc proc "$0/proc" && trap 'umount "$0/proc"' EXIT && chroot "$0" "$@"`;
  execFileSync('sh', ['-c', mounts, root, ...command], {
    stdio: 'inherit',
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
  });
}

/** What the official Dockerfiles remove in the same step, and what holds no more than the moment of its making. */
function clean(root: string): void {
  const volatile = [
    'var/lib/apt/lists',
    'var/cache/apt/archives',
    'var/log',
    'var/cache/debconf',
    'var/cache/ldconfig',
  ];
  for (const path of volatile) {
    if (!existsSync(join(root, path))) continue;
    execFileSync('find', [join(root, path), '-mindepth', '1', '-type', 'f', '-delete']);
  }
  rmSync(join(root, 'var/cache/apt/pkgcache.bin'), { force: true });
  rmSync(join(root, 'var/cache/apt/srcpkgcache.bin'), { force: true });
  const resolvConf = join(root, 'etc/resolv.conf');
  if (existsSync(resolvConf) && readFileSync('/etc/resolv.conf', 'utf8') !== readFileSync(resolvConf, 'utf8')) {
    writeFileSync(resolvConf, readFileSync('/etc/resolv.conf'));
  }
}

main();
