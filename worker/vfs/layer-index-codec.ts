/**
 * The stored form of a layer's index: columns in typed arrays, texts joined into a few long strings, so that 50,000 rows
 * are one small structured-clonable record that is read back in milliseconds. Names and texts are joined by NUL, which no
 * path can hold. Rows keep their order.
 */
import { EngineError } from '../base/errors.ts';
import { baseName, childPath, parentPath, resolvePath, ROOT, type AbsolutePath } from '../base/path.ts';
import type { DeviceNumber } from './inode.ts';
import type { LayerEntry, LayerEntryKind, LayerIndex, TarExtent } from './layer-entry.ts';

const VERSION = 1;
const SEPARATOR = '\0';

/** A kind's number is its place here; append only. */
const KINDS: readonly LayerEntryKind[] = [
  'file',
  'directory',
  'symlink',
  'character',
  'block',
  'fifo',
  'socket',
  'hardlink',
  'whiteout',
  'opaque',
];

/** A hole's offset in the column of tar offsets. */
const HOLE = -1;

interface StoredXattr {
  readonly row: number;
  readonly name: string;
  readonly value: Uint8Array;
}

/** The columns. `directories` and `targets` are tables; `directory` and `target...` refer to them. */
interface StoredIndex {
  readonly version: typeof VERSION;
  readonly sizeBytes: number;
  readonly rows: number;
  /** Directories that hold entries, joined. */
  readonly directories: string;
  /** Last segment of each row's path, joined; empty for the root. */
  readonly names: string;
  /** Place in `directories` of each row. */
  readonly directory: Uint32Array;
  readonly kind: Uint8Array;
  readonly mode: Uint16Array;
  readonly uid: Uint32Array;
  readonly gid: Uint32Array;
  readonly mtimeMs: Float64Array;
  readonly size: Float64Array;
  /** Number of extents of each row. */
  readonly extents: Uint32Array;
  /** Of all extents in row order. */
  readonly extentOffset: Float64Array;
  readonly extentLength: Float64Array;
  /** Rows that have a target, and the targets joined. */
  readonly targetRow: Uint32Array;
  readonly targets: string;
  readonly deviceRow: Uint32Array;
  readonly deviceMajor: Uint32Array;
  readonly deviceMinor: Uint32Array;
  readonly xattrs: readonly StoredXattr[];
}

/** The stored form of an index. */
export function encodeLayerIndex(index: LayerIndex): unknown {
  const { entries } = index;
  const rows = entries.length;
  const extents = entries.reduce((count, entry) => count + (entry.extents?.length ?? 0), 0);
  const directoryNumbers = new Map<AbsolutePath, number>();
  const names: string[] = [];
  const targets: string[] = [];
  const targetRow: number[] = [];
  const devices: { readonly row: number; readonly device: DeviceNumber }[] = [];
  const xattrs: StoredXattr[] = [];
  const columns = {
    directory: new Uint32Array(rows),
    kind: new Uint8Array(rows),
    mode: new Uint16Array(rows),
    uid: new Uint32Array(rows),
    gid: new Uint32Array(rows),
    mtimeMs: new Float64Array(rows),
    size: new Float64Array(rows),
    extents: new Uint32Array(rows),
    extentOffset: new Float64Array(extents),
    extentLength: new Float64Array(extents),
  };
  let nextExtent = 0;
  for (const [row, entry] of entries.entries()) {
    const directory = parentPath(entry.path);
    const number = directoryNumbers.get(directory) ?? directoryNumbers.size;
    if (number === directoryNumbers.size) directoryNumbers.set(directory, number);
    names.push(baseName(entry.path));
    columns.directory[row] = number;
    columns.kind[row] = KINDS.indexOf(entry.kind);
    columns.mode[row] = entry.mode;
    columns.uid[row] = entry.uid;
    columns.gid[row] = entry.gid;
    columns.mtimeMs[row] = entry.mtimeMs;
    columns.size[row] = entry.sizeBytes;
    columns.extents[row] = entry.extents?.length ?? 0;
    for (const extent of entry.extents ?? []) {
      columns.extentOffset[nextExtent] = extent.tarOffset ?? HOLE;
      columns.extentLength[nextExtent++] = extent.length;
    }
    if (entry.target !== undefined) {
      targetRow.push(row);
      targets.push(entry.target);
    }
    if (entry.device !== undefined) devices.push({ row, device: entry.device });
    for (const [name, value] of entry.xattrs ?? []) xattrs.push({ row, name, value });
  }
  const stored: StoredIndex = {
    version: VERSION,
    sizeBytes: index.sizeBytes,
    rows,
    directories: [...directoryNumbers.keys()].join(SEPARATOR),
    names: names.join(SEPARATOR),
    ...columns,
    targetRow: Uint32Array.from(targetRow),
    targets: targets.join(SEPARATOR),
    deviceRow: Uint32Array.from(devices, ({ row }) => row),
    deviceMajor: Uint32Array.from(devices, ({ device }) => device.major),
    deviceMinor: Uint32Array.from(devices, ({ device }) => device.minor),
    xattrs,
  };
  return stored;
}

