/** What dpkg does to the file system for one package: unpacking, configuring, removing. */
import { GROUP, GSHADOW, PASSWD, SHADOW } from '../../applets/accounts.ts';
import type { AppletContext } from '../../applets/context.ts';
import { readUsers, type UserDatabase } from '../../applets/users.ts';
import type { Body } from '../../../vfs/body.ts';
import type { CatalogueFile, PackageContents } from '../catalogue/package-contents.ts';
import {
  appendText,
  elfOf,
  holeOf,
  placeDirectory,
  placeFile,
  placeSymlink,
  readText,
  removeFile,
  textOf,
} from '../placing.ts';
import type { Paragraph } from './control.ts';
import { isAlternative, registerRecorded } from './alternatives.ts';
import { infoBase } from './dpkg-database.ts';

const ACCOUNT_PATHS = { passwd: PASSWD, group: GROUP, shadow: SHADOW, gshadow: GSHADOW } as const;
/** System accounts are numbered upwards from here (adduser), or downwards from below 1000 (systemd's and shadow's tools). */
const FIRST_SYSTEM_ID = 100;
const LAST_SYSTEM_ID = 999;

/** Writes a package's files and dpkg's own files about it. `excluded` says of a path that dpkg is told to leave it out. */
export async function unpackPackage(
  context: AppletContext,
  paragraph: Paragraph,
  contents: PackageContents,
  excluded: (path: string) => boolean,
): Promise<void> {
  await addAccounts(context, contents);
  await placeAll(
    context,
    contents,
    contents.files.filter(({ path }) => !excluded(path)),
  );
  const base = infoBase(paragraph);
  const attributes = { mode: 0o644, uid: 0, gid: 0, mtimeMs: context.process.kernel.clock.nowMs() };
  const list = ['/.', ...contents.files.map(({ path }) => path)].map((path) => `${path}\n`).join('');
  placeFile(context, `${base}.list`, textOf(list), attributes);
  for (const [ending, sizeBytes] of Object.entries(contents.info)) {
    const script = /^(?:pre|post)(?:inst|rm)$|^config$/.test(ending);
    placeFile(context, `${base}.${ending}`, infoBody(ending, sizeBytes, contents), {
      ...attributes,
      mode: script ? 0o755 : 0o644,
    });
  }
}

function infoBody(ending: string, sizeBytes: number, contents: PackageContents): Body {
  if (ending === 'conffiles') return textOf(contents.conffiles.replace(/ [0-9a-f]+(?: obsolete)?$/gm, '') + '\n');
  return /^(?:pre|post)(?:inst|rm)$|^config$/.test(ending) ? textOf('#!/bin/sh\n', sizeBytes) : holeOf(sizeBytes);
}

/** Does what the maintainer scripts did where the package was recorded. */
export async function configurePackage(context: AppletContext, contents: PackageContents): Promise<void> {
  const isOfAlternatives = (file: CatalogueFile): boolean =>
    isAlternative(file.path, file.kind === 'symlink' ? file.target : undefined);
  await placeAll(
    context,
    contents,
    contents.effects.filter((file) => !isOfAlternatives(file)),
  );
  for (const { path } of contents.effects) {
    const state = contents.bodies[path];
    if (!path.startsWith('/var/lib/dpkg/alternatives/') || state === undefined) continue;
    await context.out.write(registerRecorded(context, path, state));
  }
}

async function placeAll(
  context: AppletContext,
  contents: PackageContents,
  files: readonly CatalogueFile[],
): Promise<void> {
  const owners = await ownersIn(context, contents);
  for (const file of files) {
    const pause = context.checkpoint();
    if (pause !== undefined) await pause;
    placeCatalogueFile(context, file, contents, owners);
  }
}

/** Who a number of the recording is in this image. */
interface Owners {
  readonly uid: (recorded: number) => number;
  readonly gid: (recorded: number) => number;
}

function placeCatalogueFile(
  context: AppletContext,
  file: CatalogueFile,
  contents: PackageContents,
  owners: Owners,
): void {
  const { mtimeMs } = contents;
  if (file.kind === 'symlink') {
    placeSymlink(context, file.path, file.target, mtimeMs);
    return;
  }
  const attributes = { mode: file.mode, uid: owners.uid(file.uid), gid: owners.gid(file.gid), mtimeMs };
  if (file.kind === 'directory') {
    placeDirectory(context, file.path, attributes);
    return;
  }
  const text = contents.bodies[file.path];
  const body =
    text !== undefined ? textOf(text, file.sizeBytes) : file.elf ? elfOf(file.sizeBytes) : holeOf(file.sizeBytes);
  placeFile(context, file.path, body, attributes);
}

async function ownersIn(context: AppletContext, contents: PackageContents): Promise<Owners> {
  const database = await readUsers(context);
  const uids = new Map<number, number>();
  const gids = new Map<number, number>();
  for (const [recorded, name] of Object.entries(contents.owners.users)) {
    const user = database.users.find((one) => one.name === name);
    if (user !== undefined) uids.set(Number(recorded), user.uid);
  }
  for (const [recorded, name] of Object.entries(contents.owners.groups)) {
    const group = database.groups.find((one) => one.name === name);
    if (group !== undefined) gids.set(Number(recorded), group.gid);
  }
  return { uid: (recorded) => uids.get(recorded) ?? recorded, gid: (recorded) => gids.get(recorded) ?? recorded };
}

