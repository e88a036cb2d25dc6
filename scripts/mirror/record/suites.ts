/**
 * Records what the packages of Debian and Ubuntu put into a root file system, as the data the replicas are made of. Run by hand
 * on a Debian machine, as root, when the replicas shall follow newer packages:
 * `tsx scripts/mirror/record/suites.ts FOLDER [SUITE...]` (debootstrap and the network needed). For each suite it makes a root
 * file system with debootstrap, trims it as the official image is trimmed, installs the packages of each further layer with the
 * image's own commands, and writes what changed: `data/NAME.tree` and `data/NAME.bodies.json.gz` (see `catalogue.ts`).
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeRecording } from '../catalogue.ts';
import {
  debianSources,
  minimise,
  slimify,
  trimAsOfficialImage,
  ubuntuSources,
  type SourcesOfApt,
} from './official-image.ts';
import { BUILDPACK_PACKAGES } from './packages.ts';
import { recordTree, treeChanges, type RecordedTree } from './record-tree.ts';

const UBUNTU_ARCHIVE = 'http://archive.ubuntu.com/ubuntu';
const DEBIAN_ARCHIVE = 'http://deb.debian.org/debian';

/** A layer of packages on another: `name` is that of the data, without the suite. */
interface PackageLayer {
  readonly name: string;
  readonly packages: readonly string[];
  /** Layers on this one. */
  readonly above?: readonly PackageLayer[];
}

interface Suite {
  readonly name: string;
  readonly archive: string;
  readonly sources: SourcesOfApt;
  /** Packages beside those that debootstrap's minimal variant takes. */
  readonly include?: readonly string[];
  /** What the image's makers do to the tree before it is an image. */
  readonly finish?: (root: string) => void;
  readonly layers?: readonly PackageLayer[];
  /** Layers on the slim variant. */
  readonly slimLayers?: readonly PackageLayer[];
}

const SCM = ['git', 'mercurial', 'openssh-client', 'subversion', 'procps'];
const GOLANG_BUILD: PackageLayer = {
  name: 'golang-build',
  packages: ['g++', 'gcc', 'libc6-dev', 'make', 'pkg-config'],
};
const debian = (name: string, layers: Pick<Suite, 'layers' | 'slimLayers'> = {}): Suite => ({
  name,
  archive: DEBIAN_ARCHIVE,
  sources: debianSources(name),
  ...layers,
});

const ubuntu = (name: string, facts: Pick<Suite, 'include' | 'finish'>, stanzas = false): Suite => ({
  name,
  archive: UBUNTU_ARCHIVE,
  sources: ubuntuSources(name, stanzas),
  ...facts,
});

const SUITES: readonly Suite[] = [
  debian('bookworm', {
    layers: [
      {
        name: 'buildpack-deps-curl',
        packages: ['ca-certificates', 'curl', 'gnupg', 'netbase', 'sq', 'wget'],
        above: [
          {
            name: 'buildpack-deps-scm',
            packages: SCM,
            above: [
              GOLANG_BUILD,
              {
                name: 'buildpack-deps',
                packages: BUILDPACK_PACKAGES,
                above: [{ name: 'python-build', packages: ['libbluetooth-dev', 'tk-dev', 'uuid-dev'] }],
              },
            ],
          },
        ],
      },
    ],
    slimLayers: [
      { name: 'python-slim', packages: ['ca-certificates', 'netbase', 'tzdata'] },
      {
        name: 'nginx-libraries',
        packages: [
          ...[
            'gettext-base',
            'curl',
            'ca-certificates',
            'openssl',
            'libpcre2-8-0',
            'libxslt1.1',
            'libgd3',
            'libgeoip1',
          ],
          ...['libedit2', 'libxml2', 'zlib1g', 'libcrypt1', 'adduser', 'lsb-base'],
        ],
      },
      {
        name: 'httpd-libraries',
        packages: ['ca-certificates', 'libaprutil1-dbd-sqlite3', 'libaprutil1-ldap', 'libldap-common'],
        above: [
          {
            name: 'httpd-build',
            packages: [
              'libapr1',
              'libaprutil1',
              'libbrotli1',
              'libcurl4',
              'libjansson4',
              'liblua5.2-0',
              'libnghttp2-14',
              'libpcre3',
              'libxml2',
            ],
          },
        ],
      },
    ],
  }),
  debian('bullseye', {
    layers: [
      {
        name: 'buildpack-deps-curl',
        packages: ['ca-certificates', 'curl', 'netbase', 'wget'],
        above: [
          {
            name: 'buildpack-deps-gnupg',
            packages: ['gnupg', 'dirmngr'],
            above: [{ name: 'buildpack-deps-scm', packages: SCM, above: [GOLANG_BUILD] }],
          },
        ],
      },
    ],
  }),
  debian('trixie'),
  ubuntu('noble', { finish: minimise }, true),
  ubuntu('jammy', { finish: minimise }),
  ubuntu('focal', { finish: minimise }),
  ubuntu('bionic', { finish: minimise }),
  ubuntu('xenial', {}),
];

