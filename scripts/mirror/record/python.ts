/**
 * Records an installed CPython, as the data behind the `python` replicas: `tsx scripts/mirror/record/python.ts PREFIX RELEASE`
 * (`…/versions/3.12.1 3.12`). It shall be built from source with a shared library, as the official Dockerfiles build it; what
 * those delete (tests, compiled files, static libraries) is left out, and of the site's packages all but pip.
 */
import { writeRecording } from '../catalogue.ts';
import { sortedByPath, type ListedEntry } from '../tree-list.ts';
import { folderEntries } from './package-tree.ts';

/** What the official Dockerfiles strip off the shared library. */
const LIBRARY_BYTES = 9_600_000;

const DELETED = [/\/(?:test|tests|idle_test|__pycache__)$/, /\.(?:pyc|pyo|a)$/, /\/share\/man\/man1\/python\d.*-/];
const SITE = /\/site-packages\/(?!pip(?:$|-|\/)|README)/;

function main(): void {
  const [prefix, release] = process.argv.slice(2);
  if (prefix === undefined || release === undefined) throw new RangeError('name a prefix and a release');
  const kept = (path: string): boolean => !DELETED.some((pattern) => pattern.test(path)) && !SITE.test(path);
  const entries = folderEntries(prefix, '/usr/local', kept).map((entry) => asStripped(entry));
  const scripts = entries.filter(({ kind, path }) => kind === 'file' && /^\/usr\/local\/bin\/(?!python)/.test(path));
  const bodies = new Map(scripts.map(({ path }) => [path, `#!/usr/local/bin/python${release}\n`]));
  writeRecording(
    `python-${release}`,
    `CPython ${release} built from source, its tests left out`,
    sortedByPath(entries),
    bodies,
  );
}

function asStripped(entry: ListedEntry): ListedEntry {
  const library = entry.kind === 'file' && /\/libpython3\.\d+\.so\.1\.0$/.test(entry.path);
  return library ? { ...entry, sizeBytes: LIBRARY_BYTES } : entry;
}

main();
