import { describe, expect, it } from 'vitest';
import { compareRecords } from './compare.ts';
import type { BuildRecord, LayerRow } from './record-types.ts';

const dir = (path: string, mode = '0755'): LayerRow => ({ path, type: 'dir', mode, uid: 0, gid: 0 });
const file = (path: string, sha256 = 'a'): LayerRow => ({
  path,
  type: 'file',
  mode: '0644',
  uid: 0,
  gid: 0,
  size: 1,
  sha256,
});
const link = (path: string, target: string): LayerRow => ({ ...dir(path, '0644'), type: 'hardlink', target });
const gone = (path: string): LayerRow => ({ ...file(path.replace(/[^/]*$/, '.wh.$&')), mode: '0000' });

const BASE = [[dir('etc'), file('etc/passwd'), dir('d', '0700'), file('d/f'), file('d/g')]];
const image = (...layers: readonly LayerRow[][]): BuildRecord => ({
  exit: 0,
  base: 'busybox',
  config: {},
  history: [],
  layers,
});
const compared = (golden: BuildRecord, ours: BuildRecord) => compareRecords(golden, ours, BASE);
const layers = (golden: LayerRow[], ours: LayerRow[]) => compared(image(golden), image(ours)).kind;

describe('comparing layers', () => {
  it('does not mind the order of entries, nor how paths are written', () => {
    expect(layers([file('a'), file('b')], [file('./b'), file('/a')])).toBe('equal');
  });

  it('minds mode, owner, content and target', () => {
    expect(layers([file('a')], [{ ...file('a'), mode: '0600' }])).toBe('different');
    expect(layers([file('a')], [{ ...file('a'), uid: 1 }])).toBe('different');
    expect(layers([file('a')], [file('a', 'b')])).toBe('different');
  });

  it('takes a directory that repeats what lies below, or is a plain new one, as optional where it is lived in', () => {
    expect(layers([dir('etc'), file('etc/x')], [file('etc/x')])).toBe('equal');
    expect(layers([file('new/x')], [dir('new'), file('new/x')])).toBe('equal');
    expect(layers([file('new/x')], [dir('new', '0700'), file('new/x')])).toBe('different');
    expect(layers([dir('d'), file('d/x')], [file('d/x')])).toBe('different');
  });

  it('notes an entry that repeats what lies below, without anything in it, as soft', () => {
    expect(compared(image([]), image([file('d/f')]))).toMatchObject({ kind: 'soft' });
  });

  it('does not mind which of several names is the file', () => {
    expect(layers([file('a'), link('b', 'a')], [file('b'), link('a', 'b')])).toBe('equal');
    expect(layers([file('a'), link('b', 'a')], [file('a'), file('b')])).toBe('different');
  });

  it('compares whiteouts as sets, and the merged result where one side has an opaque directory', () => {
    expect(layers([gone('d/f')], [])).toBe('different');
    const opaque = { ...file('d/.wh..wh..opq'), mode: '0000' };
    expect(layers([gone('d/f'), gone('d/g'), file('d/n')], [opaque, file('d/n')])).toBe('equal');
    expect(layers([gone('d/f'), file('d/n')], [opaque, file('d/n')])).toBe('different');
  });
});

describe('comparing the rest', () => {
  it('takes an absent value of the config for an empty one', () => {
    expect(
      compared({ ...image(), config: { User: '', Env: ['A=b'] } }, { ...image(), config: { Env: ['A=b'] } }).kind,
    ).toBe('equal');
    expect(compared({ ...image(), config: { Env: ['A=b'] } }, image())).toMatchObject({
      reason: 'config Env is absent, not ["A=b"]',
    });
  });

  it('compares history by what made it and whether it has a layer', () => {
    const row = { created_by: 'RUN x', comment: 'c' };
    expect(compared({ ...image(), history: [row] }, { ...image(), history: [{ created_by: 'RUN x' }] }).kind).toBe(
      'equal',
    );
    expect(
      compared({ ...image(), history: [row] }, { ...image(), history: [{ ...row, empty_layer: true }] }).kind,
    ).toBe('different');
    expect(compared({ ...image(), history: [row] }, image()).kind).toBe('different');
  });

  it('minds the first line of an error, and takes its words and further lines as soft', () => {
    const error = { exit: 1, error: 'checksum of ref <ref>: gone', lines: [2, 3] };
    expect(compared(error, { ...error, exit: 2, error: 'checksum of ref abc:def: gone' }).kind).toBe('equal');
    expect(compared(error, { ...error, error: 'other' }).kind).toBe('soft');
    expect(compared(error, { ...error, lines: [2] }).kind).toBe('soft');
    expect(compared(error, { ...error, lines: [3] }).kind).toBe('different');
    expect(compared(error, image()).kind).toBe('different');
  });
});
