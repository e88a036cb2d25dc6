/** A Debian root file system on this machine, in which packages are really installed so that what they do can be recorded. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ARCHIVE = 'http://deb.debian.org/debian';
const MAX_OUTPUT_BYTES = 256 << 20;

/** One line of what apt would do. */
export interface PlannedStep {
  readonly kind: 'unpack' | 'configure';
  readonly name: string;
}

/** Makes the root where there is none, as Debian's official image is, and reads the archive's lists. */
export function prepareRoot(root: string, suite: string): void {
  if (!existsSync(join(root, 'var/lib/dpkg/status'))) {
    mkdirSync(root, { recursive: true });
    execFileSync('debootstrap', ['--variant=minbase', suite, root, ARCHIVE], { stdio: 'inherit' });
  }
  writeFileSync(join(root, 'etc/apt/sources.list'), sourcesOf(suite));
  // as in the official image: services are enabled, but not started
  writeFileSync(join(root, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  inRoot(root, ['apt-get', 'update']);
  inRoot(root, ['apt-get', '-y', 'full-upgrade']);
}

/** The archive's three parts, as the official image names them. */
function sourcesOf(suite: string): string {
  return [`${ARCHIVE} ${suite}`, `${ARCHIVE} ${suite}-updates`, `${ARCHIVE}-security ${suite}-security`]
    .map((source) => `deb ${source} main\n`)
    .join('');
}

/** Runs a command in the root and gives what it prints. */
export function inRoot(root: string, command: readonly string[]): string {
  const mounts = `mount -t proc proc "$0/proc" && trap 'umount "$0/proc"' EXIT && chroot "$0" "$@"`;
  return execFileSync('sh', ['-c', mounts, root, ...command], {
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** What installing `packages` would do, in apt's order. */
export function plannedSteps(
  root: string,
  packages: readonly string[],
  options: readonly string[],
): readonly PlannedStep[] {
  const output = inRoot(root, ['apt-get', '-s', 'install', '-y', ...options, ...packages]);
  return [...output.matchAll(/^(Inst|Conf) (\S+)/gm)].map(([, kind, name = '']) => ({
    kind: kind === 'Inst' ? 'unpack' : 'configure',
    name,
  }));
}

/** Downloads without installing; gives the `.deb` of each package by name, as a path inside the root. */
export function downloadPackages(
  root: string,
  packages: readonly string[],
  options: readonly string[],
): ReadonlyMap<string, string> {
  // the image's apt deletes what it downloaded
  const keep = ['-o', 'DPkg::Post-Invoke::=true', '-o', 'APT::Keep-Downloaded-Packages=true'];
  inRoot(root, ['apt-get', 'install', '-y', '--download-only', ...keep, ...options, ...packages]);
  const archives = '/var/cache/apt/archives';
  const files = readdirSync(join(root, archives)).filter((name) => name.endsWith('.deb'));
  return new Map(files.map((name) => [name.slice(0, name.indexOf('_')), `${archives}/${name}`]));
}
