import { expect, it } from 'vitest';
import type { AbsolutePath } from '../base/path.ts';
import type { LayerEntry } from './layer-entry.ts';
import { decodeLayerIndex, encodeLayerIndex } from './layer-index-codec.ts';
import { layerIndexToJSON, storedIndexOfJSON } from './layer-index-json.ts';

function entry(path: string, more: Partial<LayerEntry> = {}): LayerEntry {
  return {
    path: path as AbsolutePath,
    kind: 'file',
    mode: 0o644,
    uid: 0,
    gid: 0,
    mtimeMs: 1500,
    sizeBytes: 0,
    ...more,
  };
}

const INDEX = {
  sizeBytes: 1340,
  entries: [
    entry('/', { kind: 'directory', mode: 0o755 }),
    entry('/empty'),
    entry('/whole', { sizeBytes: 40, extents: [{ tarOffset: 1536, length: 40 }] }),
    entry('/hole', { sizeBytes: 1000, extents: [{ length: 1000 }] }),
    entry('/sparse', {
      sizeBytes: 300,
      extents: [{ length: 100 }, { tarOffset: 4096, length: 50 }, { length: 50 }, { tarOffset: 4146, length: 100 }],
    }),
    entry('/link', { kind: 'symlink', target: 'whole' }),
    entry('/dev/null', { kind: 'character', device: { major: 1, minor: 3 } }),
    entry('/ping', { mode: 0o4755, xattrs: new Map([['security.capability', Uint8Array.of(1, 0, 255)]]) }),
    entry('/gone', { kind: 'whiteout' }),
  ],
};

const asFile = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

it('comes back from a file as it was', () => {
  const stored = storedIndexOfJSON(asFile(layerIndexToJSON(INDEX)));
  expect(stored).toEqual(encodeLayerIndex(INDEX));
  expect(decodeLayerIndex(stored)).toEqual(INDEX);
});

it('comes back where there is no entry', () => {
  const empty = { entries: [], sizeBytes: 0 };
  expect(decodeLayerIndex(storedIndexOfJSON(asFile(layerIndexToJSON(empty))))).toEqual(empty);
});

it.each([
  ['nothing', () => undefined],
  ['a list', () => []],
  ['a column that is missing', ({ mode: _, ...rest }: Record<string, unknown>) => rest],
  ['a column of texts', (columns: Record<string, unknown>) => ({ ...columns, uid: ['0'] })],
  ['a column that is too short', (columns: Record<string, unknown>) => ({ ...columns, gid: [0] })],
  ['fewer offsets than extents', (columns: Record<string, unknown>) => ({ ...columns, extentOffset: [1536] })],
  [
    'extents longer than their file',
    (columns: Record<string, unknown>) => ({ ...columns, extentLength: [9e9, 50, 50] }),
  ],
  ['attributes that are none', (columns: Record<string, unknown>) => ({ ...columns, xattrs: [7] })],
])('refuses %s', (_, damage: (columns: Record<string, unknown>) => unknown) => {
  const columns = asFile(layerIndexToJSON(INDEX)) as Record<string, unknown>;
  const read = (): unknown => decodeLayerIndex(storedIndexOfJSON(damage(columns)));
  expect(read).toThrow(expect.objectContaining({ code: 'corrupt' }));
});
