/**
 * Path walk: from a path to a node, following links as a process does whose root this tree is (path_resolution(7)):
 * `..` at the root stays there, absolute link targets start at the root, the fortieth link is the last.
 */
import { ROOT, segmentsOf, type AbsolutePath } from '../base/path.ts';
import type { Errno } from './errno.ts';
import type { TreeNode } from './tree.ts';

const MAX_LINKS = 40;

/** Where a path leads. `node` is undefined when its last segment does not exist. */
export interface Place {
  /** The path without links. */
  readonly path: AbsolutePath;
  readonly node: TreeNode | undefined;
}

export interface ResolveOptions {
  /** Follow a link in the last segment. */
  readonly follow: boolean;
  /** Take missing directories as if they were there (and empty), in place of failing with ENOENT. */
  readonly allowMissing?: boolean;
}

/** Walks a path. Returns the errno where the walk fails: ENOENT or ENOTDIR for a parent, ELOOP. */
export function resolveInTree(root: TreeNode, path: AbsolutePath, options: ResolveOptions): Place | Errno {
  return walkPlain(root, path, options) ?? walkLinks(root, path, options);
}

/** The walk while there are no links and all parents exist, which is nearly always; undefined where there is more to it. */
function walkPlain(root: TreeNode, path: AbsolutePath, options: ResolveOptions): Place | undefined {
  if (path === ROOT) return { path, node: root };
  let node = root;
  let start = 1;
  for (;;) {
    const slash = path.indexOf('/', start);
    const last = slash < 0;
    if (node.children === undefined) return undefined;
    const next = node.children.get(last ? path.slice(start) : path.slice(start, slash));
    if (last && (next?.inode.kind !== 'symlink' || !options.follow)) return { path, node: next };
    if (next === undefined || next.inode.kind === 'symlink') return undefined;
    node = next;
    start = slash + 1;
  }
}

function walkLinks(root: TreeNode, path: AbsolutePath, options: ResolveOptions): Place | Errno {
  const names: string[] = [];
  /** The root, and the node of each name; undefined where there is none. */
  const nodes: (TreeNode | undefined)[] = [root];
  /** What is still to walk, the next segment last. */
  const pending = segmentsOf(path).reverse();
  let links = 0;
  for (;;) {
    const segment = pending.pop();
    if (segment === undefined) break;
    const directory = nodes.at(-1);
    if (directory === undefined) {
      if (options.allowMissing !== true) return 'ENOENT';
    } else if (directory.children === undefined) return 'ENOTDIR';
    // an empty segment is a slash too many, or one at the end of a link's target: what is before it must be a directory
    if (segment === '' || segment === '.') continue;
    if (segment === '..') {
      if (names.length > 0) {
        names.pop();
        nodes.pop();
      }
      continue;
    }
    const next = directory?.children?.get(segment);
    if (next?.inode.kind === 'symlink' && (options.follow || pending.length > 0)) {
      if (++links > MAX_LINKS) return 'ELOOP';
      const { target } = next.inode;
      if (target === '') return 'ENOENT';
      if (target.startsWith('/')) {
        names.length = 0;
        nodes.length = 1;
      }
      pending.push(...target.split('/').reverse());
      continue;
    }
    names.push(segment);
    nodes.push(next);
  }
  return { path: ('/' + names.join('/')) as AbsolutePath, node: nodes.at(-1) };
}
