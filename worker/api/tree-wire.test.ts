import fc from 'fast-check';
import { expect, it } from 'vitest';
import { resolvePath } from '../base/path.ts';
import type { TreeRow } from '../engine/model.ts';
import { TreeRows } from './tree-rows.ts';
import { columnsOfRows, memoryOf } from './tree-wire.ts';

const mark = fc.record({
  layer: fc.nat(200),
  mark: fc.constantFrom('added' as const, 'modified' as const, 'deleted' as const, 'opaque' as const),
});
const row: fc.Arbitrary<TreeRow> = fc.record(
  {
    path: fc.string({ unit: 'grapheme', maxLength: 20 }).map((name) => resolvePath(`/${name.replaceAll('\0', '')}`)),
    depth: fc.nat(2000),
    kind: fc.constantFrom('file', 'directory', 'symlink', 'character', 'block', 'fifo', 'socket'),
    sizeBytes: fc.maxSafeNat(),
    mode: fc.nat(0o7777),
    uid: fc.nat(0xffff_ffff),
    gid: fc.nat(0xffff_ffff),
    mtimeMs: fc.integer(),
    layer: fc.nat(200),
    deleted: fc.boolean(),
    marks: fc.array(mark, { maxLength: 3 }),
    target: fc.string(),
  },
  {
    requiredKeys: ['path', 'depth', 'kind', 'sizeBytes', 'mode', 'uid', 'gid', 'mtimeMs', 'layer', 'deleted', 'marks'],
  },
);

it('rows come out of their columns as they went in', () => {
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const columns = columnsOfRows(rows);
      expect([...new TreeRows(structuredClone(columns, { transfer: memoryOf(columns) }))]).toEqual(rows);
    }),
  );
});

it('layers that did the same to many paths are told once', () => {
  const one = { path: '/a', depth: 1, kind: 'file', sizeBytes: 0, mode: 0, uid: 0, gid: 0, mtimeMs: 0 } as const;
  const rows = Array.from({ length: 9 }, (): TreeRow => ({
    ...one,
    path: resolvePath('/a'),
    layer: 1,
    deleted: false,
    marks: [{ layer: 1, mark: 'added' }],
  }));
  expect(columnsOfRows(rows).markLists).toHaveLength(1);
});
