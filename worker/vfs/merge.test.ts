import { describe, expect, it } from 'vitest';
import {
  areOneFile,
  directory,
  file,
  hardlink,
  layerOf,
  listing,
  symlink,
  textAt,
  treeOf,
  viewOf,
} from '../../tests/fuzz/layer-fixtures.ts';
import { resolvePath } from '../base/path.ts';
import { applyLayerEntries, EMPTY_TREE } from './merge.ts';
import { nodeAt } from './tree-editor.ts';

const inodeAt = (tree: Awaited<ReturnType<typeof treeOf>>, path: string) => nodeAt(tree.root, resolvePath(path))?.inode;

describe('a layer on a tree', () => {
  it('adds its entries and says which layer each path is of', async () => {
    const tree = await treeOf([directory('etc'), file('etc/hosts', 'a')], [file('etc/motd', 'b')]);
    expect(listing(tree)).toEqual(['etc/', 'etc/hosts', 'etc/motd']);
    expect(nodeAt(tree.root, resolvePath('/etc/hosts'))?.layer).toBe(0);
    expect(nodeAt(tree.root, resolvePath('/etc/motd'))?.layer).toBe(1);
    expect(await textAt(tree, '/etc/motd')).toBe('b');
  });

  it('leaves the tree below as it was and shares what it does not touch', async () => {
    const below = await treeOf([file('a/x', '1'), file('b/y', '2')]);
    const before = listing(below);
    const tree = applyLayerEntries(below, await layerOf(file('a/.wh.x'), file('a/z', '3')));
    expect(listing(below)).toEqual(before);
    expect(listing(tree)).toEqual(['a/', 'a/z', 'b/', 'b/y']);
    expect(nodeAt(tree.root, resolvePath('/b'))).toBe(nodeAt(below.root, resolvePath('/b')));
  });

  it('keeps what is in a directory and takes its new attributes', async () => {
    const tree = await treeOf([directory('d', 0o755), file('d/f')], [{ ...directory('d', 0o700), uid: 5 }]);
    expect(listing(tree)).toEqual(['d/', 'd/f']);
    expect(inodeAt(tree, '/d')).toMatchObject({ mode: 0o700, uid: 5 });
  });

  it('gives the root the attributes of its entry', async () => {
    expect((await treeOf([directory('./', 0o711)])).root.inode.mode).toBe(0o711);
  });

  it('replaces a directory by a file and a file by a directory', async () => {
    const below = [file('d/f', 'x'), file('e', 'y')];
    const tree = await treeOf(below, [file('d', 'now a file'), directory('e'), file('e/in', 'z')]);
    expect(listing(tree)).toEqual(['d', 'e/', 'e/in']);
  });

  it('makes missing parents as 0755 of root', async () => {
    const tree = await treeOf([file('a/b/c', '')]);
    expect(inodeAt(tree, '/a/b')).toMatchObject({ kind: 'directory', mode: 0o755, uid: 0, gid: 0 });
  });

  it('keeps devices, pipes, set-id bits and extended attributes', async () => {
    const xattrs = new Map([['security.capability', new Uint8Array([1, 2])]]);
    const tree = await treeOf([
      { path: 'null', type: 'character', device: { major: 1, minor: 3 }, mode: 0o666 },
      { path: 'pipe', type: 'fifo', mode: 0o640 },
      file('su', 'x', { mode: 0o4755, xattrs }),
    ]);
    expect(inodeAt(tree, '/null')).toMatchObject({ kind: 'character', device: { major: 1, minor: 3 } });
    expect(inodeAt(tree, '/pipe')).toMatchObject({ kind: 'fifo', mode: 0o640 });
    expect(inodeAt(tree, '/su')).toMatchObject({ mode: 0o4755, xattrs });
  });

  it('refuses a file as a parent and says where', async () => {
    const layer = await layerOf(file('f', ''), file('f/x', ''));
    expect(() => applyLayerEntries(EMPTY_TREE, layer)).toThrow(
      expect.objectContaining({ code: 'invalid-document', data: { path: '/f/x' } }),
    );
  });

  it('refuses parents that are links in a circle', async () => {
    const layer = await layerOf(symlink('a', 'b'), symlink('b', 'a'), file('a/x', ''));
    expect(() => applyLayerEntries(EMPTY_TREE, layer)).toThrow(/too many links/);
  });
});

