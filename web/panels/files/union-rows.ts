/** The union tree as the rows on screen: what folders are open, what a filter leaves, which layers are asked for. */
import type { LayerMark, TreeRow, TreeRows } from '../../../worker/api/types.ts';
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

/**
 * Rows that are shown, in walk order. They are made when they are looked at: at every key of a search there are tens of thousands,
 * of which a screen holds forty.
 */
export class UnionRows {
  readonly length: number;
  readonly #tree: TreeRows;
  /** Places in the tree, ascending. */
  readonly #places: Uint32Array;
  /** For each shown row CLOSED, OPEN, or 0 without children. */
  readonly #folders: Uint8Array;

  constructor(tree: TreeRows, places: Uint32Array, folders: Uint8Array) {
    this.length = places.length;
    this.#tree = tree;
    this.#places = places;
    this.#folders = folders;
  }

  at(index: number): UnionRow | undefined {
    const row = this.#tree.at(this.#places[index] ?? -1);
    if (row === undefined) return undefined;
    const folder = this.#folders[index];
    return { row, open: folder === OPEN, hasChildren: folder !== 0 };
  }

  slice(first = 0, end = this.length): UnionRow[] {
    const rows: UnionRow[] = [];
    for (let index = first; index < Math.min(end, this.length); index += 1) rows.push(this.at(index)!);
    return rows;
  }

  /** Where the row at `place` of the tree is shown; -1 when it is not. */
  indexOf(place: number): number {
    let [low, high] = [0, this.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.#places[middle]!;
      if (found === place) return middle;
      if (found < place) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}

const CLOSED = 1;
const OPEN = 2;

/** The rows to show. `open` names the open folders; a narrow filter opens those that hold a match. */
export function unionRows(tree: TreeRows, filter: UnionFilter, open: ReadonlySet<string>): UnionRows {
  const keep = isNarrow(filter) ? matching(tree, filter) : undefined;
  const { depths, deleted } = tree;
  const places = new Uint32Array(tree.length);
  const folders = new Uint8Array(tree.length);
  let count = 0;
  let closedDepth = Infinity;
  // by place: this runs over every path at every key, and an iterator costs ten times as much
  for (let place = 0; place < tree.length; place += 1) {
    if (keep !== undefined && keep[place] === 0) continue;
    const depth = depths[place]!;
    if (depth > closedDepth || (deleted[place] === 1 && !filter.showDeleted)) continue;
    closedDepth = Infinity;
    if (tree.isDirectory(place)) {
      const path = tree.pathAt(place);
      if (path === '/') continue;
      if ((depths[place + 1] ?? 0) > depth) {
        const isOpen = keep === undefined ? open.has(path) : keep[place] === HOLDS;
        folders[count] = isOpen ? OPEN : CLOSED;
        if (!isOpen) closedDepth = depth;
      }
    }
    places[count] = place;
    count += 1;
  }
  return new UnionRows(tree, places.subarray(0, count), folders.subarray(0, count));
}

const MATCHES = 1;
const HOLDS = 2;

/** For each row 0, MATCHES, or HOLDS where something below it matches. */
function matching(tree: TreeRows, filter: UnionFilter): Uint8Array {
  const { depths, deleted, marks } = tree;
  const keep = new Uint8Array(tree.length);
  const above: number[] = [];
  const named = filter.text === '' ? undefined : placesWith(tree, filter.text);
  const verdicts = tree.markLists.map(judgeMarks(filter));
  for (let place = 0; place < tree.length; place += 1) {
    const depth = depths[place]!;
    while (above.length > 0 && depths[above.at(-1)!]! >= depth) above.pop();
    const found =
      (named === undefined || named[place] === 1) &&
      (deleted[place] === 0 || filter.showDeleted) &&
      isLarge(tree, place, filter.leastBytes) &&
      isAsked(tree, place, verdicts[marks[place]!]!);
    if (found) {
      if (keep[place] === 0) keep[place] = MATCHES;
      for (let index = above.length - 1; index >= 0 && keep[above[index]!] !== HOLDS; index -= 1) {
        keep[above[index]!] = HOLDS;
      }
    }
    if (tree.isDirectory(place)) above.push(place);
  }
  return keep;
}

/** 1 for each row whose path has the text. */
function placesWith(tree: TreeRows, text: string): Uint8Array {
  const named = new Uint8Array(tree.length);
  tree.search(text, (place) => {
    named[place] = 1;
  });
  return named;
}

function isLarge(tree: TreeRows, place: number, leastBytes = 0): boolean {
  return leastBytes <= 0 || (tree.isFile(place) && tree.sizesBytes[place]! >= leastBytes);
}

function isAsked(tree: TreeRows, place: number, { asked, wasted }: MarksVerdict): boolean {
  return asked || (wasted && tree.isFile(place) && tree.sizesBytes[place]! > 0);
}

interface MarksVerdict {
  /** What the layers did to the path is asked for. */
  readonly asked: boolean;
  /** Asked for if it is a file with bytes. */
  readonly wasted: boolean;
}

/** Judges what layers did to a path. */
function judgeMarks({ layers, changes, ownFrom = 0 }: UnionFilter): (marks: TreeRow['marks']) => MarksVerdict {
  const { first, last } = layers ?? { first: ownFrom, last: Infinity };
  const any = changes === undefined || changes.size === 0;
  return (marks) => {
    const inside = marks.filter(({ layer }) => layer >= first && layer <= last);
    const touched = layers === undefined || inside.length > 0;
    return {
      asked: touched && (any || inside.some(({ mark }) => changes.has(KIND_OF_MARK[mark]))),
      wasted: touched && !any && changes.has('wasted') && holdsHidden(marks),
    };
  };
}

const KIND_OF_MARK: Readonly<Record<LayerMark, ChangeFilter>> = {
  added: 'added',
  modified: 'changed',
  opaque: 'changed',
  deleted: 'deleted',
};

/** True when a layer below the topmost one that says something has the path: its bytes are there, and nobody sees them. */
function holdsHidden(marks: TreeRow['marks']): boolean {
  return marks.some(({ mark }, place) => mark !== 'deleted' && place < marks.length - 1);
}

/** Folders to open at first: those above what this image's own layers (from `baseLayers` up) or a container changed. */
export function foldersOfChanges(tree: TreeRows, baseLayers: number, limit = 200): Set<string> {
  const open = new Set<string>();
  const own = tree.markLists.map((marks) => marks.some(({ layer }) => layer >= baseLayers));
  let changes = 0;
  for (let place = 0; place < tree.length; place += 1) {
    if (!own[tree.marks[place]!]) continue;
    const path = tree.pathAt(place);
    if (path === '/') continue;
    changes += 1;
    if (changes > limit) break;
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      open.add(path.slice(0, slash));
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
