/**
 * Records the tree of a Go distribution, as the data behind the `golang` replica: `tsx scripts/mirror/record/golang.ts`.
 * go.dev's own archive is the same tree; Debian's packages of the same release list its paths, modes and sizes, and split it
 * over two directories, which are put together again here. Debian strips the programs, so those are smaller than go.dev's.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeRecording } from '../catalogue.ts';
import { sortedByPath, type ListedEntry } from '../tree-list.ts';

const GOROOT = '/usr/local/go';
/** Releases of Go that Debian has, by the suite that has them. */
const RELEASES: Readonly<Record<string, string>> = { '1.24': 'trixie', '1.15': 'bullseye' };
/** Files of the archive that the `go` command or its simulation reads. */
const KEPT_WHOLE = ['VERSION', 'go.env'];

function main(): void {
  for (const [release, suite] of Object.entries(RELEASES)) recordRelease(release, suite);
}

function recordRelease(release: string, suite: string): void {
  const work = mkdtempSync(join(tmpdir(), 'strata-golang-catalogue-'));
  const packages = [`golang-${release}-go`, `golang-${release}-src`];
  download(work, suite, packages);
  const entries = new Map<string, ListedEntry>();
  const bodies = new Map<string, string>();
  for (const file of readdirSync(work).filter((name) => name.endsWith('.deb'))) {
    const unpacked = join(work, `${file}.d`);
    execFileSync('dpkg-deb', ['-x', join(work, file), unpacked]);
    for (const entry of listPackage(join(work, file))) entries.set(entry.path, entry);
    for (const name of KEPT_WHOLE) {
      const text = readIfThere(join(unpacked, `usr/lib/go-${release}`, name));
      if (text !== undefined) bodies.set(`${GOROOT}/${name}`, text);
    }
  }
  const about = `Debian ${suite}'s ${packages.join(', ')}, laid out as go.dev's archive`;
  writeRecording(`golang-${release}`, about, sortedByPath([...entries.values()]), bodies);
  process.stdout.write(`golang ${release}: ${entries.size} entries\n`);
}

/** Fetches packages with apt's own verification, from a suite that need not be this machine's. */
function download(work: string, suite: string, packages: readonly string[]): void {
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  for (const folder of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(work, folder), { recursive: true });
  writeFileSync(join(work, 'sources.list'), `deb [signed-by=${keyring}] http://deb.debian.org/debian ${suite} main\n`);
  writeFileSync(join(work, 'status'), '');
  const options = [
    `Dir::Etc::SourceList=${work}/sources.list`,
    'Dir::Etc::SourceParts=-',
    `Dir::State::Lists=${work}/lists`,
    `Dir::State::Status=${work}/status`,
    `Dir::Cache=${work}/cache`,
  ].flatMap((option) => ['-o', option]);
  execFileSync('apt-get', [...options, 'update'], { stdio: 'inherit' });
  execFileSync('apt-get', [...options, 'download', ...packages], { stdio: 'inherit', cwd: work });
}

/** The entries of a package that belong to the distribution, at their place below GOROOT. */
function listPackage(file: string): readonly ListedEntry[] {
  const listing = execFileSync('dpkg-deb', ['-c', file], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return listing.split('\n').flatMap((line): readonly ListedEntry[] => {
    const match = /^(\S)(\S{9}) (?:\S+)\s+(\d+) \S+ \S+ \.(\/.*?)\/?$/.exec(line);
    if (match === null) return [];
    const [, type = '', permissions = '', size = '0', path = ''] = match;
    const inside = /^\/usr\/(?:lib|share)\/go-[\d.]+(\/.*)?$/.exec(path);
    if (inside === null) return [];
    const place = { path: GOROOT + (inside[1] ?? ''), mode: modeOf(permissions), uid: 0, gid: 0 };
    if (type === 'd') return [{ kind: 'directory', ...place }];
    const elf = place.mode === 0o755 && /\/(?:bin|pkg\/tool)\//.test(place.path);
    return type === '-' ? [{ kind: 'file', ...place, elf, sizeBytes: Number(size) }] : [];
  });
}

/** `rwxr-xr-x` as bits; packages of Go have no others. */
function modeOf(permissions: string): number {
  return Array.from(permissions).reduce((mode, letter) => mode * 2 + (letter === '-' ? 0 : 1), 0);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

main();
