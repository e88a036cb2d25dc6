/** What apk does to the file system and to its records: installing, purging, and what it prints of them. */
import { busyboxFunctions } from '../../applets/busybox.ts';
import type { AppletContext } from '../../applets/context.ts';
import { elfOf, holeOf, placeFile, placeSymlink, removeFile, textOf } from '../placing.ts';
import { providedBy, type AlpineFile, type AlpinePackage } from './alpine-catalogue.ts';
import {
  constraintName,
  fieldOf,
  installedBytes,
  pathsOf,
  type ApkDatabase,
  type InstalledPackage,
} from './apk-database.ts';

const MEBIBYTE = 1 << 20;
/** Who runs a package's scripts, by what it depends on. */
const INTERPRETERS: Readonly<Record<string, string>> = {
  nodejs: 'node',
  python3: 'python3',
  perl: 'perl',
  ruby: 'ruby',
  php84: 'php',
};

/** Writes the files of a package and its paragraph. */
export function installPackage(context: AppletContext, database: ApkDatabase, one: AlpinePackage): void {
  const mtimeMs = context.process.kernel.clock.nowMs();
  const interpreter = one.depends.map((name) => INTERPRETERS[name]).find((name) => name !== undefined);
  for (const file of one.files) placePackageFile(context, file, interpreter, mtimeMs);
  database.packages.set(one.name, { name: one.name, version: one.version, fields: paragraphOf(one, mtimeMs) });
}

function placePackageFile(
  context: AppletContext,
  file: AlpineFile,
  interpreter: string | undefined,
  mtimeMs: number,
): void {
  const attributes = { uid: 0, gid: 0, mtimeMs };
  switch (file.kind) {
    case 'symlink':
      placeSymlink(context, file.path, file.target, mtimeMs);
      return;
    case 'program':
      placeFile(context, file.path, elfOf(file.sizeBytes), { ...attributes, mode: 0o755 });
      return;
    case 'script': {
      const line = interpreter === undefined ? '#!/bin/sh\n' : `#!/usr/bin/env ${interpreter}\n`;
      placeFile(context, file.path, textOf(line, file.sizeBytes), { ...attributes, mode: 0o755 });
      return;
    }
    case 'data':
      placeFile(context, file.path, holeOf(file.sizeBytes), { ...attributes, mode: 0o644 });
  }
}

function paragraphOf(one: AlpinePackage, nowMs: number): InstalledPackage['fields'] {
  const fields: [string, string][] = [
    ['P', one.name],
    ['V', one.version],
    ['A', 'x86_64'],
    ['S', String(one.downloadBytes)],
    ['I', String(one.installedBytes)],
    ['T', one.summary],
    ['o', one.name],
    ['t', String(Math.floor(nowMs / 1000))],
  ];
  if (one.depends.length > 0) fields.push(['D', one.depends.join(' ')]);
  const provided = providedBy(one);
  if (provided.length > 0) fields.push(['p', provided.join(' ')]);
  let folder = '';
  for (const { path, kind } of one.files) {
    const slash = path.lastIndexOf('/');
    if (path.slice(1, slash) !== folder) fields.push(['F', (folder = path.slice(1, slash))]);
    fields.push(['R', path.slice(slash + 1)]);
    if (kind === 'program' || kind === 'script') fields.push(['a', '0:0:755']);
  }
  return fields;
}

/** The paragraph of a virtual package, which is its dependencies and nothing else. */
export function virtualPackage(name: string, version: string, depends: readonly string[]): InstalledPackage {
  const fields: (readonly [string, string])[] = [
    ['P', name],
    ['V', version],
    ['A', 'noarch'],
    ['S', '0'],
    ['I', '0'],
    ['T', 'virtual meta package'],
    ['D', depends.join(' ')],
  ];
  return { name, version, fields };
}

/** Removes the files of packages, which others do not hold too, and their paragraphs. */
export async function purgePackages(
  context: AppletContext,
  database: ApkDatabase,
  gone: readonly InstalledPackage[],
  quiet: boolean,
): Promise<void> {
  for (const [index, one] of gone.entries()) {
    if (!quiet) await context.out.write(`(${index + 1}/${gone.length}) Purging ${one.name} (${one.version})\n`);
    database.packages.delete(one.name);
    for (const path of pathsOf(one)) {
      removeFile(context, path);
      if (database.packages.has('busybox')) restoreBusybox(context, path);
      removeEmptyAbove(context, path);
    }
  }
}

/** busybox's trigger links its functions anew where a program took their place. */
function restoreBusybox(context: AppletContext, path: string): void {
  const [, name = ''] = /^(?:\/usr)?\/s?bin\/([^/]+)$/.exec(path) ?? [];
  if (!busyboxFunctions().includes(name)) return;
  placeSymlink(context, path, '/bin/busybox', context.process.kernel.clock.nowMs());
}

function removeEmptyAbove(context: AppletContext, path: string): void {
  for (let folder = path.slice(0, path.lastIndexOf('/')); folder.split('/').length > 3;) {
    if (context.files.find(folder)?.inode.kind !== 'directory' || context.files.list(folder).length > 0) return;
    context.files.removeDirectory(folder);
    folder = folder.slice(0, folder.lastIndexOf('/'));
  }
}

/** Triggers, then the line with which every change ends. */
export async function tellDone(context: AppletContext, database: ApkDatabase, changed: boolean): Promise<void> {
  const busybox = database.packages.get('busybox');
  if (changed && busybox !== undefined) await context.out.write(`Executing busybox-${busybox.version}.trigger\n`);
  const certificates = database.packages.get('ca-certificates');
  if (changed && certificates !== undefined)
    await context.out.write(`Executing ca-certificates-${certificates.version}.trigger\n`);
  await context.out.write(`${summary(database)}\n`);
}

export function summary(database: ApkDatabase): string {
  const mebibytes = Math.round(installedBytes(database) / MEBIBYTE);
  return `OK: ${mebibytes} MiB in ${database.packages.size} packages`;
}

/** Whether a package that is installed depends on this name. */
export function isNeeded(database: ApkDatabase, name: string): string | undefined {
  for (const one of database.packages.values())
    if (
      one.name !== name &&
      fieldOf(one.fields, 'D')
        .split(' ')
        .some((word) => constraintName(word) === name)
    )
      return one.name;
  return undefined;
}
