/**
 * A union tree in the page. It stays in the columns it came in, and a row is made of them when it is looked at: a screen holds forty
 * of fifty thousand. What runs over every path, as a filter does at each key, reads the columns.
 */
import type { AbsolutePath } from '../base/path.ts';
import type { TreeRow } from '../engine/model.ts';
import { compareBytes } from '../vfs/byte-order.ts';
import { columnsOfRows, END, KINDS, type TreeColumns } from './tree-wire.ts';

const DIRECTORY = KINDS.indexOf('directory');
const FILE = KINDS.indexOf('file');

/** Rows in walk order; a `place` is a row's number in it. */
export class TreeRows implements Iterable<TreeRow> {
  /** A tree without a row. */
  static readonly NONE = TreeRows.of([]);

  readonly length: number;
  readonly depths: Uint16Array;
  readonly sizesBytes: Float64Array;
  readonly layers: Uint16Array;
  /** 1 for a path that some lower layer has, and that is not seen. */
  readonly deleted: Uint8Array;
  /** What layers did to paths, as lists that paths share. */
  readonly markLists: readonly TreeRow['marks'][];
  /** Of each row the place of its list in `markLists`. */
  readonly marks: Uint32Array;
  readonly #columns: TreeColumns;
  readonly #targets: ReadonlyMap<number, string>;
  /** Made by the first search. */
  #lowerCase: Texts | undefined;

  constructor(columns: TreeColumns) {
    this.#columns = columns;
    this.#targets = new Map(columns.targets);
    this.length = columns.kinds.length;
    this.depths = columns.depths;
    this.sizesBytes = columns.sizes;
    this.layers = columns.layers;
    this.deleted = columns.deleted;
    this.markLists = columns.markLists;
    this.marks = columns.marks;
  }

  /** The tree of rows that are here already. */
  static of(rows: readonly TreeRow[]): TreeRows {
    return new TreeRows(columnsOfRows(rows));
  }

  /** Below 0, 0 or above 0, as a walk comes to a row of `a` before, with or after one of `b`; past its end a tree has nothing left. */
  static order(a: TreeRows, placeInA: number, b: TreeRows, placeInB: number): number {
    if (placeInA >= a.length || placeInB >= b.length)
      return Number(placeInA >= a.length) - Number(placeInB >= b.length);
    return walkOrder(a.pathAt(placeInA), b.pathAt(placeInB));
  }

  at(place: number): TreeRow | undefined {
    if (place < 0 || place >= this.length) return undefined;
    const { kinds, depths, sizes, modes, uids, gids, times, layers, deleted, marks, markLists } = this.#columns;
    const target = this.#targets.get(place);
    return {
      path: this.pathAt(place),
      depth: depths[place]!,
      kind: KINDS[kinds[place]!]!,
      sizeBytes: sizes[place]!,
      mode: modes[place]!,
      uid: uids[place]!,
      gid: gids[place]!,
      mtimeMs: times[place]!,
      layer: layers[place]!,
      deleted: deleted[place] === 1,
      marks: markLists[marks[place]!]!,
      ...(target === undefined ? {} : { target }),
    };
  }

  *[Symbol.iterator](): Generator<TreeRow> {
    for (let place = 0; place < this.length; place += 1) yield this.at(place)!;
  }

  pathAt(place: number): AbsolutePath {
    return textAt(this.#paths, place) as AbsolutePath;
  }

  isDirectory(place: number): boolean {
    return this.#columns.kinds[place] === DIRECTORY;
  }

  isFile(place: number): boolean {
    return this.#columns.kinds[place] === FILE;
  }

  /** The place of a path; -1 where the tree has none. */
  placeOf(path: string): number {
    const { all, ends } = this.#paths;
    if (path === '' || path.includes(END)) return -1;
    // all paths are one text: looking through it is one call
    const before = all.startsWith(path + END) ? 0 : all.indexOf(END + path + END) + 1;
    if (before === 0 && !all.startsWith(path + END)) return -1;
    return lowerBound(ends, before + path.length);
  }

  /** Calls `found` with each place, ascending, whose path holds `text`; letters match in either case. */
  search(text: string, found: (place: number, lowerCasePath: () => string) => void): void {
    const sought = text.toLowerCase();
    if (sought.includes(END)) return;
    this.#lowerCase ??= lowerCased(this.#paths);
    const texts = this.#lowerCase;
    const { all, ends } = texts;
    let place = 0;
    for (let at = all.indexOf(sought); at >= 0 && place < this.length; at = all.indexOf(sought, ends[place - 1]! + 1)) {
      while (ends[place]! < at) place += 1;
      const hit = place;
      found(hit, () => textAt(texts, hit));
      place += 1;
    }
  }

  get #paths(): Texts {
    return { all: this.#columns.paths, ends: this.#columns.pathEnds };
  }
}

/** Texts joined, each with END behind it. */
interface Texts {
  readonly all: string;
  /** Where each one's END stands. */
  readonly ends: Uint32Array;
}

function textAt({ all, ends }: Texts, place: number): string {
  return all.slice(place === 0 ? 0 : ends[place - 1]! + 1, ends[place]);
}

/** A walk goes into a directory before it goes on to a name that begins as the directory's does. */
function walkOrder(a: string, b: string): number {
  if (a === b) return 0;
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  if (a[same] === '/') return b[same] === undefined ? 1 : -1;
  if (b[same] === '/') return a[same] === undefined ? -1 : 1;
  return compareBytes(a.slice(same), b.slice(same));
}

function lowerCased({ all, ends }: Texts): Texts {
  const lower = all.toLowerCase();
  // some letters are longer in lower case
  return { all: lower, ends: lower.length === all.length ? ends : endsIn(lower, ends.length) };
}

function endsIn(all: string, count: number): Uint32Array {
  const ends = new Uint32Array(count);
  let end = -1;
  for (let place = 0; place < count; place += 1) {
    end = all.indexOf(END, end + 1);
    ends[place] = end;
  }
  return ends;
}

/** The first place whose value is not below `value`. */
function lowerBound(ascending: Uint32Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
