/**
 * From changes to the entries of a layer, as Docker's engine and containerd write them: in path order, with the directories
 * above what changed, a whiteout for each path that is gone, sockets left out. Of a hard-linked file the first changed name
 * is the file; its other names follow as links to it, unchanged ones too, since a layer that held the new name alone would
 * break the link.
 */
import { equalBytes } from '../base/bytes.ts';
import type { Job } from '../base/job.ts';
import { isWithin, parentPath, ROOT, type AbsolutePath } from '../base/path.ts';
import { readBody, type Body } from '../vfs/body.ts';
import { compareBytes } from '../vfs/byte-order.ts';
import { diffTrees, sameAttributes } from '../vfs/diff-trees.ts';
import type { FileInode, Inode, SocketInode } from '../vfs/inode.ts';
import { EMPTY_ROOT } from '../vfs/tree-editor.ts';
import type { TreeNode } from '../vfs/tree.ts';
import type { Change, UnionView } from '../vfs/view.ts';
import { walkView } from '../vfs/walk.ts';

/** An entry to write. */
export type DiffEntry =
  | { readonly kind: 'inode'; readonly path: AbsolutePath; readonly inode: Exclude<Inode, SocketInode> }
  | { readonly kind: 'hardlink'; readonly path: AbsolutePath; readonly target: AbsolutePath; readonly inode: FileInode }
  | { readonly kind: 'whiteout'; readonly path: AbsolutePath };

export interface DiffOptions {
  /**
   * A new name of a file that a lower layer holds: `kept`, the default, names the file's other names in this layer too, so
   * that the link holds (what overlayfs stores, and what a container's writable layer needs); `copied` makes it a file of
   * its own, as a build's layer has it.
   */
  readonly linksToLower?: 'kept' | 'copied';
}

/** The entries of the layer that makes a view's base into the view. */
export async function diffEntries(view: UnionView, options: DiffOptions, job: Job): Promise<DiffEntry[]> {
  const changes = withoutIdle(await withoutEqualContent(view.changes(), job));
  const candidates = inPathOrder(changes, options.linksToLower === 'copied' ? [] : unchangedNames(view, changes));
  return entriesOf(candidates, (path) => view.lookup(path, { follow: false }));
}

/** The entries of one layer that makes a whole tree: what `docker export` writes, without the root. */
export function treeEntries(root: TreeNode): DiffEntry[] {
  const changes = diffTrees(EMPTY_ROOT, root, () => true);
  return entriesOf(inPathOrder(changes, []), () => undefined);
}

/** `lookup` tells what the directories are that candidates lie in. */
function entriesOf(candidates: readonly Candidate[], lookup: (path: AbsolutePath) => Inode | undefined): DiffEntry[] {
  const entries = new EntryList(lookup);
  for (const { path, inode, lower, changed } of candidates) {
    if (inode === undefined || (inode.kind === 'socket' && lower !== undefined)) entries.addWhiteout(path);
    else entries.addInode(path, inode, changed);
  }
  return entries.finish();
}

/** A path that the layer may have to name. */
interface Candidate {
  readonly path: AbsolutePath;
  readonly inode?: Inode;
  readonly lower?: Inode;
  /** False for a further name of a changed file that is as it was. */
  readonly changed: boolean;
}

/** The names of changed files that did not change themselves. */
function unchangedNames(view: UnionView, changes: readonly Change[]): Candidate[] {
  const missing = new Map<number, number>();
  for (const { path, inode } of changes) {
    if (inode?.kind !== 'file' || inode.linkGroup === undefined) continue;
    missing.set(inode.linkGroup, (missing.get(inode.linkGroup) ?? view.linkCount(path)) - 1);
  }
  const groups = new Set([...missing].filter(([, count]) => count > 0).map(([group]) => group));
  if (groups.size === 0) return [];
  const changedPaths = new Set(changes.map(({ path }) => path));
  const names: Candidate[] = [];
  for (const { path, inode } of walkView(view)) {
    if (inode.kind !== 'file' || inode.linkGroup === undefined || !groups.has(inode.linkGroup)) continue;
    if (!changedPaths.has(path)) names.push({ path, inode, changed: false });
  }
  return names;
}

