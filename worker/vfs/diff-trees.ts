/**
 * The structural difference of two trees, told as Docker's own engine tells it (`docker diff`, and what a layer holds):
 * subtrees that both share are not looked into, a directory counts as modified when something below it changed, its own
 * modification time does not count, and times are compared in whole seconds, which is what layers keep.
 */
import { equalBytes } from '../base/bytes.ts';
import { childPath, ROOT, type AbsolutePath } from '../base/path.ts';
import type { Body, Segment } from './body.ts';
import { sortNames } from './byte-order.ts';
import type { FileInode, Inode } from './inode.ts';
import type { TreeNode } from './tree.ts';
import type { Change } from './view.ts';

/** Tells whether a path's lower file is the very file it is now, and not another with the same content. */
export type SameFile = (lower: FileInode, current: FileInode) => boolean;

/** What changed from `lower` to `current`, in path order, parents first. The root itself is never told. */
export function diffTrees(lower: TreeNode, current: TreeNode, sameFile: SameFile): Change[] {
  const changes: Change[] = [];
  diffChildren(ROOT, lower, current, sameFile, changes);
  return changes;
}

function diffChildren(path: AbsolutePath, lower: TreeNode, current: TreeNode, sameFile: SameFile, out: Change[]): void {
  if (lower === current || lower.children === current.children) return;
  const names: string[] = [];
  for (const [name, node] of current.children ?? []) if (lower.children?.get(name) !== node) names.push(name);
  for (const name of lower.children?.keys() ?? []) if (current.children?.has(name) !== true) names.push(name);
  for (const name of sortNames(names)) {
    diffNode(childPath(path, name), lower.children?.get(name), current.children?.get(name), sameFile, out);
  }
}

function diffNode(
  path: AbsolutePath,
  lower: TreeNode | undefined,
  current: TreeNode | undefined,
  sameFile: SameFile,
  out: Change[],
): void {
  if (current === undefined) {
    if (lower !== undefined) out.push({ path, kind: 'deleted', lower: lower.inode });
    return;
  }
  if (lower === undefined) {
    out.push({ path, kind: 'added', inode: current.inode });
    addAll(path, current, out);
    return;
  }
  const at = out.length;
  out.push({ path, kind: 'modified', inode: current.inode, lower: lower.inode });
  if (current.children !== undefined) {
    if (lower.children === undefined) addAll(path, current, out);
    else diffChildren(path, lower, current, sameFile, out);
  }
  if (out.length === at + 1 && sameInode(lower.inode, current.inode, sameFile)) out.pop();
}

function addAll(path: AbsolutePath, directory: TreeNode, out: Change[]): void {
  if (directory.children === undefined) return;
  for (const name of sortNames([...directory.children.keys()])) {
    const node = directory.children.get(name);
    if (node === undefined) continue;
    const child = childPath(path, name);
    out.push({ path: child, kind: 'added', inode: node.inode });
    addAll(child, node, out);
  }
}

function sameInode(lower: Inode, current: Inode, sameFile: SameFile): boolean {
  if (lower === current) return true;
  if (!sameAttributes(lower, current)) return false;
  switch (current.kind) {
    case 'file':
      return lower.kind === 'file' && sameFile(lower, current) && sameBody(lower.body, current.body);
    case 'symlink':
      return lower.kind === 'symlink' && lower.target === current.target;
    case 'character':
    case 'block':
      return (
        lower.kind === current.kind &&
        lower.device.major === current.device.major &&
        lower.device.minor === current.device.minor
      );
    case 'directory':
    case 'fifo':
    case 'socket':
      return true;
  }
}

/** True when kind, mode, owner, extended attributes and (but for directories) time in seconds are equal. */
export function sameAttributes(a: Inode, b: Inode): boolean {
  return (
    a.kind === b.kind &&
    a.mode === b.mode &&
    a.uid === b.uid &&
    a.gid === b.gid &&
    (a.kind === 'directory' || Math.floor(a.mtimeMs / 1000) === Math.floor(b.mtimeMs / 1000)) &&
    sameXattrs(a.xattrs, b.xattrs)
  );
}

/** True when both name the same extended attributes with the same values; none and an empty map are the same. */
export function sameXattrs(a: Inode['xattrs'], b: Inode['xattrs']): boolean {
  if (a === b) return true;
  if ((a?.size ?? 0) !== (b?.size ?? 0)) return false;
  for (const [name, value] of a ?? []) {
    const other = b?.get(name);
    if (other === undefined || !equalBytes(value, other)) return false;
  }
  return true;
}

/** True when two bodies are known to hold the same bytes without reading a Blob: same places, or equal bytes in memory. */
function sameBody(a: Body, b: Body): boolean {
  if (a === b) return true;
  if (a.sizeBytes !== b.sizeBytes || a.segments.length !== b.segments.length) return false;
  return a.segments.every((segment, i) => sameSegment(segment, b.segments[i]));
}

function sameSegment(a: Segment, b: Segment | undefined): boolean {
  if (b === undefined || a.kind !== b.kind) return false;
  if (a.kind === 'hole' || b.kind === 'hole') return a.kind === 'hole' && b.kind === 'hole' && a.length === b.length;
  if (a.source === b.source) return a.start === b.start && a.end === b.end;
  if (!(a.source instanceof Uint8Array && b.source instanceof Uint8Array)) return false;
  return equalBytes(a.source.subarray(a.start, a.end), b.source.subarray(b.start, b.end));
}
