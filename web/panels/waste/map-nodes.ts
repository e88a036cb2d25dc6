/** The bytes of an image as a tree of areas: by path, or by layer first. */
import type { TreeRow, WasteReport } from '../../../worker/api/types.ts';

export interface MapNode {
  /** The last segment of the path; the path itself at the top. */
  readonly name: string;
  /** Key in the whole tree: `/usr/lib`, or `2:/usr/lib` by layer. */
  readonly id: string;
  readonly path: string;
  sizeBytes: number;
  hiddenBytes: number;
  /** The layer most of its bytes lie in. */
  layer: number;
  readonly children: MapNode[];
}

interface StoredBytes {
  readonly path: string;
  readonly layer: number;
  readonly sizeBytes: number;
  readonly hidden: boolean;
}

/** The whole image: what is seen, and what the layers keep though nobody sees it. */
export function mapOf(
  rows: Iterable<TreeRow>,
  report: WasteReport,
  by: 'path' | 'layer',
  titles: readonly string[],
): MapNode {
  const stored: StoredBytes[] = [];
  for (const { path, layer, sizeBytes, deleted, kind } of rows) {
    if (!deleted && kind === 'file' && layer < titles.length) stored.push({ path, layer, sizeBytes, hidden: false });
  }
  for (const { path, layer, sizeBytes, kind } of report.files) {
    if (kind !== 'duplicate') stored.push({ path, layer, sizeBytes, hidden: true });
  }
  const root = newNode('/', by === 'path' ? '/' : 'all', '/', 0);
  const index = new Map<string, MapNode>([[root.id, root]]);
  const byLayer = new Map<MapNode, Map<number, number>>();
  for (const each of stored) {
    if (each.sizeBytes > 0) addTo(root, each, by === 'layer' ? titles : undefined, index, byLayer);
  }
  for (const [node, layers] of byLayer) node.layer = largestKey(layers);
  sortBySize(root);
  return root;
}

const newNode = (name: string, id: string, path: string, layer: number): MapNode => ({
  name,
  id,
  path,
  sizeBytes: 0,
  hiddenBytes: 0,
  layer,
  children: [],
});

function addTo(
  root: MapNode,
  { path, layer, sizeBytes, hidden }: StoredBytes,
  titles: readonly string[] | undefined,
  index: Map<string, MapNode>,
  byLayer: Map<MapNode, Map<number, number>>,
): void {
  let node = root;
  count(node);
  const prefix = titles === undefined ? '' : `${layer}:`;
  if (titles !== undefined) enter(titles[layer] ?? '', `${prefix}/`, '/');
  let below = '';
  for (const name of path.slice(1).split('/')) {
    below += `/${name}`;
    enter(name, prefix + below, below);
  }

  function enter(name: string, id: string, at: string): void {
    let child = index.get(id);
    if (child === undefined) {
      child = newNode(name, id, at, layer);
      index.set(id, child);
      node.children.push(child);
    }
    node = child;
    count(node);
  }

  function count(counted: MapNode): void {
    counted.sizeBytes += sizeBytes;
    if (hidden) counted.hiddenBytes += sizeBytes;
    const layers = byLayer.get(counted) ?? new Map<number, number>();
    layers.set(layer, (layers.get(layer) ?? 0) + sizeBytes);
    byLayer.set(counted, layers);
  }
}

function largestKey(layers: ReadonlyMap<number, number>): number {
  return [...layers].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

function sortBySize(node: MapNode): void {
  node.children.sort((a, b) => b.sizeBytes - a.sizeBytes);
  node.children.forEach(sortBySize);
}

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
