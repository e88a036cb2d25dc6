import { expect, it } from 'vitest';
import { resolvePath } from '../../worker/base/path.ts';
import { TreeRows, type ImageDetail, type TreeRow } from '../../worker/api/types.ts';
import { compareImages } from './tree-comparison.ts';

const image = (layers: readonly string[], more: Partial<ImageDetail> = {}): ImageDetail => ({
  id: layers.join(),
  names: [],
  sizeBytes: 0,
  replica: false,
  simulated: false,
  layers,
  stack: [],
  cmd: [],
  entrypoint: [],
  env: [],
  workingDir: '',
  user: '',
  ...more,
});

const row = (path: string, layer: number, more: Partial<TreeRow> = {}): TreeRow => ({
  path: resolvePath(path),
  depth: 1,
  kind: 'file',
  sizeBytes: 5,
  mode: 0o644,
  uid: 0,
  gid: 0,
  mtimeMs: layer,
  layer,
  deleted: false,
  marks: [],
  ...more,
});

const treeOf = (...rows: readonly TreeRow[]): TreeRows => TreeRows.of(rows);

it('tells what came, went and changed, with the bytes it makes', async () => {
  const before = { image: image(['a', 'b']), rows: treeOf(row('/gone', 1), row('/grew', 1), row('/same', 0)) };
  const after = {
    image: image(['a', 'c']),
    rows: treeOf(row('/grew', 1, { sizeBytes: 9 }), row('/new', 1), row('/same', 0), row('/was', 1, { deleted: true })),
  };
  const { paths, sharedLayers } = await compareImages(before, after);
  expect(sharedLayers).toBe(1);
  expect(paths.map(({ path, kind, deltaBytes }) => [path, kind, deltaBytes])).toEqual([
    ['/gone', 'removed', -5],
    ['/grew', 'changed', 4],
    ['/new', 'added', 5],
  ]);
});

it('a file of the same size in another layer is taken for changed when its time is another', async () => {
  const before = { image: image(['a']), rows: treeOf(row('/f', 0, { mtimeMs: 1 })) };
  const after = { image: image(['b']), rows: treeOf(row('/f', 0, { mtimeMs: 2 })) };
  expect((await compareImages(before, after)).paths).toMatchObject([{ path: '/f', kind: 'changed', deltaBytes: 0 }]);
  expect((await compareImages(before, { ...before, image: image(['b']) })).paths).toEqual([]);
});

it('settings that differ are named with both values', async () => {
  const { settings } = await compareImages(
    { image: image([], { user: '' }), rows: TreeRows.NONE },
    { image: image([], { user: 'app' }), rows: TreeRows.NONE },
  );
  expect(settings).toEqual([{ name: 'User', before: 'root', after: 'app' }]);
});

it('tells settings that only one of both images has, and no equal ones', async () => {
  const label = (value: string) => ({ settings: [{ name: 'Labels', value }] });
  const settingsOf = async (was: Partial<ImageDetail>, is: Partial<ImageDetail>) =>
    (await compareImages({ image: image([], was), rows: TreeRows.NONE }, { image: image([], is), rows: TreeRows.NONE }))
      .settings;
  expect(await settingsOf({}, label('a=b'))).toEqual([{ name: 'Labels', before: '', after: 'a=b' }]);
  expect(await settingsOf(label('a=b'), label('a=b'))).toEqual([]);
});

it('trees are compared in the order of a walk, which goes into a directory before a name that begins alike', async () => {
  const directory = row('/a', 0, { kind: 'directory' });
  const before = {
    image: image(['a']),
    rows: treeOf(directory, row('/a/z', 0), row('/a-b', 0), row('/a\u{1f433}', 0)),
  };
  const after = {
    image: image(['b']),
    rows: treeOf(directory, row('/a-b', 0), row('/a\uffee', 0), row('/a\u{1f433}', 0)),
  };
  const { paths } = await compareImages(before, after);
  expect(paths.map(({ path, kind }) => [path, kind])).toEqual([
    ['/a/z', 'removed'],
    ['/a\uffee', 'added'],
  ]);
});

it('a comparison that nobody waits for any more stops', async () => {
  const one = { image: image(['a']), rows: treeOf(row('/f', 0)) };
  const closing = new AbortController();
  closing.abort(new Error('closed'));
  await expect(compareImages(one, one, closing.signal)).rejects.toThrow('closed');
});
