/** What a person wants to know of a stack of layers: what each did, and every path with its past. */
import type { AbsolutePath } from '../base/path.ts';
import { compareBytes, sortNames } from '../vfs/byte-order.ts';
import type { FileKind } from '../vfs/inode.ts';
import type { LayerEntry } from '../vfs/layer-entry.ts';
import { nodeAt } from '../vfs/tree-editor.ts';
import type { Tree } from '../vfs/tree.ts';
import type { Change, UnionView } from '../vfs/view.ts';
import { PathHistory, type LayerCounts, type PathMark, type PathRecord } from './path-history.ts';

/** What one layer did. */
export interface LayerSummary extends Readonly<LayerCounts> {
  /** Logical bytes of its files. */
  readonly sizeBytes: number;
}

/** One path of a union tree. */
export interface UnionRow {
  readonly path: AbsolutePath;
  /** Number of its segments: 1 for `/etc`. */
  readonly depth: number;
  readonly kind: FileKind;
  /** As in `ls -l`: a file's bytes, a link text's length. */
  readonly sizeBytes: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtimeMs: number;
  readonly target?: string;
  /** The layer that owns what is seen; for a deleted path the layer that deleted it. */
  readonly layer: number;
  /** Some lower layer has it, and it is not seen. */
  readonly deleted: boolean;
  /** What each layer did, in layer order; layers that say nothing are left out. */
  readonly marks: readonly PathMark[];
}

/** What each layer of a tree did, bottom up. */
export function layerSummaries(tree: Tree): readonly LayerSummary[] {
  const { counts } = historyOf(tree);
  return tree.layers.map(({ index }, layer) => ({
    sizeBytes: index.sizeBytes,
    ...(counts[layer] ?? { added: 0, changed: 0, deleted: 0 }),
  }));
}

/** All paths of a tree, or of a view with its upper as the top layer, deleted ones among them: in walk order, without the root. */
export function treeRows(source: Tree | UnionView): UnionRow[] {
  const [tree, upper] = 'base' in source ? [source.base, upperEntries(source)] : [source, []];
  const history = upper.length === 0 ? historyOf(tree) : replay(tree);
  if (upper.length > 0) history.add(upper);
  const rows: UnionRow[] = [];
  addRows(history.root, 1, rows);
  return rows;
}

/** Of the stack that was asked for last: what its layers did is mostly asked first, and its paths then. */
let latest: { readonly tree: Tree; readonly history: PathHistory } | undefined;

/** Nothing may be added to it. */
function historyOf(tree: Tree): PathHistory {
  if (latest?.tree !== tree) latest = { tree, history: replay(tree) };
  return latest.history;
}

function replay(tree: Tree): PathHistory {
  const history = new PathHistory();
  for (const { index } of tree.layers) history.add(index.entries);
  return history;
}

/** Names mostly come in order: then there is nothing to sort, and no list of them to make. */
function addRows({ children }: PathRecord, depth: number, rows: UnionRow[]): void {
  if (children === undefined) return;
  if (!isInOrder(children)) {
    for (const name of sortNames([...children.keys()])) addRow(children.get(name), depth, rows);
    return;
  }
  for (const record of children.values()) addRow(record, depth, rows);
}

function addRow(record: PathRecord | undefined, depth: number, rows: UnionRow[]): void {
  if (record === undefined) return;
  rows.push(rowOf(depth, record));
  if (record.children !== undefined) addRows(record, depth + 1, rows);
}

function isInOrder(children: ReadonlyMap<string, PathRecord>): boolean {
  let before = '';
  for (const name of children.keys()) {
    if (compareBytes(before, name) > 0) return false;
    before = name;
  }
  return true;
}

function rowOf(depth: number, { entry, layer, present, marks }: PathRecord): UnionRow {
  const { path, mode, uid, gid, mtimeMs, target } = entry;
  const kind = entry.kind as FileKind;
  const sizeBytes = kind === 'symlink' ? new TextEncoder().encode(target).byteLength : entry.sizeBytes;
  const row = { path, depth, kind, sizeBytes, mode, uid, gid, mtimeMs, layer, deleted: !present, marks };
  return target === undefined ? row : { ...row, target };
}

/** The upper of a view as the entries of a layer. */
function upperEntries(view: UnionView): LayerEntry[] {
  const { root } = view.freeze();
  return view.changes().flatMap((change) => {
    const entry = entryOf(change);
    const anew = change.inode?.kind === 'directory' && nodeAt(root, change.path)?.opaque === true;
    return anew ? [{ ...entry, kind: 'opaque' as const }, entry] : [entry];
  });
}

function entryOf({ path, inode }: Change): LayerEntry {
  if (inode === undefined) return { path, kind: 'whiteout', mode: 0, uid: 0, gid: 0, mtimeMs: 0, sizeBytes: 0 };
  const { kind, mode, uid, gid, mtimeMs } = inode;
  const sizeBytes = kind === 'file' ? inode.body.sizeBytes : 0;
  return { path, kind, mode, uid, gid, mtimeMs, sizeBytes, ...(kind === 'symlink' ? { target: inode.target } : {}) };
}
