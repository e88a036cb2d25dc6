/**
 * Debian's and Ubuntu's official images differ from a plain debootstrap by a few files of configuration (debuerreotype's
 * `minimizing` steps, which Ubuntu's images took over).
 */
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { keptInSlim, SLIM_FILTER_FILE, SLIM_FILTERS } from '../slim.ts';

/** Where the image's own apt looks. */
export interface SourcesOfApt {
  readonly path: string;
  readonly text: string;
}

/** What the image sets up so that apt leaves little behind. The real files carry long comments; their settings are these. */
const CONFIGURATION: Readonly<Record<string, string>> = {
  'etc/apt/apt.conf.d/docker-autoremove-suggests': 'Apt::AutoRemove::SuggestsImportant "false";\n',
  'etc/apt/apt.conf.d/docker-clean':
    'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };\n' +
    'APT::Update::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };\n' +
    'Dir::Cache::pkgcache "";\nDir::Cache::srcpkgcache "";\n',
  'etc/apt/apt.conf.d/docker-gzip-indexes': 'Acquire::GzipIndexes "true";\n',
  'etc/apt/apt.conf.d/docker-no-languages': 'Acquire::Languages "none";\n',
  'etc/dpkg/dpkg.cfg.d/docker-apt-speedup': 'force-unsafe-io\n',
  'usr/sbin/policy-rc.d': '#!/bin/sh\nexit 101\n',
};

/** apt's sources in the official images of a suite of Debian. */
export function debianSources(suite: string): SourcesOfApt {
  const archives = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const stanza = (uri: string, suites: string): string =>
    `Types: deb\nURIs: http://deb.debian.org/${uri}\nSuites: ${suites}\nComponents: main\nSigned-By: ${archives}\n`;
  return {
    path: 'etc/apt/sources.list.d/debian.sources',
    text: `${stanza('debian', `${suite} ${suite}-updates`)}\n${stanza('debian-security', `${suite}-security`)}`,
  };
}

/** apt's sources in the official images of a suite of Ubuntu: a list of lines until 24.04, then stanzas. */
export function ubuntuSources(suite: string, stanzas: boolean): SourcesOfApt {
  const archive = 'http://archive.ubuntu.com/ubuntu/';
  const security = 'http://security.ubuntu.com/ubuntu/';
  if (stanzas) {
    const stanza = (uri: string, suites: string): string =>
      `Types: deb\nURIs: ${uri}\nSuites: ${suites}\nComponents: main universe restricted multiverse\n` +
      'Signed-By: /usr/share/keyrings/ubuntu-archive-keyring.gpg\n';
    return {
      path: 'etc/apt/sources.list.d/ubuntu.sources',
      text: `${stanza(archive, `${suite} ${suite}-updates ${suite}-backports`)}\n${stanza(security, `${suite}-security`)}`,
    };
  }
  const lines = [
    ...['', '-updates'].flatMap((pocket) =>
      ['main restricted', 'universe', 'multiverse'].map((parts) => `deb ${archive} ${suite}${pocket} ${parts}`),
    ),
    `deb ${archive} ${suite}-backports main restricted universe multiverse`,
    ...['main restricted', 'universe', 'multiverse'].map((parts) => `deb ${security} ${suite}-security ${parts}`),
  ];
  return { path: 'etc/apt/sources.list', text: lines.map((line) => `${line}\n`).join('') };
}

/** Makes a debootstrapped tree look as the official image does, before anything is installed into it. */
export function trimAsOfficialImage(root: string, sources: SourcesOfApt): void {
  rmSync(join(root, 'etc/apt/sources.list'), { force: true });
  for (const [path, text] of Object.entries({ ...CONFIGURATION, [sources.path]: sources.text })) {
    write(root, path, text, path.startsWith('usr/sbin') ? 0o755 : 0o644);
  }
}

/** Makes the `-slim` variant of a tree: what its filters exclude is deleted, and they are left in it. */
export function slimify(root: string): void {
  write(root, SLIM_FILTER_FILE, SLIM_FILTERS, 0o644);
  removeExcluded(root, '/usr/share');
}

/** True when nothing is left below `path`. */
function removeExcluded(root: string, path: string): boolean {
  let empty = true;
  for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
    const below = `${path}/${entry.name}`;
    const directory = entry.isDirectory();
    const goes = directory ? removeExcluded(root, below) : true;
    if (!goes || keptInSlim(below)) empty = false;
    else if (directory) rmdirSync(join(root, below));
    else rmSync(join(root, below));
  }
  return empty;
}

/** What Ubuntu's minimised images leave out since 18.04, as dpkg's filters in them say. */
export function minimise(root: string): void {
  const file = join(root, 'etc/dpkg/dpkg.cfg.d/excludes');
  mkdirSync(dirname(file), { recursive: true });
  const filters = ['man', 'locale/*/LC_MESSAGES/*.mo', 'doc'].map(
    (what) => `path-exclude=/usr/share/${what}${what.includes('*') ? '' : '/*'}\n`,
  );
  writeFileSync(
    file,
    `${filters.join('')}path-include=/usr/share/doc/*/copyright\npath-include=/usr/share/doc/*/changelog.Debian.*\n`,
  );
  for (const path of listFiles(join(root, 'usr/share'))) {
    const below = path.slice(join(root, 'usr/share').length);
    const excluded = /^\/man\/|^\/locale\/[^/]+\/LC_MESSAGES\/.*\.mo$/.test(below);
    const documentation = below.startsWith('/doc/') && !/\/(?:copyright|changelog\.Debian\.[^/]*)$/.test(below);
    if (excluded || documentation) rmSync(path);
  }
}

function listFiles(folder: string): readonly string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? listFiles(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

function write(root: string, path: string, text: string, mode: number): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text, { mode });
}
