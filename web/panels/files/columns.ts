/** The columns of the x-ray: one for each layer, the base image's own folded into one. */
import type { LayerMark, TreeRow } from '../../../worker/api/types.ts';
import type { LayerPaint } from '../../state/layer-paint.ts';
import { ownerOf } from './union-rows.ts';
import type { LayerView } from '../../state/layer-stack.ts';

export interface Column {
  readonly title: string;
  readonly paint: LayerPaint;
  /** Layers it stands for: `first` to `last`, both included. */
  readonly first: number;
  readonly last: number;
}

/** Columns from the bottom layer to the top one. More than `most` leave out the oldest of the build's own layers. */
export function columnsOf(layers: readonly LayerView[], baseName: string, most: number): Column[] {
  const base = layers.filter((layer) => layer.base);
  const own = layers.filter((layer) => !layer.base);
  const [lowest] = base;
  const folded: Column[] =
    lowest === undefined
      ? []
      : [{ title: baseName, paint: lowest.paint, first: lowest.index, last: base.at(-1)!.index }];
  const shown = own.slice(-Math.max(1, most - folded.length));
  return [...folded, ...shown.map(({ title, paint, index }) => ({ title, paint, first: index, last: index }))];
}

export interface Cell {
  readonly letter: 'A' | 'M' | 'D' | 'O';
  readonly word: string;
  /** What is seen of the path comes from here. */
  readonly visible: boolean;
}

const LETTERS: Readonly<Record<LayerMark, Cell['letter']>> = { added: 'A', modified: 'M', deleted: 'D', opaque: 'O' };

/** What a column says of a path; undefined where its layers say nothing. */
export function cellOf(row: TreeRow, column: Column): Cell | undefined {
  const mark = row.marks.findLast(({ layer }) => layer >= column.first && layer <= column.last);
  if (mark === undefined) return undefined;
  const owner = ownerOf(row);
  const visible = owner >= column.first && owner <= column.last;
  return { letter: LETTERS[mark.mark], word: mark.mark, visible };
}
