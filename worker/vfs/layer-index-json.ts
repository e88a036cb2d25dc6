/**
 * A layer's index as JSON, for files: the columns of its stored form as lists of numbers, without what follows from the others. Where
 * bytes lie is told by the gap since those before; how long a file's last extent is follows from the file's size.
 */
import { EngineError } from '../base/errors.ts';
import { encodeLayerIndex } from './layer-index-codec.ts';
import type { LayerIndex } from './layer-entry.ts';

/** Columns that are typed arrays in the stored form, and are written as they are. */
const TYPED_COLUMNS = {
  directory: Uint32Array,
  kind: Uint8Array,
  mode: Uint16Array,
  uid: Uint32Array,
  gid: Uint32Array,
  mtimeMs: Float64Array,
  size: Float64Array,
  extents: Uint32Array,
  targetRow: Uint32Array,
  deviceRow: Uint32Array,
  deviceMajor: Uint32Array,
  deviceMinor: Uint32Array,
};

/** In place of a gap: the extent is a hole. */
const HOLE = -1;

/** The index as a value for `JSON.stringify`. */
export function layerIndexToJSON(index: LayerIndex): unknown {
  const columns = Object.entries(encodeLayerIndex(index) as object) as [string, unknown][];
  return { ...Object.fromEntries(columns.map(([name, value]) => [name, plain(value)])), ...extentsToJSON(index) };
}

function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Uint8Array);
  if (!Array.isArray(value)) return value;
  return value.map((xattr: { readonly value: Uint8Array }) => ({ ...xattr, value: Array.from(xattr.value) }));
}

function extentsToJSON({ entries }: LayerIndex): object {
  const extentOffset: number[] = [];
  const extentLength: number[] = [];
  let end = 0;
  for (const { extents = [] } of entries) {
    for (const { tarOffset, length } of extents) {
      extentOffset.push(tarOffset === undefined ? HOLE : tarOffset - end);
      if (tarOffset !== undefined) end = tarOffset + length;
    }
    extentLength.push(...extents.slice(0, -1).map(({ length }) => length));
  }
  return { extentOffset, extentLength };
}

/**
 * The stored form of the index that {@link layerIndexToJSON} was given, for `decodeLayerIndex`, which checks what stands in it. Throws
 * `corrupt` for what is no such JSON.
 */
export function storedIndexOfJSON(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) throw corrupt('not an object');
  const columns = new Map<string, unknown>(Object.entries(value));
  const numbers = (name: string): readonly number[] => checkedNumbers(columns.get(name), name);
  const { extentOffset, extentLength } = storedExtents(
    numbers('extents'),
    numbers('size'),
    numbers('extentOffset'),
    numbers('extentLength'),
  );
  for (const [name, type] of Object.entries(TYPED_COLUMNS)) columns.set(name, type.from(numbers(name)));
  const xattrs = columns.get('xattrs');
  if (!Array.isArray(xattrs)) throw corrupt('xattrs');
  columns.set('xattrs', xattrs.map(storedXattr));
  return Object.fromEntries([...columns, ['extentOffset', extentOffset], ['extentLength', extentLength]]);
}

/** Offsets and lengths of all extents; `counts` and `sizes` are of the rows. */
function storedExtents(
  counts: readonly number[],
  sizes: readonly number[],
  gaps: readonly number[],
  lengths: readonly number[],
): { readonly extentOffset: Float64Array; readonly extentLength: Float64Array } {
  const extentOffset = new Float64Array(gaps.length);
  const extentLength = new Float64Array(gaps.length);
  let at = 0;
  let nextLength = 0;
  let end = 0;
  counts.forEach((count, row) => {
    let left = sizes[row] ?? 0;
    for (let i = 1; i <= count; i++, at++) {
      const gap = gaps[at] ?? HOLE;
      const length = i === count ? left : (lengths[nextLength++] ?? 0);
      left -= length;
      if (at >= gaps.length || length < 0) throw corrupt('extents');
      extentOffset[at] = gap === HOLE ? HOLE : end + gap;
      extentLength[at] = length;
      if (gap !== HOLE) end += gap + length;
    }
  });
  return { extentOffset, extentLength };
}

function storedXattr(xattr: unknown): object {
  if (typeof xattr !== 'object' || xattr === null) throw corrupt('xattrs');
  return { ...xattr, value: Uint8Array.from(checkedNumbers(Reflect.get(xattr, 'value'), 'xattrs')) };
}

function checkedNumbers(list: unknown, name: string): readonly number[] {
  if (!Array.isArray(list) || !list.every((item) => typeof item === 'number')) throw corrupt(name);
  return list;
}

function corrupt(column: string): EngineError {
  return new EngineError('corrupt', `The index of a layer cannot be read: ${column}.`, { data: { column } });
}