/** Adds the users and groups a package makes, with the next free numbers of this image. */
async function addAccounts(context: AppletContext, contents: PackageContents): Promise<void> {
  const { accounts } = contents;
  if (accounts.passwd === undefined && accounts.group === undefined) return;
  const database = await readUsers(context);
  const gids = new Map<string, number>();
  for (const line of accounts.group ?? []) {
    const fields = line.split(':');
    const [name = '', , recorded = ''] = fields;
    const there = database.groups.find((group) => group.name === name);
    const gid = there?.gid ?? freeId(database, Number(recorded), [...gids.values()]);
    gids.set(recorded, gid);
    if (there === undefined) appendText(context, GROUP, `${[name, fields[1], gid, fields[3]].join(':')}\n`);
  }
  for (const line of accounts.passwd ?? []) {
    const fields = line.split(':');
    const [name = '', password = '', uid = '', gid = '', ...rest] = fields;
    if (database.users.some((user) => user.name === name)) continue;
    const ids = [freeId(database, Number(uid), []), gids.get(gid) ?? gid];
    appendText(context, PASSWD, `${[name, password, ...ids, ...rest].join(':')}\n`);
  }
  for (const file of ['shadow', 'gshadow'] as const) {
    const known = (await readText(context, ACCOUNT_PATHS[file])) ?? '';
    for (const line of accounts[file] ?? []) {
      if (known.includes(`${line.split(':')[0] ?? ''}:`)) continue;
      appendText(context, ACCOUNT_PATHS[file], `${line}\n`, 0o640);
    }
  }
}

function freeId(database: UserDatabase, recorded: number, taken: readonly number[]): number {
  if (recorded < FIRST_SYSTEM_ID || recorded > LAST_SYSTEM_ID) return recorded;
  const used = new Set([...database.users.map(({ uid }) => uid), ...database.groups.map(({ gid }) => gid), ...taken]);
  const upwards = recorded < (FIRST_SYSTEM_ID + LAST_SYSTEM_ID) / 2;
  let id = upwards ? FIRST_SYSTEM_ID : LAST_SYSTEM_ID - 1;
  while (used.has(id)) id += upwards ? 1 : -1;
  return id;
}

/** Deletes what dpkg's list of a package names; configuration files stay unless `purge`. Directories go when they are empty. */
export async function removePackage(context: AppletContext, paragraph: Paragraph, purge: boolean): Promise<void> {
  const base = infoBase(paragraph);
  const list = ((await readText(context, `${base}.list`)) ?? '').split('\n').filter((path) => /^\/[^.\0]/.test(path));
  const conffiles = new Set(conffilesOf(paragraph));
  for (const path of [...list].sort().reverse()) {
    const pause = context.checkpoint();
    if (pause !== undefined) await pause;
    // directories and links of the root itself belong to the system: /lib may be a link to /usr/lib
    if ((conffiles.has(path) && !purge) || path.lastIndexOf('/') === 0) continue;
    const found = context.files.find(path, false);
    if (found?.inode.kind !== 'directory') removeFile(context, path);
    else if (context.files.list(path).length === 0) context.files.removeDirectory(path);
  }
  const remains = purge || conffiles.size === 0 ? [] : ['list', 'postrm'];
  const directory = base.slice(0, base.lastIndexOf('/'));
  for (const { name } of context.files.list(directory)) {
    const path = `${directory}/${name}`;
    if (path.startsWith(`${base}.`) && !remains.includes(path.slice(base.length + 1))) removeFile(context, path);
  }
  if (remains.length > 0) {
    const mtimeMs = context.process.kernel.clock.nowMs();
    // configuration files, and the directories that are not empty
    const kept = list.filter((path) => context.files.find(path, false) !== undefined);
    const text = kept.map((path) => `${path}\n`).join('');
    placeFile(context, `${base}.list`, textOf(text), { mode: 0o644, uid: 0, gid: 0, mtimeMs });
  }
}

/** Takes back what the maintainer scripts made: alternatives and compiled Python when a package goes, all of it when it is purged. */
export function undoConfiguration(context: AppletContext, contents: PackageContents, purge: boolean): void {
  for (const file of contents.effects.toReversed()) {
    const goesEarly =
      file.path.includes('/__pycache__/') ||
      isAlternative(file.path, file.kind === 'symlink' ? file.target : undefined);
    if (!purge && !goesEarly) continue;
    const found = context.files.find(file.path, false);
    if (file.kind !== 'directory') removeFile(context, file.path);
    else if (found?.inode.kind === 'directory' && context.files.list(file.path).length === 0)
      context.files.removeDirectory(file.path);
  }
}

/** Paths of a package's configuration files, from dpkg's status. */
export function conffilesOf(paragraph: Paragraph): string[] {
  return (paragraph.get('Conffiles') ?? '').split('\n').flatMap((line) => {
    const path = line.trim().split(' ')[0] ?? '';
    return path === '' ? [] : [path];
  });
}
