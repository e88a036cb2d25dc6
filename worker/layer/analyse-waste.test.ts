import { describe, expect, it } from 'vitest';
import { directory, file, hardlink, treeOf, type ArchiveEntry } from '../../tests/fuzz/layer-fixtures.ts';
import { utf8Text } from '../base/bytes.ts';
import { readBody } from '../vfs/body.ts';
import { analyseWaste, type WasteReport } from './analyse-waste.ts';

const wasteOf = async (...layers: readonly (readonly ArchiveEntry[])[]): Promise<WasteReport> =>
  analyseWaste(await treeOf(...layers), async (body) => utf8Text(await readBody(body)));

/** `kind path bytes layer<cause`. */
const told = ({ files }: WasteReport): string[] =>
  files.map(({ kind, path, sizeBytes, layer, cause }) => `${kind} ${path} ${sizeBytes} ${layer}<${cause}`);

describe('analyseWaste', () => {
  it('tells what was overwritten, deleted, and copied for its mode alone, each byte once', async () => {
    const report = await wasteOf(
      [directory('d'), file('d/a', 'aaaa'), file('d/b', 'bbb'), file('d/c', 'cc')],
      [directory('d'), file('d/a', 'new'), file('d/.wh.b'), file('d/c', 'cc', { mode: 0o755, uid: 7 })],
      [directory('d'), file('d/a', 'newer')],
    );
    expect(told(report)).toEqual([
      'overwritten /d/a 4 0<1',
      'overwritten /d/a 3 1<2',
      'deleted /d/b 3 0<1',
      'metadata /d/c 2 0<1',
    ]);
    expect(report.files[3]).toMatchObject({ mode: 0o755, owner: '7:0' });
    expect(report).toMatchObject({ totalBytes: 4 + 3 + 2 + 3 + 2 + 5, hiddenBytes: 12, duplicateBytes: 0 });
  });

  it('counts all below a directory that was deleted, emptied by an opaque mark, or replaced by a file', async () => {
    const report = await wasteOf(
      [file('gone/x/f', '1'), file('made-anew/f', '22'), file('turned/f', '333')],
      [file('.wh.gone'), directory('made-anew'), file('made-anew/.wh..wh..opq'), file('turned', 'now a file')],
    );
    expect(told(report)).toEqual(['deleted /turned/f 3 0<1', 'deleted /made-anew/f 2 0<1', 'deleted /gone/x/f 1 0<1']);
  });

  it('takes a whiteout with a new file in its place for overwriting', async () => {
    const report = await wasteOf([file('d/f', 'old')], [file('.wh.d'), directory('d'), file('d/f', 'other')]);
    expect(told(report)).toEqual(['overwritten /d/f 3 0<1']);
  });

  it('counts a file with two names as wasted when the last name is hidden', async () => {
    const first = [file('a', 'text'), hardlink('b', 'a')];
    expect(told(await wasteOf(first, [file('.wh.a')]))).toEqual([]);
    expect(told(await wasteOf(first, [file('.wh.a')], [file('b', 'else')]))).toEqual(['overwritten /a 4 0<2']);
  });

  it('finds content that is in the image twice, but not a second name of one file', async () => {
    const big = 'x'.repeat(5000);
    const report = await wasteOf([file('a', big), hardlink('link', 'a')], [file('copy', big), file('small', 'x')]);
    expect(told(report)).toEqual(['duplicate /copy 5000 1<1']);
    expect(report.files[0]?.firstPath).toBe('/a');
    expect(report).toMatchObject({ hiddenBytes: 0, duplicateBytes: 5000 });
  });

  it('finds nothing in an image whose layers only add', async () => {
    expect(await wasteOf([file('a', '1')], [file('b', '2')])).toMatchObject({
      totalBytes: 2,
      hiddenBytes: 0,
      files: [],
    });
  });
});
