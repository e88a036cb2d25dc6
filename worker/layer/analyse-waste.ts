/**
 * What of an image's bytes is wasted, file by file: bytes that a layer holds and nobody sees, and bytes that are there twice.
 * dive counts such bytes once for each layer that mentions the path; here each stored byte counts once.
 */
import type { AbsolutePath } from '../base/path.ts';
import { sameXattrs } from '../vfs/diff-trees.ts';
import { isSparse, type Body } from '../vfs/body.ts';
import type { LayerEntry } from '../vfs/layer-entry.ts';
import { inodeOf } from '../vfs/merge.ts';
import type { Tree } from '../vfs/tree.ts';
import { censusOf, type HiddenFile, type StoredFile } from './hidden-files.ts';

/**
 * - `overwritten`: a later layer put other content in its place
 * - `deleted`: a later layer deleted it
 * - `metadata`: a later layer holds the same content again, with another mode, owner or time
 * - `duplicate`: seen, but the same content is in the image under another path
 */
export type WasteKind = 'overwritten' | 'deleted' | 'metadata' | 'duplicate';

export interface WastedFile {
  readonly kind: WasteKind;
  readonly path: AbsolutePath;
  readonly sizeBytes: number;
  /** Where the bytes lie, 0 lowest. */
  readonly layer: number;
  /** The layer that made them waste: the one on top, or of a duplicate the one that holds it. */
  readonly cause: number;
  /** Of a duplicate: where the content is first. */
  readonly firstPath?: AbsolutePath;
  /** Of a copy for metadata alone: what it is now, where that changed. */
  readonly mode?: number;
  readonly owner?: string;
}

export interface WasteReport {
  /** Bytes of the files of all layers. */
  readonly totalBytes: number;
  /** Bytes that nobody sees: all kinds but `duplicate`. */
  readonly hiddenBytes: number;
  readonly duplicateBytes: number;
  /** Largest first. */
  readonly files: readonly WastedFile[];
}

/** Smaller files are not compared with each other: what they could save is less than what reading them costs. */
export const DUPLICATE_FROM_BYTES = 4096;

/** Gives equal texts for bodies of equal bytes. */
export type DigestOfBody = (body: Body) => Promise<string>;

/** Finds the waste of a stack. Reads files only where two of them have one size. */
export async function analyseWaste(tree: Tree, digestOf: DigestOfBody): Promise<WasteReport> {
  const census = censusOf(tree);
  const hidden: WastedFile[] = [];
  for (const each of census.hidden) {
    if (each.file.entry.sizeBytes > 0) hidden.push(await hiddenWaste(each, tree, digestOf));
  }
  const duplicates = await findDuplicates(census.seen, tree, digestOf);
  const files = [...hidden, ...duplicates].sort((a, b) => b.sizeBytes - a.sizeBytes || (a.path < b.path ? -1 : 1));
  return {
    totalBytes: census.totalBytes,
    hiddenBytes: bytesOf(hidden),
    duplicateBytes: bytesOf(duplicates),
    files,
  };
}

const bytesOf = (files: readonly WastedFile[]): number => files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

async function hiddenWaste(
  { file, by, replacement }: HiddenFile,
  tree: Tree,
  digestOf: DigestOfBody,
): Promise<WastedFile> {
  const { path, layer, entry } = file;
  const facts = { path, sizeBytes: entry.sizeBytes, layer, cause: by };
  if (replacement === undefined) return { kind: 'deleted', ...facts };
  const same =
    replacement.entry.sizeBytes === entry.sizeBytes &&
    (await digestOf(bodyOfFile(file, tree))) === (await digestOf(bodyOfFile(replacement, tree)));
  return same
    ? { kind: 'metadata', ...facts, ...changedMetadata(file, replacement) }
    : { kind: 'overwritten', ...facts };
}

function changedMetadata({ entry: old }: StoredFile, { entry: now }: StoredFile): Pick<WastedFile, 'mode' | 'owner'> {
  const sameOwner = old.uid === now.uid && old.gid === now.gid;
  return {
    ...(old.mode === now.mode ? {} : { mode: now.mode }),
    ...(sameOwner ? {} : { owner: `${now.uid}:${now.gid}` }),
  };
}

async function findDuplicates(
  seen: readonly StoredFile[],
  tree: Tree,
  digestOf: DigestOfBody,
): Promise<readonly WastedFile[]> {
  const found: WastedFile[] = [];
  for (const [sizeBytes, files] of bySize(seen)) {
    if (files.length < 2) continue;
    const first = new Map<string, StoredFile>();
    for (const file of files) {
      const body = bodyOfFile(file, tree);
      // what a replica leaves out says nothing of what would be there
      if (isSparse(body)) continue;
      const digest = await digestOf(body);
      const known = first.get(digest);
      if (known === undefined) first.set(digest, file);
      else if (sameXattrs(known.entry.xattrs, file.entry.xattrs)) {
        const { path, layer } = file;
        found.push({ kind: 'duplicate', path, sizeBytes, layer, cause: layer, firstPath: known.path });
      }
    }
  }
  return found;
}

function bySize(files: readonly StoredFile[]): ReadonlyMap<number, readonly StoredFile[]> {
  const sizes = new Map<number, StoredFile[]>();
  for (const file of files) {
    const { sizeBytes } = file.entry;
    if (sizeBytes < DUPLICATE_FROM_BYTES) continue;
    const same = sizes.get(sizeBytes);
    if (same === undefined) sizes.set(sizeBytes, [file]);
    else same.push(file);
  }
  return sizes;
}

/** One body for an entry, so that what is remembered of its bytes is found again. */
const bodies = new WeakMap<LayerEntry, Body>();

function bodyOfFile({ layer, entry }: StoredFile, tree: Tree): Body {
  const known = bodies.get(entry);
  if (known !== undefined) return known;
  const stack = tree.layers[layer];
  const inode = stack === undefined ? undefined : inodeOf(entry, stack.tar);
  if (inode?.kind !== 'file') throw new TypeError(`${entry.path} is no file of the stack`);
  bodies.set(entry, inode.body);
  return inode.body;
}
