/**
 * What each layer of a stack did to each path: the layers replayed from the bottom, with what they hid kept, so that a page
 * can show what lies under what. Paths that are gone stay in the history, marked deleted.
 */
import { baseName, parentPath, ROOT, segmentsOf, type AbsolutePath } from '../base/path.ts';
import { sameXattrs } from '../vfs/diff-trees.ts';
import { createParentPaths } from '../vfs/parent-paths.ts';
import type { LayerEntry } from '../vfs/layer-entry.ts';

/** What one layer did to a path. `opaque`: the directory was made anew, nothing of the layers below shows in it. */
export type LayerMark = 'added' | 'modified' | 'deleted' | 'opaque';

export interface PathMark {
  readonly layer: number;
  readonly mark: LayerMark;
}

/** How many paths a layer added, changed and deleted, counted as `docker diff` lists them: a directory that is gone is one. */
export interface LayerCounts {
  added: number;
  changed: number;
  deleted: number;
}

/** A path with its past. */
export interface PathRecord {
  /** What is there, or was there last. Of a hard link, the file it names. */
  readonly entry: LayerEntry;
  readonly present: boolean;
  /** The layer that said something of it last; of a path that is gone the one that took it away. */
  readonly layer: number;
  /** In layer order; a directory that a layer merely repeats has no mark of it. */
  readonly marks: readonly PathMark[];
  readonly children: ReadonlyMap<string, PathRecord> | undefined;
}

class HistoryNode implements PathRecord {
  entry: LayerEntry;
  layer: number;
  present = true;
  marks: readonly PathMark[];
  children: Map<string, HistoryNode> | undefined;

  constructor(entry: LayerEntry, layer: number, marks: readonly PathMark[]) {
    this.entry = entry;
    this.layer = layer;
    this.marks = marks;
  }
}

const NO_MARKS: readonly PathMark[] = [];

/** A directory that no entry describes. */
const impliedEntry = (path: AbsolutePath): LayerEntry => ({
  path,
  kind: 'directory',
  mode: 0o755,
  uid: 0,
  gid: 0,
  mtimeMs: 0,
  sizeBytes: 0,
});

/** The history of a stack, layers added from the bottom up. Entries must be under real paths, as in a {@link Tree}. */
export class PathHistory {
  readonly #root = new HistoryNode(impliedEntry(ROOT), 0, NO_MARKS);
  readonly #counts: LayerCounts[] = [];
  readonly #directories = new Map<AbsolutePath, HistoryNode>([[ROOT, this.#root]]);
  readonly #parentOf = createParentPaths();
  /** Single marks of the layer that is being added: most paths have one mark, and share it. */
  readonly #single = new Map<LayerMark, readonly PathMark[]>();

  constructor() {
    this.#root.children = new Map();
  }

  get root(): PathRecord {
    return this.#root;
  }

  /** Of each layer. */
  get counts(): readonly Readonly<LayerCounts>[] {
    return this.#counts;
  }

  /** Adds a layer: first what it hides, then what it brings. */
  add(entries: readonly LayerEntry[]): void {
    const layer = this.#counts.length;
    const counts: LayerCounts = { added: 0, changed: 0, deleted: 0 };
    this.#counts.push(counts);
    this.#single.clear();
    for (const entry of entries) {
      if (entry.kind === 'whiteout') this.#hideWhole(this.#node(entry.path), layer, counts);
      else if (entry.kind === 'opaque') this.#hideBelow(this.#node(entry.path), layer, counts);
    }
    for (const entry of entries)
      if (entry.kind !== 'whiteout' && entry.kind !== 'opaque') this.#put(entry, layer, counts);
  }

