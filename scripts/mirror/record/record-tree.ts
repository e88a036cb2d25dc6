/** Reads a root file system on disk into the terms of a tree list: metadata of all, bodies of small text files. */
import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readlinkSync, readSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { sortedByPath, type ListedEntry } from '../tree-list.ts';

/** An entry with what tells whether it changed. */
interface RecordedEntry {
  readonly entry: ListedEntry;
  /** Differs when the entry does; the modification time is part of it, so that a rewritten file counts. */
  readonly fingerprint: string;
  readonly body?: string;
}

/** A whole tree by absolute path. */
export type RecordedTree = ReadonlyMap<string, RecordedEntry>;

/** Bind mounts and files of the machine that the tree was made on. */
const NOT_OF_THE_IMAGE = new Set(['/proc', '/sys', '/dev', '/run', '/tmp']);
/** Written anew by every package operation, telling nothing. */
const NOISE = [
  /^\/var\/lib\/dpkg\/(?:available|lock|lock-frontend|.*-old)$/,
  /^\/var\/cache\/apt\//,
  /^\/etc\/.*-$/,
  /^\/etc\/(?:resolv\.conf|hostname)$/,
];
/** Text that the tools of an image read, kept whole. */
const KEPT_WHOLE = [
  /^\/etc\//,
  /^\/usr\/lib\/os-release$/,
  /^\/var\/lib\/dpkg\/(?:status|arch|diversions|statoverride)$/,
  /^\/var\/lib\/dpkg\/info\/[^/]*\.(?:conffiles|list)$/,
  /^\/var\/lib\/dpkg\/alternatives\//,
  /^\/usr\/sbin\/policy-rc\.d$/,
];
const MAX_BODY_BYTES = 512 * 1024;
const MAX_SCRIPT_BYTES = 4096;
const ELF_MAGIC = '\x7fELF';
/** Certificates, keys and compiled tables, which nothing here reads: honest sizes will do. */
const LEFT_AS_HOLES = [
  /^\/etc\/apt\/trusted\.gpg\.d\//,
  /^\/etc\/ssl\/certs\//,
  /^\/etc\/ld\.so\.cache$/,
  /^\/etc\/ssh\/moduli$/,
];

/** Reads the tree below `root`. */
export function recordTree(root: string): RecordedTree {
  const recorded = new Map<string, RecordedEntry>();
  const links = new Map<number, string>();
  const visit = (path: string): void => {
    const stats = lstatSync(join(root, path));
    if (NOISE.some((pattern) => pattern.test(path))) return;
    const made = recordEntry(root, path, stats, links);
    if (made !== undefined) recorded.set(path, made);
    if (!stats.isDirectory() || NOT_OF_THE_IMAGE.has(path)) return;
    for (const name of readdirSync(join(root, path)).sort()) visit(path === '/' ? `/${name}` : `${path}/${name}`);
  };
  visit('/');
  return recorded;
}

function recordEntry(root: string, path: string, stats: Stats, links: Map<number, string>): RecordedEntry | undefined {
  const attributes = { mode: stats.mode & 0o7777, uid: stats.uid, gid: stats.gid };
  const fingerprint = `${stats.mode} ${stats.uid} ${stats.gid}`;
  if (stats.isDirectory()) return { entry: { kind: 'directory', path, ...attributes }, fingerprint };
  if (stats.isSymbolicLink()) {
    const target = readlinkSync(join(root, path));
    return { entry: { kind: 'symlink', path, target }, fingerprint: `link ${target}` };
  }
  if (!stats.isFile()) return undefined;
  const sibling = links.get(stats.ino);
  if (sibling !== undefined)
    return { entry: { kind: 'hardlink', path, target: sibling }, fingerprint: `hard ${sibling}` };
  if (stats.nlink > 1) links.set(stats.ino, path);
  const head = beginning(root, path);
  const elf = head.startsWith(ELF_MAGIC);
  const body = wholeText(root, path, stats.size) ?? (head.startsWith('#!') ? scriptText(root, path, head) : undefined);
  return {
    entry: { kind: 'file', path, sizeBytes: stats.size, elf, ...attributes },
    fingerprint: `${fingerprint} ${stats.size} ${body ?? stats.mtimeMs}`,
    ...(body === undefined ? {} : { body }),
  };
}

/** The first bytes of a file, one character each. */
function beginning(root: string, path: string): string {
  const file = openSync(join(root, path), 'r');
  const bytes = Buffer.alloc(128);
  const length = readSync(file, bytes, 0, bytes.byteLength, 0);
  closeSync(file);
  return bytes.subarray(0, length).toString('latin1');
}

/**
 * A shell script whole, since it can be run; a long one not at all, since its beginning alone would run to a wrong end. Of other
 * scripts the line that names their interpreter.
 */
function scriptText(root: string, path: string, head: string): string | undefined {
  const line = head.slice(0, head.indexOf('\n') + 1);
  if (!/^#! ?(?:\/usr)?\/bin\/(?:ba|da)?sh\b/.test(line)) return line;
  if (!/\/s?bin\//.test(path)) return undefined;
  const bytes = readFileSync(join(root, path));
  return bytes.byteLength <= MAX_SCRIPT_BYTES ? bytes.toString('utf8') : undefined;
}

function wholeText(root: string, path: string, sizeBytes: number): string | undefined {
  if (sizeBytes > MAX_BODY_BYTES || !KEPT_WHOLE.some((pattern) => pattern.test(path))) return undefined;
  if (LEFT_AS_HOLES.some((pattern) => pattern.test(path))) return undefined;
  const bytes = readFileSync(join(root, path));
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) && !text.includes('\0') ? text : undefined;
}

/** dpkg's own record of what is installed: a paragraph a package. */
const STATUS_FILE = '/var/lib/dpkg/status';

/** What a layer between two states of a tree says, in path order: additions, changes, whiteouts, the bodies of its files. */
export function treeChanges(
  before: RecordedTree,
  after: RecordedTree,
): { readonly entries: readonly ListedEntry[]; readonly bodies: ReadonlyMap<string, string> } {
  const entries: ListedEntry[] = [];
  const bodies = new Map<string, string>();
  for (const [path, { entry, fingerprint, body }] of after) {
    if (before.get(path)?.fingerprint === fingerprint) continue;
    entries.push(entry);
    if (body === undefined) continue;
    // The record grows with every layer; told whole each time it would be most of the data.
    bodies.set(path, path === STATUS_FILE ? newParagraphs(before.get(path)?.body ?? '', body) : body);
  }
  for (const path of before.keys()) {
    const parent = path.slice(0, path.lastIndexOf('/')) || '/';
    if (!after.has(path) && after.has(parent)) entries.push({ kind: 'whiteout', path });
  }
  return { entries: sortedByPath(entries), bodies };
}

/** The paragraphs of `after` that `before` does not have word for word. */
function newParagraphs(before: string, after: string): string {
  const known = new Set(before.split('\n\n'));
  return after
    .split('\n\n')
    .filter((paragraph) => !known.has(paragraph))
    .join('\n\n');
}
