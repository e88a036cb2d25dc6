/** Areas of a treemap: two or three levels of the tree at once, small things put together. */
import { hierarchy, treemap, treemapSquarify, type HierarchyRectangularNode } from 'd3-hierarchy';
import type { MapNode } from './map-nodes.ts';

export interface Tile {
  readonly node: MapNode;
  /** Of all it stands for. */
  readonly sizeBytes: number;
  /** In pixels, within the whole map. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** A tile around others, with room for its own name. */
  readonly group: boolean;
  /** How many entries it stands for, where they are too small to be shown each. */
  readonly together?: number;
}

/** Height of a group's name. */
const NAME_PX = 18;
/** Smaller tiles are left out. */
const LEAST_PX = 3;
/** From this many square pixels on a third level can be read. */
const WIDE_PX2 = 240_000;
/** Entries of one group; the rest is put together. */
const MOST = 40;

interface Drawn {
  readonly node: MapNode;
  readonly together?: number;
  readonly sizeBytes: number;
  readonly children?: readonly Drawn[];
}

/** The tiles of what is in a node, groups before what is in them. */
export function tilesOf(node: MapNode, width: number, height: number): readonly Tile[] {
  if (width < 40 || height < 40 || node.sizeBytes === 0) return [];
  const root = hierarchy<Drawn>(
    drawn(node, width * height < WIDE_PX2 ? 2 : 3),
    ({ children }) => children as Drawn[] | undefined,
  )
    // a node's own bytes count once: at the leaves
    .sum(({ children, sizeBytes }) => (children === undefined ? sizeBytes : 0));
  const layout = treemap<Drawn>()
    .tile(treemapSquarify.ratio(1.3))
    .size([width, height])
    .paddingInner(2)
    .paddingTop((each) => (each.depth > 0 && each.children !== undefined ? NAME_PX : 0))
    .round(true);
  return (layout(root).children ?? []).flatMap(tilesFrom);
}

/** The tile of a place and of those inside it. A group without room below its name is one tile: what is in it would lie elsewhere. */
function tilesFrom({ data, x0, y0, x1, y1, children }: HierarchyRectangularNode<Drawn>): readonly Tile[] {
  const inside = y1 - y0 < NAME_PX + LEAST_PX ? [] : (children ?? []);
  const tile: Tile = {
    node: data.node,
    sizeBytes: data.sizeBytes,
    x: x0,
    y: y0,
    width: x1 - x0,
    height: y1 - y0,
    group: inside.length > 0,
    ...(data.together === undefined ? {} : { together: data.together }),
  };
  if (tile.width < LEAST_PX || tile.height < LEAST_PX) return [];
  return [tile, ...inside.flatMap(tilesFrom)];
}

function drawn(node: MapNode, levels: number): Drawn {
  if (levels === 0 || node.children.length === 0) return { node, sizeBytes: node.sizeBytes };
  const shown = node.children.slice(0, MOST);
  const rest = node.children.slice(MOST);
  const restBytes = rest.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return {
    node,
    sizeBytes: node.sizeBytes,
    children: [
      ...shown.map((child) => drawn(child, levels - 1)),
      ...(rest.length === 0 ? [] : [{ node, sizeBytes: restBytes, together: rest.length }]),
    ],
  };
}
