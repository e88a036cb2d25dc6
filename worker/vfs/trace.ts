/** What each layer of a stack says of one path: the answer to "why do I see this, and what is under it". */
import { childPath, isWithin, parentPath, ROOT, segmentsOf, type AbsolutePath } from '../base/path.ts';
import type { Inode } from './inode.ts';
import type { LayerEntry, LayerIndex } from './layer-entry.ts';
import { IMPLIED_DIRECTORY, inodeOf } from './merge.ts';
import { nodeAt } from './tree-editor.ts';
import type { StackLayer, Tree, TreeNode } from './tree.ts';
import type { LayerHit } from './view.ts';

/** Entries of a layer by path. */
interface PathTable {
  readonly entries: ReadonlyMap<AbsolutePath, LayerEntry>;
  readonly whiteouts: ReadonlySet<AbsolutePath>;
  readonly opaque: ReadonlySet<AbsolutePath>;
  /** Directories that have entries below them, described by an entry of their own or not. */
  readonly parents: ReadonlySet<AbsolutePath>;
}

const tables = new WeakMap<LayerIndex, PathTable>();

function tableOf(index: LayerIndex): PathTable {
  const known = tables.get(index);
  if (known !== undefined) return known;
  const entries = new Map<AbsolutePath, LayerEntry>();
  const whiteouts = new Set<AbsolutePath>();
  const opaque = new Set<AbsolutePath>();
  const parents = new Set<AbsolutePath>();
  for (const entry of index.entries) {
    if (entry.kind === 'whiteout') whiteouts.add(entry.path);
    else if (entry.kind === 'opaque') opaque.add(entry.path);
    else {
      if (entry.kind !== 'directory' && parents.has(entry.path)) {
        // a later entry of the layer takes the place of a directory it brought itself
        for (const path of [...entries.keys()]) if (isWithin(path, entry.path)) entries.delete(path);
        for (const path of [...parents]) if (isWithin(path, entry.path)) parents.delete(path);
      }
      const before = entries.get(entry.path);
      if (entry.kind === 'directory' && before !== undefined && before.kind !== 'directory') whiteouts.add(entry.path);
      entries.set(entry.path, entry);
      for (let path = parentPath(entry.path); !parents.has(path); path = parentPath(path)) parents.add(path);
    }
  }
  const table = { entries, whiteouts, opaque, parents };
  tables.set(index, table);
  return table;
}

/** What the layers of `base`, top first, say of a path, after an upper whose tree is `upper` and whose number is `depth`. */
export function tracePath(base: Tree, upper: TreeNode, depth: number, path: AbsolutePath): LayerHit[] {
  const hits: LayerHit[] = [];
  const below = { exists: false, existed: false };
  for (const [layer, member] of base.layers.entries()) {
    const hit = layerHit(base, member, layer, path, below);
    if (hit.says !== 'absent') below.exists = hit.says === 'found';
    below.existed ||= below.exists;
    hits.push(hit);
  }
  hits.push(upperHit(base.root, upper, depth, path));
  hits.reverse();
  const seen = hits.findIndex((hit) => hit.says !== 'absent');
  return hits.map((hit, i) => (hit.says === 'found' ? { ...hit, visible: i === seen } : hit));
}

function upperHit(base: TreeNode, upper: TreeNode, depth: number, path: AbsolutePath): LayerHit {
  const node = nodeAt(upper, path);
  if (node !== undefined) {
    return node.layer === depth
      ? { layer: depth, says: 'found', inode: node.inode, visible: false }
      : { layer: depth, says: 'absent' };
  }
  if (nodeAt(base, path) === undefined) return { layer: depth, says: 'absent' };
  const directory = opaqueAncestor(upper, depth, path);
  return directory === undefined ? { layer: depth, says: 'whiteout' } : { layer: depth, says: 'opaque', directory };
}

/** The lowest directory above a path that the upper made anew. */
function opaqueAncestor(upper: TreeNode, depth: number, path: AbsolutePath): AbsolutePath | undefined {
  let node: TreeNode | undefined = upper;
  let at = ROOT;
  let found: AbsolutePath | undefined;
  for (const name of segmentsOf(path)) {
    if (node?.opaque === true && node.layer === depth) found = at;
    node = node?.children?.get(name);
    at = childPath(at, name);
  }
  return found;
}

/** What the layers below have of the path. */
interface Below {
  /** It is seen there. */
  readonly exists: boolean;
  /** One of them has it, seen or not. */
  readonly existed: boolean;
}

/** A layer that only holds things below a directory has made it where the layers below had none. */
function layerHit(base: Tree, member: StackLayer, layer: number, path: AbsolutePath, below: Below): LayerHit {
  const table = tableOf(member.index);
  const entry = table.entries.get(path);
  const implied = nodeAt(base.root, path)?.inode ?? IMPLIED_DIRECTORY;
  if (entry !== undefined) {
    return { layer, says: 'found', inode: entryInode(base, layer, entry) ?? implied, visible: false };
  }
  const hidden = hidingHit(table, layer, path, below);
  const made = table.parents.has(path) && (hidden !== undefined || !below.exists);
  if (made) return { layer, says: 'found', inode: implied, visible: false };
  return hidden ?? { layer, says: 'absent' };
}

/** How a layer hides what is below it at a path, if it does. A file in the place of a directory hides what there was in that. */
function hidingHit(table: PathTable, layer: number, path: AbsolutePath, below: Below): LayerHit | undefined {
  if (table.whiteouts.has(path)) return { layer, says: 'whiteout' };
  for (let at = path; at !== ROOT;) {
    at = parentPath(at);
    if (table.opaque.has(at)) return { layer, says: 'opaque', directory: at };
    const replaced = table.entries.get(at);
    if (table.whiteouts.has(at) || (below.existed && replaced !== undefined && replaced.kind !== 'directory')) {
      return { layer, says: 'whiteout' };
    }
  }
  return undefined;
}

/** Hard links that are followed from one to the next before a layer is taken for broken. */
const MAX_LINKS = 40;

/** The inode a layer's entry stands for; of a hard link that of the file it names, in this layer or the next below. */
function entryInode(base: Tree, layer: number, entry: LayerEntry): Inode | undefined {
  let named = entry;
  let at = layer;
  for (let links = 0; named.kind === 'hardlink'; links++) {
    const target = named.target as AbsolutePath | undefined;
    if (target === undefined || links === MAX_LINKS) return undefined;
    let found: LayerEntry | undefined;
    while (at >= 0 && found === undefined) {
      const member: StackLayer | undefined = base.layers[at];
      found = member && tableOf(member.index).entries.get(target);
      if (found === undefined) at--;
    }
    if (found === undefined) return undefined;
    named = found;
  }
  const member = base.layers[at];
  return member && inodeOf(named, member.tar);
}
