/** The union tree as the rows on screen: what folders are open, what a filter leaves, which layers are asked for. */
import type { TreeRow } from '../../../worker/api/types.ts';
import type { LayerRange } from '../../state/layer-range.ts';

export interface UnionFilter {
  /** Part of a path; empty for all. Letters match in either case. */
  readonly text: string;
  /** Only what these layers have a mark for. */
  readonly layers?: LayerRange | undefined;
  /** Leaves out what only the base image's layers (those below this number) touched. */
  readonly changedFrom?: number | undefined;
  readonly showDeleted: boolean;
}

export interface UnionRow {
  readonly row: TreeRow;
  readonly open: boolean;
  readonly hasChildren: boolean;
}

/** True when the filter asks for less than the whole tree, so that matches are shown with their folders open. */
export function isNarrow(filter: UnionFilter): boolean {
  return filter.text !== '' || filter.layers !== undefined || filter.changedFrom !== undefined;
}

/** The rows to show, in walk order. `open` names the open folders; a narrow filter opens those that hold a match. */
export function unionRows(tree: readonly TreeRow[], filter: UnionFilter, open: ReadonlySet<string>): UnionRow[] {
  const narrow = isNarrow(filter);
  const keep = narrow ? matching(tree, filter) : undefined;
  const rows: UnionRow[] = [];
  let closedDepth = Infinity;
  for (const [index, row] of tree.entries()) {
    if (row.path === '/' || (row.deleted && !filter.showDeleted)) continue;
    if (row.depth > closedDepth) continue;
    closedDepth = Infinity;
    if (keep !== undefined && keep[index] === 0) continue;
    const hasChildren = row.kind === 'directory' && (tree[index + 1]?.depth ?? 0) > row.depth;
    const isOpen = hasChildren && (keep === undefined ? open.has(row.path) : keep[index] === HOLDS);
    if (hasChildren && !isOpen) closedDepth = row.depth;
    rows.push({ row, open: isOpen, hasChildren });
  }
  return rows;
}

const MATCHES = 1;
const HOLDS = 2;

/** For each row 0, MATCHES, or HOLDS where something below it matches. */
function matching(tree: readonly TreeRow[], filter: UnionFilter): Uint8Array {
  const keep = new Uint8Array(tree.length);
  const above: number[] = [];
  const text = filter.text.toLowerCase();
  for (const [index, row] of tree.entries()) {
    while (above.length > 0 && tree[above.at(-1)!]!.depth >= row.depth) above.pop();
    if ((!row.deleted || filter.showDeleted) && matches(row, filter, text)) {
      if (keep[index] === 0) keep[index] = MATCHES;
      for (const holder of above) keep[holder] = HOLDS;
    }
    if (row.kind === 'directory') above.push(index);
  }
  return keep;
}

function matches(row: TreeRow, filter: UnionFilter, text: string): boolean {
  if (text !== '' && !row.path.toLowerCase().includes(text)) return false;
  const { layers, changedFrom } = filter;
  if (layers !== undefined && !row.marks.some(({ layer }) => layer >= layers.first && layer <= layers.last))
    return false;
  return changedFrom === undefined || row.marks.some((mark) => mark.layer >= changedFrom);
}

/** Folders to open at first: those above what this image's own layers (from `baseLayers` up) or a container changed. */
export function foldersOfChanges(tree: readonly TreeRow[], baseLayers: number, limit = 200): Set<string> {
  const open = new Set<string>();
  let changes = 0;
  for (const row of tree) {
    if (row.path === '/' || !row.marks.some((mark) => mark.layer >= baseLayers)) continue;
    changes += 1;
    if (changes > limit) break;
    for (let slash = row.path.lastIndexOf('/'); slash > 0; slash = row.path.lastIndexOf('/', slash - 1)) {
      open.add(row.path.slice(0, slash));
    }
  }
  return open;
}

/**
 * The layer whose doing is seen. A layer may carry a directory along without changing it: that leaves no mark, and the
 * directory stays with the layer that did something to it.
 */
export function ownerOf(row: TreeRow): number {
  return row.marks.at(-1)?.layer ?? row.layer;
}

/** The last name of a path, and its target for a link. */
export function rowName(row: TreeRow): string {
  const name = row.path.slice(row.path.lastIndexOf('/') + 1);
  return row.kind === 'directory' ? `${name}/` : name;
}
