/** The union tree as the rows on screen: what folders are open, what a filter leaves, which layers are asked for. */
import type { LayerMark, TreeRow } from '../../../worker/api/types.ts';
import type { LayerRange } from '../../state/layer-range.ts';

/** What is asked of a path: at least one of those that are chosen. */
export type ChangeFilter = 'added' | 'changed' | 'deleted' | 'wasted';

export interface UnionFilter {
  /** Part of a path; empty for all. Letters match in either case. */
  readonly text: string;
  /** Only what these layers have a mark for. */
  readonly layers?: LayerRange | undefined;
  /** What the chosen layers did; without chosen ones, those from `ownFrom` up. */
  readonly changes?: ReadonlySet<ChangeFilter> | undefined;
  /** The lowest layer that is not the base image's. */
  readonly ownFrom?: number | undefined;
  /** Only files of at least so many bytes. */
  readonly leastBytes?: number | undefined;
  readonly showDeleted: boolean;
}

export interface UnionRow {
  readonly row: TreeRow;
  readonly open: boolean;
  readonly hasChildren: boolean;
}

/** True when the filter asks for less than the whole tree, so that matches are shown with their folders open. */
export function isNarrow({ text, layers, changes, leastBytes }: UnionFilter): boolean {
  return text !== '' || layers !== undefined || (changes?.size ?? 0) > 0 || (leastBytes ?? 0) > 0;
}

/** The rows to show, in walk order. `open` names the open folders; a narrow filter opens those that hold a match. */
export function unionRows(tree: readonly TreeRow[], filter: UnionFilter, open: ReadonlySet<string>): UnionRow[] {
  const keep = isNarrow(filter) ? matching(tree, filter) : undefined;
  const rows: UnionRow[] = [];
  let closedDepth = Infinity;
  // by index: this runs over every path at every key, and an iterator of pairs costs ten times as much
  for (let index = 0; index < tree.length; index += 1) {
    const row = tree[index]!;
    if (row.depth > closedDepth) continue;
    if (row.path === '/' || (row.deleted && !filter.showDeleted)) continue;
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
  const names = text === '' ? undefined : lowerCasePaths(tree);
  for (let index = 0; index < tree.length; index += 1) {
    const row = tree[index]!;
    while (above.length > 0 && tree[above.at(-1)!]!.depth >= row.depth) above.pop();
    const named = names === undefined || names[index]!.includes(text);
    if (named && (!row.deleted || filter.showDeleted) && matches(row, filter)) {
      if (keep[index] === 0) keep[index] = MATCHES;
      for (let place = above.length - 1; place >= 0 && keep[above[place]!] !== HOLDS; place -= 1) {
        keep[above[place]!] = HOLDS;
      }
    }
    if (row.kind === 'directory') above.push(index);
  }
  return keep;
}

/** Made once for a tree: a search asks for them at every key. */
const lowerCase = new WeakMap<readonly TreeRow[], readonly string[]>();

function lowerCasePaths(tree: readonly TreeRow[]): readonly string[] {
  let paths = lowerCase.get(tree);
  if (paths === undefined) {
    paths = tree.map(({ path }) => path.toLowerCase());
    lowerCase.set(tree, paths);
  }
  return paths;
}

function matches(row: TreeRow, filter: UnionFilter): boolean {
  const { layers, changes, leastBytes = 0 } = filter;
  if (leastBytes > 0 && (row.kind !== 'file' || row.sizeBytes < leastBytes)) return false;
  const first = layers?.first ?? filter.ownFrom ?? 0;
  const last = layers?.last ?? Infinity;
  if (layers !== undefined && !row.marks.some(({ layer }) => layer >= first && layer <= last)) return false;
  if (changes === undefined || changes.size === 0) return true;
  if (changes.has('wasted') && isWasted(row)) return true;
  return row.marks.some(({ layer, mark }) => layer >= first && layer <= last && changes.has(KIND_OF_MARK[mark]));
}

const KIND_OF_MARK: Readonly<Record<LayerMark, ChangeFilter>> = {
  added: 'added',
  modified: 'changed',
  opaque: 'changed',
  deleted: 'deleted',
};

/** True for a file of which some layer holds bytes that nobody sees: a later layer has it too, or deleted it. */
export function isWasted({ kind, sizeBytes, marks }: TreeRow): boolean {
  return kind === 'file' && sizeBytes > 0 && marks.slice(0, -1).some(({ mark }) => mark !== 'deleted');
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