function inPathOrder(changes: readonly Change[], unchanged: readonly Candidate[]): Candidate[] {
  const all: Candidate[] = changes.map((change) => ({ ...change, changed: true }));
  if (unchanged.length === 0) return all;
  // NUL sorts a directory's entries right behind it, before its longer-named siblings
  const key = (path: AbsolutePath): string => path.replaceAll('/', '\0');
  return [...all, ...unchanged].sort((a, b) => compareBytes(key(a.path), key(b.path)));
}

/** Gathers entries, with parents before what they hold and links behind their file. */
class EntryList {
  readonly #lookup: (path: AbsolutePath) => Inode | undefined;
  readonly #entries: DiffEntry[] = [];
  readonly #directories = new Set<AbsolutePath>([ROOT]);
  /** Path of the file of each link group. */
  readonly #files = new Map<number, AbsolutePath>();
  /** Unchanged names of groups whose file did not come yet. */
  readonly #waiting = new Map<number, AbsolutePath[]>();

  constructor(lookup: (path: AbsolutePath) => Inode | undefined) {
    this.#lookup = lookup;
  }

  addWhiteout(path: AbsolutePath): void {
    this.#addParents(path);
    this.#entries.push({ kind: 'whiteout', path });
  }

  addInode(path: AbsolutePath, inode: Inode, changed: boolean): void {
    if (inode.kind === 'socket') return;
    if (inode.kind === 'file' && inode.linkGroup !== undefined) {
      this.#addLinked(path, inode, inode.linkGroup, changed);
      return;
    }
    if (inode.kind === 'directory' && this.#directories.has(path)) return;
    this.#addParents(path);
    if (inode.kind === 'directory') this.#directories.add(path);
    this.#entries.push({ kind: 'inode', path, inode });
  }

  finish(): DiffEntry[] {
    return this.#entries;
  }

  #addLinked(path: AbsolutePath, inode: FileInode, group: number, changed: boolean): void {
    const file = this.#files.get(group);
    if (file !== undefined) {
      this.#addParents(path);
      this.#entries.push({ kind: 'hardlink', path, target: file, inode });
      return;
    }
    if (!changed) {
      this.#waiting.set(group, [...(this.#waiting.get(group) ?? []), path]);
      return;
    }
    this.#files.set(group, path);
    this.#addParents(path);
    this.#entries.push({ kind: 'inode', path, inode });
    for (const name of this.#waiting.get(group) ?? []) this.#addLinked(name, inode, group, false);
  }

  #addParents(path: AbsolutePath): void {
    const parent = parentPath(path);
    if (this.#directories.has(parent)) return;
    const inode = this.#lookup(parent);
    if (inode !== undefined) this.addInode(parent, inode, true);
  }
}

/** Leaves out directories that are as they were and have no change below them. */
function withoutIdle(changes: readonly Change[]): Change[] {
  const kept: Change[] = [];
  for (const change of changes.toReversed()) {
    const { path, inode, lower } = change;
    const idle = inode?.kind === 'directory' && lower !== undefined && sameAttributes(lower, inode);
    const next = kept.at(-1);
    if (!idle || (next !== undefined && isWithin(next.path, path))) kept.push(change);
  }
  return kept.reverse();
}

/** Leaves out files that were written anew with the attributes, time and bytes they had. */
async function withoutEqualContent(changes: readonly Change[], job: Job): Promise<Change[]> {
  const kept: Change[] = [];
  for (const change of changes) {
    if (!(await isRewrittenAlike(change, job))) kept.push(change);
  }
  return kept;
}

async function isRewrittenAlike({ inode, lower }: Change, job: Job): Promise<boolean> {
  if (inode?.kind !== 'file' || lower?.kind !== 'file') return false;
  if (inode.linkGroup !== undefined || lower.linkGroup !== undefined) return false;
  return sameAttributes(lower, inode) && (await haveEqualBytes(lower.body, inode.body, job));
}

/** Bytes compared at a time. */
const COMPARE_BYTES = 1 << 20;

async function haveEqualBytes(a: Body, b: Body, job: Job): Promise<boolean> {
  if (a.sizeBytes !== b.sizeBytes) return false;
  for (let start = 0; start < a.sizeBytes; start += COMPARE_BYTES) {
    job.budget.throwIfCancelled();
    const end = Math.min(start + COMPARE_BYTES, a.sizeBytes);
    const [left, right] = await Promise.all([readBody(a, start, end), readBody(b, start, end)]);
    if (!equalBytes(left, right)) return false;
  }
  return true;
}