describe('whiteouts', () => {
  it('take a file, a link (not its target) and a whole directory away', async () => {
    const below = [file('f', ''), file('d/sub/x', ''), directory('etc'), file('etc/p', ''), symlink('l', 'etc')];
    const tree = await treeOf(below, [file('.wh.f'), file('.wh.d'), file('.wh.l')]);
    expect(listing(tree)).toEqual(['etc/', 'etc/p']);
  });

  it('never touch entries of their own layer, wherever they stand', async () => {
    const tree = await treeOf(
      [file('a', 'old'), file('b', 'old')],
      [file('.wh.a'), file('a', 'new'), file('b', 'new'), file('.wh.b')],
    );
    expect(listing(tree)).toEqual(['a', 'b']);
    expect(await textAt(tree, '/b')).toBe('new');
  });

  it('hide what was in a directory that is made anew', async () => {
    const tree = await treeOf([file('d/old', '')], [file('.wh.d'), directory('d'), file('d/new', '')]);
    expect(listing(tree)).toEqual(['d/', 'd/new']);
  });

  it('follow a link of the lower layers in their parents, but not one that leads nowhere', async () => {
    const below = [file('etc/x', ''), file('etc/y', ''), symlink('l', '/etc'), symlink('dead', '/nowhere')];
    expect(listing(await treeOf(below, [file('l/.wh.x'), file('dead/.wh.y')]))).toEqual(['dead', 'etc/', 'etc/y', 'l']);
  });

  it('do not follow a link that their layer replaces by a directory', async () => {
    const below = [file('etc/x', ''), symlink('l', '/etc')];
    expect(listing(await treeOf(below, [directory('l'), file('l/.wh.x')]))).toEqual(['etc/', 'etc/x', 'l/']);
  });

  it('of what is not there change nothing', async () => {
    const below = await treeOf([file('a', '')]);
    expect(applyLayerEntries(below, await layerOf(file('no/.wh.x'), file('.wh.y'))).root).toBe(below.root);
  });

  it('an opaque marker hides all lower entries of its directory though it comes last', async () => {
    const below = [file('d/old', ''), file('d/sub/old', ''), file('other', '')];
    const tree = await treeOf(below, [directory('d'), file('d/sub/new', ''), file('d/.wh..wh..opq')]);
    expect(listing(tree)).toEqual(['d/', 'd/sub/', 'd/sub/new', 'other']);
  });
});

describe('names that lead elsewhere', () => {
  it('stay inside the root', async () => {
    expect(listing(await treeOf([file('../../a', ''), file('/b', ''), file('x/../../c', '')]))).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it.each([
    ['an absolute link', '/etc'],
    ['a link through a directory and up', '/dummy/../etc'],
    ['a link far above the root', '../../../../etc'],
  ])('an entry below %s lands at its target inside the root', async (_, target) => {
    const tree = await treeOf([directory('etc'), directory('dummy'), symlink('l', target), file('l/f', 'in')]);
    expect(await textAt(tree, '/etc/f')).toBe('in');
    expect(inodeAt(tree, '/l')?.kind).toBe('symlink');
  });

  it('make the directory a dangling link points to', async () => {
    const tree = await treeOf([symlink('l', '/far/away')], [file('l/f', 'x')]);
    expect(listing(tree)).toEqual(['far/', 'far/away/', 'far/away/f', 'l']);
  });

  it('stand in the stack under the path they have in the tree', async () => {
    const tree = await treeOf([directory('usr/lib'), symlink('lib', 'usr/lib')], [file('lib/x', '')]);
    expect(tree.layers[1]?.index.entries.map(({ path }) => path)).toEqual(['/usr/lib/x']);
    expect(viewOf(tree).trace(resolvePath('/usr/lib/x'))[1]).toMatchObject({ layer: 1, says: 'found', visible: true });
  });

  it('a link entry replaces a directory, and later entries go where it points', async () => {
    const tree = await treeOf([file('etc/p', ''), directory('l')], [symlink('l', '/etc'), file('l/q', '')]);
    expect(listing(tree)).toEqual(['etc/', 'etc/p', 'etc/q', 'l']);
  });
});

describe('hard links', () => {
  it('name one file, in the layer and of a lower one', async () => {
    const tree = await treeOf([file('a', 'x'), hardlink('b', 'a')], [hardlink('c', '/b')]);
    expect(areOneFile(tree, '/a', '/b')).toBe(true);
    expect(areOneFile(tree, '/a', '/c')).toBe(true);
    expect(await textAt(tree, '/c')).toBe('x');
  });

  it('are of different files when their files are', async () => {
    const tree = await treeOf([file('a', 'x'), hardlink('b', 'a')], [file('c', 'x'), hardlink('d', 'c')]);
    expect(areOneFile(tree, '/b', '/d')).toBe(false);
  });

  it('find their target through links in its parents, not outside the root', async () => {
    const tree = await treeOf([
      file('etc/p', 'x'),
      symlink('l', '../../../etc'),
      hardlink('m', '/l/p'),
      hardlink('n', '../../etc/p'),
    ]);
    expect(areOneFile(tree, '/m', '/etc/p')).toBe(true);
    expect(areOneFile(tree, '/n', '/etc/p')).toBe(true);
  });

  it('to a symbolic link are that link', async () => {
    const tree = await treeOf([symlink('l', '/nowhere'), hardlink('m', 'l')]);
    expect(inodeAt(tree, '/m')).toMatchObject({ kind: 'symlink', target: '/nowhere' });
  });

  it('an entry that replaces one name leaves the others', async () => {
    const tree = await treeOf([file('a', 'x'), hardlink('b', 'a')], [file('a', 'y')]);
    expect(areOneFile(tree, '/a', '/b')).toBe(false);
    expect(await textAt(tree, '/b')).toBe('x');
  });

  it.each([
    ['nothing', '/none'],
    ['a directory', '/d'],
  ])('to %s are refused', async (_, target) => {
    const layer = await layerOf(directory('d'), hardlink('x', target));
    expect(() => applyLayerEntries(EMPTY_TREE, layer)).toThrow(expect.objectContaining({ code: 'invalid-document' }));
  });
});
