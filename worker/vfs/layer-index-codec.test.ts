import { describe, expect, it } from 'vitest';
import { resolvePath } from '../base/path.ts';
import type { LayerEntry, LayerIndex } from './layer-entry.ts';
import { decodeLayerIndex, encodeLayerIndex } from './layer-index-codec.ts';

const entry = (path: string, more: Partial<LayerEntry> = {}): LayerEntry => ({
  path: resolvePath(path),
  kind: 'file',
  mode: 0o644,
  uid: 0,
  gid: 0,
  mtimeMs: 0,
  sizeBytes: 0,
  ...more,
});

const INDEX: LayerIndex = {
  sizeBytes: 3 * 2 ** 40,
  entries: [
    entry('/', { kind: 'directory', mode: 0o1777, uid: 4_294_967_295, gid: 7, mtimeMs: -1500.25 }),
    entry('/usr/bin/a', { sizeBytes: 2 ** 40, extents: [{ tarOffset: 2 ** 40, length: 5 }, { length: 2 ** 40 - 5 }] }),
    entry('/usr/bin', { kind: 'directory' }),
    entry('/empty'),
    entry('/l\n', { kind: 'symlink', target: '../ü' }),
    entry('/empty target', { kind: 'symlink', target: '' }),
    entry('/h', { kind: 'hardlink', target: '/usr/bin/a' }),
    entry('/dev/sda', { kind: 'block', device: { major: 8, minor: 0 } }),
    entry('/dev/null', {
      kind: 'character',
      device: { major: 1, minor: 3 },
      xattrs: new Map([
        ['user.a', new Uint8Array([0, 255])],
        ['user.b', new Uint8Array()],
      ]),
    }),
    entry('/p', { kind: 'fifo' }),
    entry('/s', { kind: 'socket' }),
    entry('/gone', { kind: 'whiteout' }),
    entry('/opaque', { kind: 'opaque' }),
  ],
};

describe('the stored form of a layer index', () => {
  it('gives back every field of every kind, in order, after a structured clone', () => {
    expect(decodeLayerIndex(structuredClone(encodeLayerIndex(INDEX)))).toEqual(INDEX);
  });

  it('holds an empty index', () => {
    const empty = { entries: [], sizeBytes: 0 };
    expect(decodeLayerIndex(encodeLayerIndex(empty))).toEqual(empty);
  });

  const stored = encodeLayerIndex(INDEX) as Record<string, unknown>;
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a number', 7],
    ['an array', []],
    ['another version', { ...stored, version: 2 }],
    ['a missing column', { ...stored, mode: undefined }],
    ['a column of another type', { ...stored, mode: new Uint8Array(INDEX.entries.length) }],
    ['a short column', { ...stored, uid: new Uint32Array(3) }],
    ['too few names', { ...stored, names: 'a\0b' }],
    ['a name with a slash', { ...stored, names: String(stored['names']).replace('empty', 'a/b') }],
    ['a name that goes up', { ...stored, names: String(stored['names']).replace('empty target', '..') }],
    ['a directory that goes up', { ...stored, directories: String(stored['directories']).replace('/usr', '/..') }],
    ['a directory out of range', { ...stored, directory: new Uint32Array(INDEX.entries.length).fill(99) }],
    ['an unknown kind', { ...stored, kind: new Uint8Array(INDEX.entries.length).fill(99) }],
    ['extents without a row', { ...stored, extents: new Uint32Array(INDEX.entries.length) }],
    ['a target of a row that is not', { ...stored, targetRow: new Uint32Array([99, 0, 0]) }],
    ['a negative size', { ...stored, sizeBytes: -1 }],
    ['attributes of another shape', { ...stored, xattrs: [{ row: 'a' }] }],
  ])('%s is corrupt', (_, bad) => {
    expect(() => decodeLayerIndex(bad)).toThrow(expect.objectContaining({ code: 'corrupt' }));
  });
});