/** True for what has the columns of a stored index; what stands in them is not looked at. */
export function isStoredIndex(stored: unknown): boolean {
  try {
    checkedColumns(stored);
    return true;
  } catch {
    return false;
  }
}

/** The index of a stored form. Throws `corrupt` for anything that `encodeLayerIndex` does not make. */
export function decodeLayerIndex(stored: unknown): LayerIndex {
  const columns = checkedColumns(stored);
  const { rows } = columns;
  const directories = columns.directories.split(SEPARATOR);
  if (rows > 0 && directories.some((path) => resolvePath(path) !== path)) throw corrupt('directories');
  const names = columns.names.split(SEPARATOR);
  if (names.length !== Math.max(rows, 1) || columns.names.includes('/')) throw corrupt('names');
  const rare = rareFields(columns);
  const entries: LayerEntry[] = [];
  let extent = 0;
  for (let row = 0; row < rows; row++) {
    const kind = KINDS[columns.kind[row] ?? KINDS.length];
    if (kind === undefined) throw corrupt('kind');
    const path = checkedPath(directories[columns.directory[row] ?? 0], names[row]);
    const mode = columns.mode[row] ?? 0;
    const uid = columns.uid[row] ?? 0;
    const gid = columns.gid[row] ?? 0;
    const mtimeMs = columns.mtimeMs[row] ?? 0;
    const sizeBytes = columns.size[row] ?? 0;
    const count = columns.extents[row] ?? 0;
    // spelt out, since spreading what is there costs three times the rest of the loop
    const entry: LayerEntry =
      count === 0
        ? { path, kind, mode, uid, gid, mtimeMs, sizeBytes }
        : { path, kind, mode, uid, gid, mtimeMs, sizeBytes, extents: extentsOf(columns, extent, count) };
    const more = rare.size === 0 ? undefined : rare.get(row);
    entries.push(more === undefined ? entry : { ...entry, ...more });
    extent += count;
  }
  if (extent !== columns.extentOffset.length) throw corrupt('extents');
  return { entries, sizeBytes: columns.sizeBytes };
}

function checkedPath(directory: string | undefined, name: string | undefined): AbsolutePath {
  if (directory === undefined || name === undefined) throw corrupt('directory');
  if (name === '' && directory === ROOT) return ROOT;
  if (name === '' || name === '.' || name === '..') throw corrupt('names');
  return childPath(directory as AbsolutePath, name);
}

function extentsOf(columns: StoredIndex, start: number, count: number): TarExtent[] {
  const extents: TarExtent[] = [];
  for (let i = start; i < start + count; i++) {
    const tarOffset = columns.extentOffset[i] ?? HOLE;
    const length = columns.extentLength[i] ?? 0;
    extents.push(tarOffset === HOLE ? { length } : { tarOffset, length });
  }
  return extents;
}

