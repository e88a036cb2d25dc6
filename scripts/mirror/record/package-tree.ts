/** Entries of trees that no package manager of a system lists: folders on disk and npm's packages. */
import { execFileSync } from 'node:child_process';
import { closeSync, lstatSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { ListedEntry } from '../tree-list.ts';

/** The entries below `folder` as they lie under `place`, all root's; `kept` says by path which are taken. */
export function folderEntries(folder: string, place: string, kept: (path: string) => boolean): readonly ListedEntry[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((found): readonly ListedEntry[] => {
    const [source, path] = [join(folder, found.name), `${place}/${found.name}`];
    if (!kept(path)) return [];
    if (found.isSymbolicLink()) return [{ kind: 'symlink', path, target: readlinkSync(source) }];
    if (found.isDirectory()) return [directoryEntry(path), ...folderEntries(source, path, kept)];
    const stats = lstatSync(source);
    const elf = startsAsElf(source);
    return [{ kind: 'file', path, sizeBytes: stats.size, elf, mode: stats.mode & 0o755, uid: 0, gid: 0 }];
  });
}

/** The entries of a package of npm's registry, fetched by npm, as they lie under `place`. */
export function npmPackageEntries(work: string, name: string, place: string): readonly ListedEntry[] {
  const archive = execFileSync('npm', ['pack', '--silent', name], { cwd: work, encoding: 'utf8' }).trim();
  const listing = execFileSync('tar', ['tvf', join(work, archive)], { encoding: 'utf8', maxBuffer: 1 << 26 });
  const entries = new Map([[place, directoryEntry(place)]]);
  for (const line of listing.split('\n')) {
    const match = /^-(\S{9}) \S+ +(\d+) \S+ \S+ [^/]+(\/.*)$/.exec(line);
    if (match === null) continue;
    const [, permissions = '', size = '0', inside = ''] = match;
    const path = place + inside;
    for (const parent of parentsBelow(place, path)) entries.set(parent, directoryEntry(parent));
    const mode = permissions.includes('x') ? 0o755 : 0o644;
    entries.set(path, { kind: 'file', path, sizeBytes: Number(size), elf: false, mode, uid: 0, gid: 0 });
  }
  return [...entries.values()];
}

/** One file of a package of npm's registry, fetched before. */
export function npmPackageFile(work: string, archive: string, path: string): string {
  return execFileSync('tar', ['xOf', join(work, archive), path], { encoding: 'utf8' });
}

export function directoryEntry(path: string): ListedEntry {
  return { kind: 'directory', path, mode: 0o755, uid: 0, gid: 0 };
}

function parentsBelow(place: string, path: string): readonly string[] {
  const segments = path.slice(place.length + 1).split('/');
  return segments.slice(0, -1).map((_, index) => `${place}/${segments.slice(0, index + 1).join('/')}`);
}

function startsAsElf(path: string): boolean {
  const file = openSync(path, 'r');
  const bytes = Buffer.alloc(4);
  readSync(file, bytes, 0, 4, 0);
  closeSync(file);
  return bytes.toString('latin1') === '\x7fELF';
}
