/** An image and the container on top of it as the stack the page shows: what is a slab, what a line, what is folded. */
import type { ContainerSummary, ImageDetail, StackRow } from '../../worker/api/types.ts';
import { formatCount } from '../ui/format.ts';
import { paintOf, WRITABLE_PAINT, type LayerPaint } from './layer-paint.ts';

/** A layer, told by what every panel needs of it. */
export interface LayerView {
  /** 0 lowest; the writable layer has the image's number of layers. */
  readonly index: number;
  readonly title: string;
  readonly paint: LayerPaint;
  readonly sizeBytes: number;
  readonly base: boolean;
  readonly writable: boolean;
}

/** An entry of the stack, top first. */
export type StackEntry =
  | { readonly kind: 'writable'; readonly key: string; readonly layer: LayerView; readonly container: ContainerSummary }
  | { readonly kind: 'layer'; readonly key: string; readonly layer: LayerView; readonly row: StackRow }
  | { readonly kind: 'metadata'; readonly key: string; readonly row: StackRow }
  | { readonly kind: 'base'; readonly key: string; readonly base: BaseView };

/** The base image, folded to one slab. */
export interface BaseView {
  readonly name: string;
  readonly rows: readonly StackRow[];
  readonly layers: number;
  readonly sizeBytes: number;
  readonly paint: LayerPaint;
}

/** The layers of an image, bottom up, and the writable one of `container`. */
export function layersOf(image: ImageDetail, container?: ContainerSummary): LayerView[] {
  const rows = image.stack.filter((row) => row.layer !== undefined);
  const baseLayers = rows.filter((row) => row.base).length;
  const layers = rows.map((row, index): LayerView => ({
    index,
    title: row.base && image.baseName !== undefined ? baseTitle(image.baseName, row, baseLayers) : row.instruction,
    paint: paintOf(index, baseLayers, rows.length),
    sizeBytes: row.sizeBytes,
    base: row.base,
    writable: false,
  }));
  return container === undefined ? layers : [...layers, writableLayer(rows.length, container)];
}

/** Of a base image with several layers each is told by its instruction, too. */
function baseTitle(name: string, { instruction }: StackRow, layers: number): string {
  return layers === 1 ? name : `${name}: ${instruction}`;
}

function writableLayer(index: number, container: ContainerSummary): LayerView {
  return {
    index,
    title: `writable layer of ${container.name}`,
    paint: WRITABLE_PAINT,
    sizeBytes: container.upper.sizeBytes,
    base: false,
    writable: true,
  };
}

/** The stack, top first. With `openBase` the base image's own layers are shown one by one. */
export function stackEntries(
  image: ImageDetail,
  container: ContainerSummary | undefined,
  openBase: boolean,
): StackEntry[] {
  const layers = layersOf(image, container);
  const own = image.stack.filter((row) => !row.base);
  const base = image.stack.filter((row) => row.base);
  const entries: StackEntry[] = [];
  if (container !== undefined) {
    entries.push({ kind: 'writable', key: container.id, layer: layers.at(-1)!, container });
  }
  const shown = openBase ? [...base, ...own] : own;
  for (const [place, row] of [...shown.entries()].reverse()) entries.push(entryOf(row, place, layers));
  if (base.length > 0 && !openBase) entries.push({ kind: 'base', key: 'base', base: baseOf(image, base) });
  return entries;
}

function entryOf(row: StackRow, place: number, layers: readonly LayerView[]): StackEntry {
  const layer = row.layer === undefined ? undefined : layers[row.layer];
  if (layer === undefined) return { kind: 'metadata', key: `metadata ${place} ${row.instruction}`, row };
  return { kind: 'layer', key: row.chainID ?? `layer ${layer.index}`, layer, row };
}

function baseOf(image: ImageDetail, rows: readonly StackRow[]): BaseView {
  return {
    name: image.baseName ?? 'base image',
    rows,
    layers: rows.filter((row) => row.layer !== undefined).length,
    sizeBytes: rows.reduce((sum, row) => sum + row.sizeBytes, 0),
    paint: paintOf(0, 1, 2),
  };
}

/** Height of a slab in pixels: what two lines of text need, and a share of `sparePx` by its bytes. */
export function slabHeight(sizeBytes: number, totalBytes: number, minimumPx: number, sparePx: number): number {
  if (totalBytes <= 0) return minimumPx;
  return Math.round(minimumPx + (sizeBytes / totalBytes) * sparePx);
}

/** `1,204 added, 31 changed`; `nothing changed` for a layer without entries. */
export function changeCounts(counts: { added: number; changed: number; deleted: number }): string {
  const parts = (['added', 'changed', 'deleted'] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${formatCount(counts[kind])} ${kind}`);
  return parts.length === 0 ? 'no files changed' : parts.join(', ');
}