type RareFields = Pick<LayerEntry, 'target' | 'device' | 'xattrs'>;

/** Link targets, device numbers and extended attributes by row. */
function rareFields(columns: StoredIndex): ReadonlyMap<number, RareFields> {
  const fields = new Map<number, RareFields>();
  const add = (row: number, more: RareFields): void => {
    if (row >= columns.rows) throw corrupt('rows');
    fields.set(row, { ...fields.get(row), ...more });
  };
  const targets = columns.targets.split(SEPARATOR);
  if (targets.length !== Math.max(columns.targetRow.length, 1)) throw corrupt('targets');
  columns.targetRow.forEach((row, i) => {
    add(row, { target: targets[i] ?? '' });
  });
  columns.deviceRow.forEach((row, i) => {
    add(row, { device: { major: columns.deviceMajor[i] ?? 0, minor: columns.deviceMinor[i] ?? 0 } });
  });
  for (const { row, name, value } of columns.xattrs) {
    add(row, { xattrs: new Map([...(fields.get(row)?.xattrs ?? []), [name, value]]) });
  }
  return fields;
}

/** The columns of a stored form, each of its type and length. */
function checkedColumns(stored: unknown): StoredIndex {
  if (typeof stored !== 'object' || stored === null) throw corrupt('not an object');
  const record = new Map<string, unknown>(Object.entries(stored));
  if (record.get('version') !== VERSION) throw corrupt('version');

  function number(name: string): number {
    const value = record.get(name);
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw corrupt(name);
    return value;
  }
  function text(name: string): string {
    const value = record.get(name);
    if (typeof value !== 'string') throw corrupt(name);
    return value;
  }
  function column<T extends { readonly length: number }>(
    name: string,
    type: abstract new (...parameters: never[]) => T,
    length?: number,
  ): T {
    const value = record.get(name);
    if (!(value instanceof type) || (length !== undefined && value.length !== length)) throw corrupt(name);
    return value;
  }

  const rows = number('rows');
  const extentOffset = column('extentOffset', Float64Array);
  const deviceRow = column('deviceRow', Uint32Array);
  return {
    version: VERSION,
    sizeBytes: number('sizeBytes'),
    rows,
    directories: text('directories'),
    names: text('names'),
    directory: column('directory', Uint32Array, rows),
    kind: column('kind', Uint8Array, rows),
    mode: column('mode', Uint16Array, rows),
    uid: column('uid', Uint32Array, rows),
    gid: column('gid', Uint32Array, rows),
    mtimeMs: column('mtimeMs', Float64Array, rows),
    size: column('size', Float64Array, rows),
    extents: column('extents', Uint32Array, rows),
    extentOffset,
    extentLength: column('extentLength', Float64Array, extentOffset.length),
    targetRow: column('targetRow', Uint32Array),
    targets: text('targets'),
    deviceRow,
    deviceMajor: column('deviceMajor', Uint32Array, deviceRow.length),
    deviceMinor: column('deviceMinor', Uint32Array, deviceRow.length),
    xattrs: checkedXattrs(record.get('xattrs')),
  };
}

function checkedXattrs(value: unknown): StoredXattr[] {
  if (!Array.isArray(value)) throw corrupt('xattrs');
  return value.map((item: unknown) => {
    if (typeof item !== 'object' || item === null) throw corrupt('xattrs');
    const { row, name, value: bytes } = item as Partial<Record<keyof StoredXattr, unknown>>;
    if (typeof row !== 'number' || typeof name !== 'string' || !(bytes instanceof Uint8Array)) throw corrupt('xattrs');
    return { row, name, value: bytes };
  });
}

function corrupt(column: string): EngineError {
  return new EngineError('corrupt', `The stored index of a layer cannot be read: ${column}.`, { data: { column } });
}
