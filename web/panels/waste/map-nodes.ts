/** The bytes of an image as a tree of areas: by path, or by layer first. */
import type { TreeRows, WasteReport } from '../../../worker/api/types.ts';

export interface MapNode {
  /** The last segment of the path; the path itself at the top. */
  readonly name: string;
  /** Key in the whole tree: `/usr/lib`, or `2:/usr/lib` by layer. */
  readonly id: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly hiddenBytes: number;
  /** The layer most of its bytes lie in. */
  readonly layer: number;
  /** The largest first. Found when they are first asked for: of tens of thousands of files a map shows a few levels. */
  readonly children: readonly MapNode[];
}

/** As the map writes it: a directory with a slash; a layer, which holds the whole tree, by its title. */
export function writtenName({ name, path, children }: MapNode): string {
  return children.length > 0 && path !== '/' ? `${name}/` : name;
}

interface StoredBytes {
  readonly path: string;
  readonly layer: number;
  readonly sizeBytes: number;
  readonly hidden: boolean;
}

/** The whole image: what is seen, and what the layers keep though nobody sees it. */
export function mapOf(tree: TreeRows, report: WasteReport, by: 'path' | 'layer', titles: readonly string[]): MapNode {
  const root = new StoredNode(by === 'path' ? '/' : 'all', '/', by === 'layer' ? titles : undefined);
  for (let place = 0; place < tree.length; place += 1) {
    const sizeBytes = tree.sizesBytes[place]!;
    const layer = tree.layers[place]!;
    if (sizeBytes === 0 || tree.deleted[place] === 1 || !tree.isFile(place) || layer >= titles.length) continue;
    root.add({ path: tree.pathAt(place), layer, sizeBytes, hidden: false });
  }
  for (const { path, layer, sizeBytes, kind } of report.files) {
    if (kind !== 'duplicate' && sizeBytes > 0) root.add({ path, layer, sizeBytes, hidden: true });
  }
  return root;
}

class StoredNode implements MapNode {
  readonly name: string;
  readonly id: string;
  readonly path: string;
  sizeBytes = 0;
  hiddenBytes = 0;
  /** Where its children are the layers: their titles. */
  readonly #titles: readonly string[] | undefined;
  readonly #stored: StoredBytes[] = [];
  readonly #bytesOfLayer: number[] = [];
  #children: readonly MapNode[] | undefined;

  constructor(id: string, path: string, titles?: readonly string[], name = path.slice(path.lastIndexOf('/') + 1)) {
    this.id = id;
    this.path = path;
    this.name = name === '' ? path : name;
    this.#titles = titles;
  }

  add(each: StoredBytes): void {
    this.#stored.push(each);
    this.sizeBytes += each.sizeBytes;
    if (each.hidden) this.hiddenBytes += each.sizeBytes;
    this.#bytesOfLayer[each.layer] = (this.#bytesOfLayer[each.layer] ?? 0) + each.sizeBytes;
  }

  get layer(): number {
    return this.#bytesOfLayer.reduce((best, bytes, layer, all) => (bytes > (all[best] ?? 0) ? layer : best), 0);
  }

  get children(): readonly MapNode[] {
    if (this.#children === undefined) {
      const nodes = this.#titles === undefined ? this.#entries() : this.#layers(this.#titles);
      this.#children = nodes.sort((a, b) => b.sizeBytes - a.sizeBytes);
    }
    return this.#children;
  }

  #layers(titles: readonly string[]): StoredNode[] {
    const nodes = new Map<number, StoredNode>();
    for (const each of this.#stored) {
      const node = nodes.get(each.layer) ?? new StoredNode(`${each.layer}:/`, '/', undefined, titles[each.layer]);
      nodes.set(each.layer, node);
      node.add(each);
    }
    return [...nodes.values()];
  }

  /** What lies directly in it. */
  #entries(): StoredNode[] {
    const below = this.path === '/' ? '/' : `${this.path}/`;
    const prefix = this.id.slice(0, this.id.indexOf('/'));
    const nodes = new Map<string, StoredNode>();
    let last: StoredNode | undefined;
    for (const each of this.#stored) {
      // a file where later a directory is lies in neither
      if (each.path.length <= below.length) continue;
      // neighbours mostly lie in the same
      if (last === undefined || !isAtOrBelow(each.path, last.path)) {
        const end = each.path.indexOf('/', below.length);
        const path = end < 0 ? each.path : each.path.slice(0, end);
        last = nodes.get(path) ?? new StoredNode(prefix + path, path);
        nodes.set(path, last);
      }
      last.add(each);
    }
    return [...nodes.values()];
  }
}

const isAtOrBelow = (path: string, directory: string): boolean =>
  path.startsWith(directory) && (path.length === directory.length || path[directory.length] === '/');

/** The node of an id; the root where there is none (any more). */
export function nodeAt(root: MapNode, id: string): MapNode {
  return pathTo(root, id).at(-1) ?? root;
}

/** From the root to the node of an id. */
export function pathTo(root: MapNode, id: string): readonly MapNode[] {
  const trail = [root];
  let node: MapNode | undefined = root;
  while (node !== undefined && node.id !== id) {
    node = node.children.find(
      (child) => child.id === id || id.startsWith(child.id.endsWith('/') ? child.id : `${child.id}/`),
    );
    if (node !== undefined) trail.push(node);
  }
  return node === undefined ? [root] : trail;
}
