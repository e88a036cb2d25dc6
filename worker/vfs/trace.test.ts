import { describe, expect, it } from 'vitest';
import { directory, file, hardlink, treeOf, viewOf } from '../../tests/fuzz/layer-fixtures.ts';
import { utf8 } from '../base/bytes.ts';
import { resolvePath } from '../base/path.ts';
import { bodyOf } from './body.ts';
import type { UnionView } from './view.ts';

const options = { mode: 0o755, uid: 0, gid: 0 };

/** `3 found*` for the one that is seen. */
const told = (view: UnionView, path: string): string[] =>
  view.trace(resolvePath(path)).map((hit) => {
    const seen = hit.says === 'found' && hit.visible ? '*' : '';
    return `${hit.layer} ${hit.says}${seen}${hit.says === 'opaque' ? ' ' + hit.directory : ''}`;
  });

describe('trace', () => {
  it('tells top down what each layer says, and which of them is seen', async () => {
    const tree = await treeOf([file('d/f', 'one')], [file('other', '')], [file('d/f', 'three')]);
    expect(told(viewOf(tree), '/d/f')).toEqual(['3 absent', '2 found*', '1 absent', '0 found']);
    expect(told(viewOf(tree), '/d')).toEqual(['3 absent', '2 absent', '1 absent', '0 found*']);
    expect(told(viewOf(tree), '/none')).toEqual(['3 absent', '2 absent', '1 absent', '0 absent']);
  });

  it('shows whiteouts, of the path and of a directory above it', async () => {
    const tree = await treeOf([file('d/f', '')], [file('d/.wh.f')], [directory('e')], [file('.wh.d')]);
    expect(told(viewOf(tree), '/d/f')).toEqual(['4 absent', '3 whiteout', '2 absent', '1 whiteout', '0 found']);
  });

  it('shows opaque directories, and a file that stands where the directory was', async () => {
    const tree = await treeOf([file('a/d/f', '')], [directory('a'), file('a/.wh..wh..opq')], [file('a', 'file now')]);
    expect(told(viewOf(tree), '/a/d/f')).toEqual(['3 absent', '2 whiteout', '1 opaque /a', '0 found']);
  });

  it('does not take a path below a file for a deleted one', async () => {
    const tree = await treeOf([file('f', '')], [file('f', 'again')]);
    expect(told(viewOf(tree), '/f/x')).toEqual(['2 absent', '1 absent', '0 absent']);
  });

  it('tells of the root, which the lowest layer makes', async () => {
    expect(told(viewOf(await treeOf([file('f', '')], [file('g', '')])), '/')).toEqual([
      '2 absent',
      '1 absent',
      '0 found*',
    ]);
    expect(told(viewOf(await treeOf([file('f', '')], [directory('.', 0o700)])), '/')).toEqual([
      '2 absent',
      '1 found*',
      '0 found',
    ]);
  });

  it('tells of the upper: found, whiteout, opaque', async () => {
    const view = viewOf(await treeOf([file('d/f', ''), file('g', ''), file('h', '')]));
    view.removeAll(resolvePath('/d'));
    view.mkdir(resolvePath('/d'), options);
    view.unlink(resolvePath('/g'));
    view.writeFile(resolvePath('/h'), bodyOf(utf8('x')), options);
    expect(told(view, '/d/f')).toEqual(['1 opaque /d', '0 found']);
    expect(told(view, '/g')).toEqual(['1 whiteout', '0 found']);
    expect(told(view, '/h')).toEqual(['1 found*', '0 found']);
  });

  it('gives a hard link the inode of the file it names, also in a lower layer', async () => {
    const view = viewOf(
      await treeOf([file('a', 'content', { mode: 0o640 })], [hardlink('b', 'a'), hardlink('c', 'b')]),
    );
    expect(view.trace(resolvePath('/c'))[1]).toMatchObject({ says: 'found', inode: { kind: 'file', mode: 0o640 } });
  });
});
