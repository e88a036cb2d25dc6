import { describe, expect, it } from 'vitest';
import { resolvePath } from '../../../worker/base/path.ts';
import {
  TreeRows,
  type ImageDetail,
  type StackRow,
  type TreeRow,
  type WastedFile,
  type WasteReport,
} from '../../../worker/api/types.ts';
import { mapOf, nodeAt, pathTo, writtenName } from './map-nodes.ts';
import { tilesOf } from './treemap-tiles.ts';
import { bytesByKind, causeWords, efficiencyOf, formatShare, wasteGroups } from './waste-groups.ts';

const row = (layer: number, startLine?: number): StackRow => ({
  layer,
  instruction: `RUN ${layer}`,
  sizeBytes: 1,
  added: 0,
  changed: 0,
  deleted: 0,
  base: startLine === undefined,
  ...(startLine === undefined ? {} : { source: { startLine, endLine: startLine } }),
});
const IMAGE: ImageDetail = {
  id: 'i',
  names: [],
  sizeBytes: 0,
  replica: false,
  simulated: false,
  layers: [],
  stack: [row(0), row(1, 2), row(2, 3)],
  cmd: [],
  entrypoint: [],
  env: [],
  workingDir: '',
  user: '',
};
const file = (kind: WastedFile['kind'], path: string, sizeBytes: number, layer: number, cause: number): WastedFile => ({
  kind,
  path: resolvePath(path),
  sizeBytes,
  layer,
  cause,
});
const REPORT: WasteReport = {
  totalBytes: 1000,
  hiddenBytes: 60,
  duplicateBytes: 5,
  files: [
    file('deleted', '/a/x', 40, 1, 2),
    file('deleted', '/a/y', 10, 1, 2),
    file('overwritten', '/b', 10, 0, 2),
    file('duplicate', '/c', 5, 1, 1),
  ],
};

describe('waste by cause', () => {
  it('is grouped by instruction and kind, the largest first', () => {
    const groups = wasteGroups(REPORT, IMAGE);
    expect(groups.map(({ kind, cause, sizeBytes }) => [kind, cause.index, sizeBytes])).toEqual([
      ['deleted', 2, 50],
      ['overwritten', 2, 10],
      ['duplicate', 1, 5],
    ]);
    expect(groups[0]!.facts).toEqual({
      kind: 'deleted',
      causeLine: 3,
      makerLines: [2],
      inBase: false,
      paths: ['/a/x', '/a/y'],
    });
    expect(groups[1]!.facts).toMatchObject({ inBase: true, makerLines: [] });
    expect(causeWords(groups[0]!)).toBe('deletes 2 files that a lower layer keeps');
  });

  it('lowers the efficiency by what nobody sees, once, and not by duplicates', () => {
    expect(efficiencyOf(REPORT)).toBe(0.94);
    expect(efficiencyOf({ ...REPORT, totalBytes: 0, hiddenBytes: 0 })).toBe(1);
    expect(bytesByKind(REPORT).map(([, bytes]) => bytes)).toEqual([50, 10, 0, 5]);
  });

  it('never says 100 % where something is wasted', () => {
    expect(formatShare(0.99999)).toBe('99.9\u00a0%');
    expect(formatShare(1)).toBe('100\u00a0%');
  });
});

describe('the map', () => {
  const seen = (path: string, sizeBytes: number, layer: number): TreeRow => ({
    path: resolvePath(path),
    depth: path.split('/').length - 1,
    kind: 'file',
    sizeBytes,
    mode: 0o644,
    uid: 0,
    gid: 0,
    mtimeMs: 0,
    layer,
    deleted: false,
    marks: [],
  });
  const rows = TreeRows.of([
    seen('/a/z', 100, 1),
    seen('/usr/lib/l', 300, 0),
    { ...seen('/a/x', 40, 2), deleted: true },
  ]);
  const titles = ['base', 'one', 'two'];

  it('holds what is seen and what is not, by path', () => {
    const root = mapOf(rows, REPORT, 'path', titles);
    expect(
      root.children.map(({ name, sizeBytes, hiddenBytes, layer }) => [name, sizeBytes, hiddenBytes, layer]),
    ).toEqual([
      ['usr', 300, 0, 0],
      ['a', 150, 50, 1],
      ['b', 10, 10, 0],
    ]);
    expect(pathTo(root, '/usr/lib').map(({ name }) => name)).toEqual(['/', 'usr', 'lib']);
    expect(nodeAt(root, '/gone')).toBe(root);
  });

  it('is cut by layer first', () => {
    const root = mapOf(rows, REPORT, 'layer', titles);
    expect(root.children.map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
      ['base', 310],
      ['one', 150],
    ]);
    expect(nodeAt(root, '0:/usr').sizeBytes).toBe(300);
    expect([writtenName(root.children[0]!), writtenName(nodeAt(root, '0:/usr'))]).toEqual(['base', 'usr/']);
  });

  it('shows a third level where there is room', () => {
    const root = mapOf(rows, REPORT, 'path', titles);
    const paths = (width: number, height: number): string[] =>
      tilesOf(root, width, height).map(({ node }) => node.path);
    expect(paths(400, 300)).not.toContain('/usr/lib/l');
    expect(paths(800, 600)).toContain('/usr/lib/l');
  });

  it('draws a group that has no room below its name as one tile', () => {
    const thin = TreeRows.of([seen('/big/x', 10_000, 0), seen('/thin/y', 300, 0)]);
    const tiles = tilesOf(mapOf(thin, { ...REPORT, files: [] }, 'path', titles), 100, 300);
    expect(tiles.map(({ node, group }) => [node.path, group])).toEqual([
      ['/big', true],
      ['/big/x', false],
      ['/thin', false],
    ]);
  });

  it('gives every entry an area of its share', () => {
    const tiles = tilesOf(mapOf(rows, REPORT, 'path', titles), 400, 300);
    const top = tiles.filter(({ node }) => ['/usr', '/a', '/b'].includes(node.path));
    const area = (path: string): number => {
      const tile = top.find(({ node }) => node.path === path)!;
      return tile.width * tile.height;
    };
    expect(area('/usr') / area('/a')).toBeGreaterThan(1.7);
    expect(area('/usr') / area('/a')).toBeLessThan(2.3);
    expect(tiles.every(({ x, y, width, height }) => x >= 0 && y >= 0 && x + width <= 400 && y + height <= 300)).toBe(
      true,
    );
  });
});
