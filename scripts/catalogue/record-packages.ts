/**
 * Records what installing Debian's packages does, one package after the other, in a root file system on this machine: the
 * files each holds, and what its maintainer scripts make, change and whom they add to /etc/passwd.
 */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { CatalogueFile, PackageContents } from '../../worker/shell/tools/catalogue/package-contents.ts';
import { inRoot, type PlannedStep } from './debian-root.ts';

const ACCOUNT_FILES = ['passwd', 'group', 'shadow', 'gshadow'] as const;

/** Written by every package operation, or by triggers: the tools write these themselves, or they tell nothing. */
const NOISE = [
  /^\/var\/lib\/dpkg\/(?!alternatives\/)/,
  /^\/var\/(?:log|cache)\//,
  /^\/var\/lib\/(?:apt|systemd\/deb-systemd-user-helper-enabled|ucf\/cache|pam)\//,
  /^\/(?:proc|sys|dev|run|tmp)\//,
  /^\/etc\/(?:passwd|group|shadow|gshadow|subuid|subgid|ld\.so\.cache|resolv\.conf|mailcap)-?$/,
  /^\/etc\/\.pwd\.lock$/,
  /^\/usr\/share\/(?:info\/dir|mime\/|applications\/mimeinfo|icons\/.*\.cache)/,
  /^\/usr\/share\/info\/dir\.old$/,
];
/** Text that programs and people read, kept whole; the sizes are limits in bytes. */
const KEPT_WHOLE: readonly (readonly [RegExp, number])[] = [
  [/^\/etc\/(?!ssl\/certs\/|ssh\/moduli|.*\.(?:gpg|asc)$)/, 12_000],
  [/^\/var\/www\//, 16_000],
  [/^\/usr\/share\/nginx\//, 16_000],
  [/^\/(?:usr\/)?lib\/systemd\/system\//, 1_500],
  [/^\/var\/lib\/dpkg\/alternatives\//, 6_000],
  [/^\/(?:usr\/)?s?bin\//, 600],
];
const MAX_LINE_BYTES = 120;

/** What can be told of a package while others are still missing; the owners of its files are named when all is known. */
export type RecordedContents = Omit<PackageContents, 'owners'>;

/** Unpacks and configures as planned; gives the contents of each package by name. */
export function recordInstallation(
  root: string,
  steps: readonly PlannedStep[],
  archives: ReadonlyMap<string, string>,
  told: (message: string) => void,
): ReadonlyMap<string, RecordedContents> {
  const recorded = new Map<string, RecordedContents>();
  const waiting: string[] = [];
  for (let at = 0; at < steps.length;) {
    const kind = steps[at]?.kind;
    const end = steps.findIndex((step, index) => index >= at && step.kind !== kind);
    const names = steps.slice(at, end === -1 ? undefined : end).map((step) => step.name);
    at += names.length;
    if (kind === 'unpack') unpack(root, names, archives);
    else {
      for (const name of names) {
        const together = configure(root, name, waiting);
        const contents = together ?? configure(root, name, []);
        if (contents === undefined) {
          waiting.push(name);
          continue;
        }
        if (together !== undefined) {
          for (const other of waiting.splice(0)) recorded.set(other, contentsOf(root, other, [], {}));
        }
        recorded.set(name, contents);
        told(`${recorded.size} ${name}`);
      }
    }
  }
  // those that depend on each other in a circle
  if (waiting.length > 0) inRoot(root, ['dpkg', '--no-triggers', '--configure', ...waiting]);
  for (const name of waiting) recorded.set(name, contentsOf(root, name, [], {}));
  inRoot(root, ['dpkg', '--triggers-only', '-a']);
  return recorded;
}

/** The packages the root began with, which are there already: their files alone. */
export function recordInstalled(root: string): ReadonlyMap<string, RecordedContents> {
  const names = inRoot(root, ['dpkg-query', '-W', '-f', '${Package}\n'])
    .split('\n')
    .filter((name) => name !== '');
  return new Map(names.map((name) => [name, contentsOf(root, name, [], {})]));
}

function unpack(root: string, names: readonly string[], archives: ReadonlyMap<string, string>): void {
  const files = names.map((name) => archives.get(name) ?? fail(`no archive of ${name}`));
  inRoot(root, ['dpkg', '--no-triggers', '--force-unsafe-io', '--unpack', ...files]);
}

/** Undefined when it waits for one that depends on it and comes later; `waiting` are those it may be configured together with. */
function configure(root: string, name: string, waiting: readonly string[]): RecordedContents | undefined {
  const before = accounts(root);
  const stamp = join(root, 'var/lib/strata-stamp');
  writeFileSync(stamp, '');
  try {
    inRoot(root, ['dpkg', '--no-triggers', '--configure', ...waiting, name]);
  } catch {
    return undefined;
  }
  const changed = execFileSync('find', [root, '-xdev', '-cnewer', stamp, '-printf', '/%P\\n'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return contentsOf(root, name, changed.split('\n'), added(before, accounts(root)));
}

function contentsOf(
  root: string,
  name: string,
  changed: readonly string[],
  accountLines: PackageContents['accounts'],
): RecordedContents {
  const base = ['', ':amd64'].map((suffix) => join(root, 'var/lib/dpkg/info', name + suffix));
  const info = base.find((path) => existsSync(`${path}.list`)) ?? fail(`${name} is not installed`);
  const listed = readFileSync(`${info}.list`, 'utf8')
    .split('\n')
    .filter((path) => path !== '' && path !== '/.');
  const own = new Set(listed);
  const files = listed.flatMap((path) => recordFile(root, path));
  const made = changed.filter((path) => path.length > 1 && !own.has(path) && !NOISE.some((noise) => noise.test(path)));
  const isConffile = new Set(readIfThere(`${info}.conffiles`).split('\n'));
  const adjusted = changed.filter(
    (path) => own.has(path) && !isConffile.has(path) && lstatSync(join(root, path)).isFile(),
  );
  const effects = [...made.sort(), ...adjusted].flatMap((path) => recordFile(root, path));
  return {
    name,
    multiArch: info.endsWith(':amd64'),
    mtimeMs: lstatSync(join(root, listed.findLast((path) => lstatSync(join(root, path)).isFile()) ?? '/etc/passwd'))
      .mtimeMs,
    files,
    effects: effects.filter(({ path, kind }) => kind !== 'directory' || !own.has(path)),
    accounts: accountLines,
    bodies: Object.fromEntries([...files, ...effects].flatMap((file) => bodyOf(root, file))),
    info: infoSizes(info),
    conffiles: conffileSums(root, name),
  };
}

function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** dpkg's own files of a package by their ending, with their sizes. */
function infoSizes(info: string): Readonly<Record<string, number>> {
  const directory = info.slice(0, info.lastIndexOf('/'));
  const prefix = `${info.slice(directory.length + 1)}.`;
  const names = readdirSync(directory).filter((file) => file.startsWith(prefix) && file !== `${prefix}list`);
  return Object.fromEntries(names.map((file) => [file.slice(prefix.length), lstatSync(join(directory, file)).size]));
}

/** The `Conffiles` field of dpkg's status, a line a file. */
function conffileSums(root: string, name: string): string {
  const output = inRoot(root, ['dpkg-query', '-W', '-f', '${Conffiles}', name]);
  return output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

function recordFile(root: string, path: string): CatalogueFile[] {
  const file = join(root, path);
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return [];
  const owner = { mode: stats.mode & 0o7777, uid: stats.uid, gid: stats.gid };
  if (stats.isDirectory()) return [{ kind: 'directory', path, ...owner }];
  if (stats.isSymbolicLink()) return [{ kind: 'symlink', path, target: readlinkSync(file) }];
  if (!stats.isFile()) return [];
  return [{ kind: 'file', path, sizeBytes: stats.size, elf: beginning(file, 4) === '\x7fELF', ...owner }];
}

function bodyOf(root: string, file: CatalogueFile): [string, string][] {
  if (file.kind !== 'file' || file.sizeBytes === 0 || file.elf) return [];
  const limit = KEPT_WHOLE.find(([pattern]) => pattern.test(file.path))?.[1] ?? 0;
  const path = join(root, file.path);
  if (file.sizeBytes <= limit) {
    const bytes = readFileSync(path);
    const text = bytes.toString('utf8');
    return Buffer.from(text).equals(bytes) ? [[file.path, text]] : [];
  }
  const [line = ''] = beginning(path, MAX_LINE_BYTES).split('\n');
  return line.startsWith('#!') && (file.mode & 0o111) !== 0 ? [[file.path, `${line}\n`]] : [];
}

function beginning(path: string, bytes: number): string {
  const buffer = Buffer.alloc(bytes);
  const descriptor = openSync(path, 'r');
  try {
    return buffer.toString('latin1', 0, readSync(descriptor, buffer, 0, bytes, 0));
  } finally {
    closeSync(descriptor);
  }
}

type AccountLines = Readonly<Record<string, readonly string[]>>;

function accounts(root: string): AccountLines {
  return Object.fromEntries(
    ACCOUNT_FILES.map((name) => [
      name,
      readFileSync(join(root, 'etc', name), 'utf8')
        .split('\n')
        .filter((line) => line !== ''),
    ]),
  );
}

/** The lines that are new; of `shadow`, the ones of those users, with no day of their making. */
function added(before: AccountLines, after: AccountLines): PackageContents['accounts'] {
  const entries = ACCOUNT_FILES.map((name) => {
    const known = new Set(before[name]);
    return [name, (after[name] ?? []).filter((line) => !known.has(line))] as const;
  });
  return Object.fromEntries(entries.filter(([, lines]) => lines.length > 0));
}

function fail(message: string): never {
  throw new Error(message);
}
