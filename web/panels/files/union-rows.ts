/** The union tree as the rows on screen: what folders are open, what a filter leaves, which layers are asked for. */
import type { LayerMark, TreeRow } from '../../../worker/api/types.ts';
import type { LayerRange } from '../../state/layer-range.ts';
import { lowerCasePaths } from '../../state/lower-case-paths.ts';

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
  readonly #tree: readonly TreeRow[];
  /** Places in the tree, ascending. */
  readonly #places: Uint32Array;
  /** For each shown row CLOSED, OPEN, or 0 without children. */
  readonly #folders: Uint8Array;

  constructor(tree: readonly TreeRow[], places: Uint32Array, folders: Uint8Array) {
    this.length = places.length;
    this.#tree = tree;
    this.#places = places;
    this.#folders = folders;
  }

  at(index: number): UnionRow | undefined {
    const row = index < 0 ? undefined : this.#tree[this.#places[index] ?? Infinity];
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
export function unionRows(tree: readonly TreeRow[], filter: UnionFilter, open: ReadonlySet<string>): UnionRows {
  const keep = isNarrow(filter) ? matching(tree, filter) : undefined;
  const places = new Uint32Array(tree.length);
  const folders = new Uint8Array(tree.length);
  let count = 0;
  let closedDepth = Infinity;
  // by index: this runs over every path at every key, and an iterator of pairs costs ten times as much
  for (let index = 0; index < tree.length; index += 1) {
    if (keep !== undefined && keep[index] === 0) continue;
    const row = tree[index]!;
    if (row.depth > closedDepth || row.path === '/' || (row.deleted && !filter.showDeleted)) continue;
    closedDepth = Infinity;
    if (row.kind === 'directory' && (tree[index + 1]?.depth ?? 0) > row.depth) {
      const isOpen = keep === undefined ? open.has(row.path) : keep[index] === HOLDS;
      folders[count] = isOpen ? OPEN : CLOSED;
      if (!isOpen) closedDepth = row.depth;
    }
    places[count] = index;
    count += 1;
  }
  return new UnionRows(tree, places.subarray(0, count), folders.subarray(0, count));
}

const MATCHES = 1;
const HOLDS = 2;

/** For each row 0, MATCHES, or HOLDS where something below it matches. */
function matching(tree: readonly TreeRow[], filter: UnionFilter): Uint8Array {
  const keep = new Uint8Array(tree.length);
  const above: number[] = [];
  const text = filter.text.toLowerCase();
  const names = text === '' ? undefined : lowerCasePaths(tree);
  const judged = judgeMarks(filter);
  for (let index = 0; index < tree.length; index += 1) {
    const row = tree[index]!;
    while (above.length > 0 && tree[above.at(-1)!]!.depth >= row.depth) above.pop();
    const found =
      (names === undefined || names[index]!.includes(text)) &&
      (!row.deleted || filter.showDeleted) &&
      isLarge(row, filter.leastBytes) &&
      isAsked(row, judged(row.marks));
    if (found) {
      if (keep[index] === 0) keep[index] = MATCHES;
      for (let place = above.length - 1; place >= 0 && keep[above[place]!] !== HOLDS; place -= 1) {
        keep[above[place]!] = HOLDS;
      }
    }
    if (row.kind === 'directory') above.push(index);
  }
  return keep;
}

function isLarge({ kind, sizeBytes }: TreeRow, leastBytes = 0): boolean {
  return leastBytes <= 0 || (kind === 'file' && sizeBytes >= leastBytes);
}

function isAsked({ kind, sizeBytes }: TreeRow, { asked, wasted }: MarksVerdict): boolean {
  return asked || (wasted && kind === 'file' && sizeBytes > 0);
}

interface MarksVerdict {
  /** What the layers did to the path is asked for. */
  readonly asked: boolean;
  /** Asked for if it is a file with bytes. */
  readonly wasted: boolean;
}

/** Judges what layers did to a path. Neighbours mostly share their list of marks, so the last verdict is often the next. */
function judgeMarks({ layers, changes, ownFrom = 0 }: UnionFilter): (marks: TreeRow['marks']) => MarksVerdict {
  const { first, last } = layers ?? { first: ownFrom, last: Infinity };
  const any = changes === undefined || changes.size === 0;
  const judge = (marks: TreeRow['marks']): MarksVerdict => {
    const inside = marks.filter(({ layer }) => layer >= first && layer <= last);
    const touched = layers === undefined || inside.length > 0;
    return {
      asked: touched && (any || inside.some(({ mark }) => changes.has(KIND_OF_MARK[mark]))),
      wasted: touched && !any && changes.has('wasted') && holdsHidden(marks),
    };
  };
  let lastMarks: TreeRow['marks'] | undefined;
  let verdict: MarksVerdict = { asked: false, wasted: false };
  return (marks) => {
    if (marks !== lastMarks) verdict = judge(marks);
    lastMarks = marks;
    return verdict;
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
