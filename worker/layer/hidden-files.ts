/**
 * Which files of a stack can no longer be seen, and what hid them: the layers replayed from the bottom. Bytes count once, where
 * they lie; a file with several names is hidden when its last name is.
 */
import { baseName, parentPath, ROOT, type AbsolutePath } from '../base/path.ts';
import type { LayerEntry } from '../vfs/layer-entry.ts';
import { createParentPaths } from '../vfs/parent-paths.ts';
import type { Tree } from '../vfs/tree.ts';

/** A file as one layer holds it. */
export interface StoredFile {
  /** The first of its names. */
  readonly path: AbsolutePath;
  /** Where its bytes lie. */
  readonly layer: number;
  readonly entry: LayerEntry;
}

/** A file that nobody sees any more. */
export interface HiddenFile {
  readonly file: StoredFile;
  /** The layer that hid its last name. */
  readonly by: number;
  /** What stands in its place; undefined where it was deleted. */
  readonly replacement: StoredFile | undefined;
}

export interface FileCensus {
  /** Bytes of the files of all layers. */
  readonly totalBytes: number;
  readonly hidden: readonly HiddenFile[];
  /** Files that are seen, each once, lower layers first. */
  readonly seen: readonly StoredFile[];
}

interface CountedFile extends StoredFile {
  names: number;
}

interface Node {
  /** Undefined for what is no file. */
  file: CountedFile | undefined;
  readonly children: Map<string, Node>;
}

/** Takes stock of all files of a tree's layers. */
export function censusOf(tree: Tree): FileCensus {
  const census = new Census();
  for (const { index } of tree.layers) census.add(index.entries);
  return census.result();
}

class Census {
  readonly #root: Node = { file: undefined, children: new Map() };
  readonly #files: CountedFile[] = [];
  readonly #hidden = new Map<CountedFile, { by: number; replacement: StoredFile | undefined }>();
  readonly #parentOf = createParentPaths();
  #layers = 0;

  add(entries: readonly LayerEntry[]): void {
    const layer = this.#layers++;
    /** What the layer's own whiteouts took away, by path: it may put something else in its place. */
    const gone = new Map<AbsolutePath, CountedFile>();
    for (const { kind, path } of entries) {
      if (kind === 'whiteout') this.#removeName(path, layer, gone);
      else if (kind === 'opaque') this.#hideBelow(this.#find(path), layer, gone);
    }
    for (const entry of entries) {
      if (entry.kind !== 'whiteout' && entry.kind !== 'opaque') this.#put(entry, layer, gone);
    }
  }

  result(): FileCensus {
    return {
      totalBytes: this.#files.reduce((sum, { entry }) => sum + entry.sizeBytes, 0),
      hidden: [...this.#hidden].map(([file, how]) => ({ file, ...how })),
      seen: this.#files.filter((file) => !this.#hidden.has(file)),
    };
  }

  #put(entry: LayerEntry, layer: number, gone: ReadonlyMap<AbsolutePath, CountedFile>): void {
    if (entry.path === ROOT) return;
    const parent = this.#directory(this.#parentOf(entry.path));
    const name = baseName(entry.path);
    const before = parent.children.get(name);
    const file = this.#fileOf(entry, layer);
    if (before === undefined) {
      parent.children.set(name, { file, children: new Map() });
    } else {
      if (entry.kind !== 'directory') this.#hideBelow(before, layer, undefined);
      const old = before.file;
      before.file = file;
      if (old !== undefined && old !== file) this.#dropName(old, layer, file);
    }
    const replaced = gone.get(entry.path);
    const hiding = replaced === undefined ? undefined : this.#hidden.get(replaced);
    if (replaced !== undefined && hiding?.by === layer) this.#hidden.set(replaced, { by: layer, replacement: file });
  }

  #fileOf(entry: LayerEntry, layer: number): CountedFile | undefined {
    if (entry.kind === 'hardlink') {
      const linked = entry.target === undefined ? undefined : this.#find(entry.target as AbsolutePath)?.file;
      if (linked !== undefined) linked.names++;
      return linked;
    }
    if (entry.kind !== 'file') return undefined;
    const file: CountedFile = { path: entry.path, layer, entry, names: 1 };
    this.#files.push(file);
    return file;
  }

  #removeName(path: AbsolutePath, layer: number, gone: Map<AbsolutePath, CountedFile>): void {
    const parent = this.#find(parentPath(path));
    const node = parent?.children.get(baseName(path));
    if (parent === undefined || node === undefined) return;
    parent.children.delete(baseName(path));
    this.#hideWhole(node, layer, gone);
  }

  #hideWhole(node: Node, layer: number, gone: Map<AbsolutePath, CountedFile> | undefined): void {
    if (node.file !== undefined) {
      gone?.set(node.file.path, node.file);
      this.#dropName(node.file, layer, undefined);
    }
    this.#hideBelow(node, layer, gone);
  }

  #hideBelow(node: Node | undefined, layer: number, gone: Map<AbsolutePath, CountedFile> | undefined): void {
    for (const child of node?.children.values() ?? []) this.#hideWhole(child, layer, gone);
    node?.children.clear();
  }

  #dropName(file: CountedFile, by: number, replacement: StoredFile | undefined): void {
    file.names--;
    if (file.names === 0) this.#hidden.set(file, { by, replacement });
  }

  #directory(path: AbsolutePath): Node {
    const known = this.#find(path);
    if (known !== undefined) return known;
    const made: Node = { file: undefined, children: new Map() };
    this.#directory(parentPath(path)).children.set(baseName(path), made);
    return made;
  }

  #find(path: AbsolutePath): Node | undefined {
    if (path === ROOT) return this.#root;
    let node: Node | undefined = this.#root;
    for (const name of path.slice(1).split('/')) node = node?.children.get(name);
    return node;
  }
}
