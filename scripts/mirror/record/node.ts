/**
 * Records the trees of Node's releases, as the data behind the `node` replicas: `tsx scripts/mirror/record/node.ts`, on a machine
 * with Node's headers in /usr/include/node. nodejs.org's archives hold the program, its headers, npm and corepack; the latter two
 * are fetched from npm's registry, the headers are this machine's (they differ little between releases), the size of the program
 * is stated here.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeRecording } from '../catalogue.ts';
import { sortedByPath, type ListedEntry } from '../tree-list.ts';
import { directoryEntry, folderEntries, npmPackageEntries, npmPackageFile } from './package-tree.ts';

interface NodeRelease {
  readonly version: string;
  readonly npm: string;
  readonly corepack: string;
  /** Bytes of bin/node. */
  readonly programBytes: number;
}

const RELEASES: readonly NodeRelease[] = [
  { version: '20.19.2', npm: '10.8.2', corepack: '0.32.0', programBytes: 98_921_048 },
  { version: '22.16.0', npm: '10.9.2', corepack: '0.32.0', programBytes: 120_274_208 },
  { version: '24.2.0', npm: '11.3.0', corepack: '0.32.0', programBytes: 121_530_424 },
];
const MODULES = '/usr/local/lib/node_modules';

function main(): void {
  const work = mkdtempSync(join(tmpdir(), 'strata-node-'));
  for (const release of RELEASES) recordRelease(work, release);
  const yarn = npmPackageEntries(work, 'yarn@1.22.22', '/opt/yarn-v1.22.22');
  const manifest = npmPackageFile(work, 'yarn-1.22.22.tgz', 'package/package.json');
  writeRecording(
    'yarn',
    'yarn 1.22.22 of npm',
    sortedByPath(yarn),
    new Map([['/opt/yarn-v1.22.22/package.json', manifest]]),
  );
}

function recordRelease(work: string, { version, npm, corepack, programBytes }: NodeRelease): void {
  const file = (path: string, sizeBytes: number, elf = false): ListedEntry => ({
    kind: 'file',
    path: `/usr/local/${path}`,
    sizeBytes,
    elf,
    mode: elf ? 0o755 : 0o644,
    uid: 0,
    gid: 0,
  });
  const link = (name: string, target: string): ListedEntry => ({
    kind: 'symlink',
    path: `/usr/local/bin/${name}`,
    target,
  });
  const entries: readonly ListedEntry[] = [
    file('bin/node', programBytes, true),
    link('npm', '../lib/node_modules/npm/bin/npm-cli.js'),
    link('npx', '../lib/node_modules/npm/bin/npx-cli.js'),
    link('corepack', '../lib/node_modules/corepack/dist/corepack.js'),
    link('nodejs', '/usr/local/bin/node'),
    file('CHANGELOG.md', 58_000),
    file('LICENSE', 140_000),
    file('README.md', 40_000),
    ...['include', 'include/node', 'lib/node_modules', 'share/doc', 'share/doc/node'].map((path) =>
      directoryEntry(`/usr/local/${path}`),
    ),
    ...folderEntries('/usr/include/node', '/usr/local/include/node', () => true),
    ...npmPackageEntries(work, `npm@${npm}`, `${MODULES}/npm`),
    ...npmPackageEntries(work, `corepack@${corepack}`, `${MODULES}/corepack`),
    file('share/doc/node/gdbinit', 9_000),
    file('share/doc/node/lldb_commands.py', 6_000),
    directoryEntry('/usr/local/share/man/man1'),
    file('share/man/man1/node.1', 35_000),
  ];
  const bodies = new Map([
    [`${MODULES}/npm/package.json`, npmPackageFile(work, `npm-${npm}.tgz`, 'package/package.json')],
    [`${MODULES}/corepack/package.json`, npmPackageFile(work, `corepack-${corepack}.tgz`, 'package/package.json')],
    [`${MODULES}/npm/bin/npm-cli.js`, '#!/usr/bin/env node\n'],
    [`${MODULES}/npm/bin/npx-cli.js`, '#!/usr/bin/env node\n'],
    [`${MODULES}/corepack/dist/corepack.js`, '#!/usr/bin/env node\n'],
  ]);
  const about = `Node ${version} as nodejs.org lays it out: npm ${npm}, corepack ${corepack}, headers of Node 20`;
  writeRecording(`node-${version}`, about, sortedByPath(entries), bodies);
}

main();
