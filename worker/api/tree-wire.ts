/**
 * A union tree on its way to the page: columns instead of rows. Cloning fifty thousand objects between threads takes the page
 * a fifth of a second in which it answers nobody; columns cross as memory, and stay what they are (tree-rows.ts).
 */
import type { TreeRow } from '../engine/model.ts';

/** A kind's number on the wire is its place here. */
export const KINDS = [
  'file',
  'directory',
  'symlink',
  'character',
  'block',
  'fifo',
  'socket',
] as const satisfies TreeRow['kind'][];
/** What no path and no link text holds. */
export const END = '\0';

/** Rows by columns; texts each end with a zero. */
export interface TreeColumns {
  readonly paths: string;
  /** Where the zero behind each path stands. */
  readonly pathEnds: Uint32Array<ArrayBuffer>;
  readonly kinds: Uint8Array<ArrayBuffer>;
  readonly depths: Uint16Array<ArrayBuffer>;
  readonly sizes: Float64Array<ArrayBuffer>;
  readonly modes: Uint16Array<ArrayBuffer>;
  readonly uids: Uint32Array<ArrayBuffer>;
  readonly gids: Uint32Array<ArrayBuffer>;
  readonly times: Float64Array<ArrayBuffer>;
  readonly layers: Uint16Array<ArrayBuffer>;
  readonly deleted: Uint8Array<ArrayBuffer>;
  /** Places in `markLists`. */
  readonly marks: Uint32Array<ArrayBuffer>;
  /** What layers did to a path; most paths share one of few. */
  readonly markLists: readonly TreeRow['marks'][];
  /** Link texts by row. */
  readonly targets: readonly (readonly [row: number, target: string])[];
}

/** Takes rows apart. */
export function columnsOfRows(rows: readonly TreeRow[]): TreeColumns {
  const count = rows.length;
  const columns = {
    pathEnds: new Uint32Array(count),
    kinds: new Uint8Array(count),
    depths: new Uint16Array(count),
    sizes: new Float64Array(count),
    modes: new Uint16Array(count),
    uids: new Uint32Array(count),
    gids: new Uint32Array(count),
    times: new Float64Array(count),
    layers: new Uint16Array(count),
    deleted: new Uint8Array(count),
    marks: new Uint32Array(count),
  };
  const lists = new MarkLists();
  const targets: [number, string][] = [];
  const paths: string[] = [];
  let pathEnd = -1;
  for (let index = 0; index < count; index++) {
    const row = rows[index]!;
    paths.push(row.path);
    pathEnd += row.path.length + END.length;
    columns.pathEnds[index] = pathEnd;
    columns.kinds[index] = KINDS.indexOf(row.kind);
    columns.depths[index] = row.depth;
    columns.sizes[index] = row.sizeBytes;
    columns.modes[index] = row.mode;
    columns.uids[index] = row.uid;
    columns.gids[index] = row.gid;
    columns.times[index] = row.mtimeMs;
    columns.layers[index] = row.layer;
    columns.deleted[index] = row.deleted ? 1 : 0;
    columns.marks[index] = lists.place(row.marks);
    if (row.target !== undefined) targets.push([index, row.target]);
  }
  // so that each has its END
  if (count > 0) paths.push('');
  return { ...columns, paths: paths.join(END), targets, markLists: lists.all };
}

/** The columns' memory: it may be handed over instead of copied. */
export function memoryOf(columns: TreeColumns): ArrayBuffer[] {
  return Object.values(columns).flatMap((column: unknown) =>
    ArrayBuffer.isView(column) ? [column.buffer] : [],
  ) as ArrayBuffer[];
}

/** Equal lists once. */
class MarkLists {
  readonly all: TreeRow['marks'][] = [];
  readonly #places = new Map<TreeRow['marks'], number>();
  readonly #byText = new Map<string, number>();

  place(marks: TreeRow['marks']): number {
    const known = this.#places.get(marks);
    if (known !== undefined) return known;
    const text = marks.map(({ layer, mark }) => `${layer}${mark}`).join();
    const place = this.#byText.get(text) ?? this.all.push(marks) - 1;
    this.#byText.set(text, place);
    this.#places.set(marks, place);
    return place;
  }
}