  #hideWhole(node: HistoryNode | undefined, layer: number, counts: LayerCounts): void {
    if (node?.present !== true) return;
    counts.deleted++;
    this.#hide(node, layer);
  }

  #hideBelow(node: HistoryNode | undefined, layer: number, counts: LayerCounts): void {
    if (node?.present !== true) return;
    for (const child of node.children?.values() ?? []) this.#hideWhole(child, layer, counts);
    this.#mark(node, layer, 'opaque');
  }

  #hide(node: HistoryNode, layer: number): void {
    if (!node.present) return;
    node.present = false;
    node.layer = layer;
    this.#mark(node, layer, 'deleted');
    for (const child of node.children?.values() ?? []) this.#hide(child, layer);
  }

  #put(stated: LayerEntry, layer: number, counts: LayerCounts): void {
    const entry = stated.kind === 'hardlink' ? this.#linked(stated) : stated;
    const parent = stated.path === ROOT ? undefined : this.#directory(this.#parentOf(stated.path), layer);
    const name = baseName(stated.path);
    const node = parent === undefined ? this.#root : parent.children?.get(name);
    if (node === undefined) {
      counts.added++;
      parent?.children?.set(name, new HistoryNode(entry, layer, this.#singleMark(layer, 'added')));
      return;
    }
    const before = node.entry;
    const hiddenHere = node.marks.at(-1)?.layer === layer && node.marks.at(-1)?.mark === 'deleted';
    if (node.present) {
      if (before.kind === 'directory' && entry.kind !== 'directory') {
        for (const child of node.children?.values() ?? []) this.#hide(child, layer);
      }
      if (before.kind !== 'directory' || !isSameDirectory(before, entry)) {
        counts.changed++;
        this.#mark(node, layer, 'modified');
      }
    } else if (hiddenHere) {
      // the layer replaced what it took away: told as one change
      counts.deleted--;
      counts.changed++;
      this.#mark(node, layer, before.kind === 'directory' && entry.kind === 'directory' ? 'opaque' : 'modified');
    } else {
      counts.added++;
      this.#mark(node, layer, 'added');
    }
    node.entry = entry;
    node.present = true;
    node.layer = layer;
  }

  /** The entry of the file that a hard link names, under the link's path. */
  #linked(link: LayerEntry): LayerEntry {
    const file = link.target === undefined ? undefined : this.#node(link.target as AbsolutePath)?.entry;
    return { ...(file ?? { ...link, kind: 'file' as const }), path: link.path };
  }

  /** The directory entries are put in, made and shown where it is not. */
  #directory(path: AbsolutePath, layer: number): HistoryNode {
    const known = this.#directories.get(path);
    if (known?.present === true) return known;
    const parent = this.#directory(parentPath(path), layer);
    const name = baseName(path);
    let node = parent.children?.get(name);
    if (node === undefined) {
      node = new HistoryNode(impliedEntry(path), layer, this.#singleMark(layer, 'added'));
      parent.children?.set(name, node);
    } else if (!node.present) {
      node.entry = impliedEntry(path);
      node.present = true;
      node.layer = layer;
      this.#mark(node, layer, 'added');
    }
    node.children ??= new Map();
    this.#directories.set(path, node);
    return node;
  }

  #node(path: AbsolutePath): HistoryNode | undefined {
    const directory = this.#directories.get(parentPath(path));
    if (path === ROOT) return this.#root;
    if (directory !== undefined) return directory.children?.get(baseName(path));
    let node: HistoryNode | undefined = this.#root;
    for (const name of segmentsOf(path)) node = node?.children?.get(name);
    return node;
  }

  /** A layer has one mark on a path: the last, but an opaque directory stays marked as such. */
  #mark(node: HistoryNode, layer: number, mark: LayerMark): void {
    const last = node.marks.at(-1);
    if (last?.layer === layer && last.mark === 'opaque') return;
    const earlier = last?.layer === layer ? node.marks.slice(0, -1) : node.marks;
    node.marks = earlier.length === 0 ? this.#singleMark(layer, mark) : [...earlier, { layer, mark }];
  }

  #singleMark(layer: number, mark: LayerMark): readonly PathMark[] {
    let marks = this.#single.get(mark);
    if (marks === undefined) {
      marks = [{ layer, mark }];
      this.#single.set(mark, marks);
    }
    return marks;
  }
}

/** True where a directory is named again just because something below it changed. */
function isSameDirectory(before: LayerEntry, entry: LayerEntry): boolean {
  return (
    entry.kind === 'directory' &&
    before.mode === entry.mode &&
    before.uid === entry.uid &&
    before.gid === entry.gid &&
    sameXattrs(before.xattrs, entry.xattrs)
  );
}