function main(): void {
  const [folder, ...names] = process.argv.slice(2);
  if (folder === undefined) throw new RangeError('name a folder for the root file systems');
  for (const suite of SUITES.filter(({ name }) => names.length === 0 || names.includes(name)))
    recordSuite(folder, suite);
}

function recordSuite(folder: string, suite: Suite): void {
  const root = join(folder, suite.name);
  bootstrap(root, suite);
  const about = `debootstrap --variant=minbase ${suite.name}, trimmed as the official image is`;
  const base = record(
    root,
    new Map(),
    `${suite.archive === UBUNTU_ARCHIVE ? 'ubuntu' : 'debian'}-${suite.name}`,
    about,
  );
  for (const layer of suite.layers ?? []) recordLayer(folder, root, base, layer, suite.name);
  if (suite.slimLayers === undefined) return;
  const slim = `${root}-slim`;
  copyRoot(root, slim);
  slimify(slim);
  const slimTree = recordTree(slim);
  for (const layer of suite.slimLayers) recordLayer(folder, slim, slimTree, layer, suite.name);
}

function bootstrap(root: string, suite: Suite): void {
  if (!existsSync(join(root, 'etc/os-release'))) {
    mkdirSync(root, { recursive: true });
    // Without Ubuntu's keys at hand its packages are taken as they come: only their lists of files are kept.
    const keyless = suite.archive === UBUNTU_ARCHIVE ? ['--no-check-gpg'] : [];
    const script = suite.archive === UBUNTU_ARCHIVE ? ['/usr/share/debootstrap/scripts/jammy'] : [];
    const options = [...keyless, '--variant=minbase', suite.name, root, suite.archive, ...script];
    execFileSync('debootstrap', options, { stdio: 'inherit' });
  }
  trimAsOfficialImage(root, suite.sources);
  inRoot(root, ['apt-get', 'update']);
  inRoot(root, ['apt-get', '-y', 'full-upgrade']);
  if (suite.include !== undefined)
    inRoot(root, ['apt-get', 'install', '-y', '--no-install-recommends', ...suite.include]);
  clean(root);
  suite.finish?.(root);
}

function recordLayer(folder: string, below: string, before: RecordedTree, layer: PackageLayer, suite: string): void {
  const root = join(folder, `${suite}-${layer.name}`);
  copyRoot(below, root);
  inRoot(root, ['apt-get', 'update']);
  inRoot(root, ['apt-get', 'install', '-y', '--no-install-recommends', ...layer.packages]);
  clean(root);
  const about = `apt-get install --no-install-recommends ${layer.packages.join(' ')} on ${suite}`;
  const after = record(root, before, `${layer.name}-${suite}`, about);
  for (const above of layer.above ?? []) recordLayer(folder, root, after, above, suite);
  rmSync(root, { recursive: true });
}

function record(root: string, before: RecordedTree, name: string, about: string): RecordedTree {
  const after = recordTree(root);
  const { entries, bodies } = treeChanges(before, after);
  writeRecording(name, about, entries, bodies);
  process.stdout.write(`${name}: ${entries.length} entries, ${bodies.size} bodies\n`);
  return after;
}

function copyRoot(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  execFileSync('cp', ['-a', from, to]);
}

function inRoot(root: string, command: readonly string[]): void {
  const mounts = `mount -t proc proc "$0/proc" && trap 'umount "$0/proc"' EXIT && chroot "$0" "$@"`;
  execFileSync('sh', ['-c', mounts, root, ...command], {
    stdio: ['ignore', 'inherit', 'inherit'],
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
