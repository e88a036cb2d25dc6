/** The contract of layers and snapshots. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAll, utf8, utf8Text } from '../../worker/base/bytes.ts';
import { resolvePath, segmentsOf } from '../../worker/base/path.ts';
import { gzip } from '../../worker/codec/gzip.ts';
import type { Digest } from '../../worker/oci/digest.ts';
import { layerBodyKey } from '../../worker/store/layer-record.ts';
import type { SnapshotStore } from '../../worker/store/snapshots.ts';
import { readBody } from '../../worker/vfs/body.ts';
import type { Tree, TreeNode } from '../../worker/vfs/tree.ts';
import { createWorld, entry, layerOf, putChain, type StorageFactory, type World } from './store-world.ts';

function nodeAt(tree: Tree, path: string): TreeNode | undefined {
  let node: TreeNode | undefined = tree.root;
  for (const name of segmentsOf(resolvePath(path))) node = node?.children?.get(name);
  return node;
}

async function textAt(tree: Tree, path: string): Promise<string | undefined> {
  const inode = nodeAt(tree, path)?.inode;
  return inode?.kind === 'file' ? utf8Text(await readBody(inode.body)) : undefined;
}

const digestOfLetter = (letter: string) => `sha256:${letter.repeat(64)}` as Digest;

export function describeSnapshots(factory: StorageFactory): void {
  let world: World;
  let snapshots: SnapshotStore;
  beforeEach(async () => {
    world = await createWorld(factory);
    snapshots = world.store.snapshots;
  });
  afterEach(() => world.close());

  describe('a layer', () => {
    it('comes back with its tar and every kind of entry', async () => {
      const layer = await layerOf(
        'body',
        'etc/motd',
        entry('bin', { kind: 'directory', mode: 0o1755, uid: 1, gid: 2, mtimeMs: 1.5 }),
        entry('bin/sh', { kind: 'symlink', target: 'busybox' }),
        entry('etc/motd2', { kind: 'hardlink', target: '/etc/motd' }),
        entry('dev/null', { kind: 'character', device: { major: 1, minor: 3 } }),
        entry('sparse', { sizeBytes: 104, extents: [{ length: 100 }, { tarOffset: 0, length: 4 }] }),
        entry('ping', { xattrs: new Map([['security.capability', new Uint8Array([1, 0, 255])]]) }),
        entry('old', { kind: 'whiteout' }),
        entry('var', { kind: 'opaque' }),
      );
      await snapshots.putLayer(layer);
      const read = await world.other.snapshots.layer(layer.diffID);
      expect(read.index).toEqual(layer.index);
      expect(await read.tar.text()).toBe('body');
      expect(await snapshots.layerInfo(layer.diffID)).toEqual({
        diffID: layer.diffID,
        sizeBytes: layer.index.sizeBytes,
        tarBytes: 4,
        storedBytes: 4,
        createdMs: world.clock.nowMs(),
      });
      expect(await snapshots.listLayers()).toHaveLength(1);
    });

    it('is stored once, however often it is put', async () => {
      const layer = await layerOf('same', 'a');
      await snapshots.putLayer(layer);
      const createdMs = world.clock.nowMs();
      await world.clock.advance(1000);
      await Promise.all([snapshots.putLayer(layer), world.other.snapshots.putLayer(layer)]);
      expect(await snapshots.listLayers()).toMatchObject([{ diffID: layer.diffID, createdMs }]);
    });

    it('whose tar is stored compressed is read as any other, in a later visit too', async () => {
      const { tar, ...layer } = await layerOf(
        'packed'.repeat(100),
        entry('a', { sizeBytes: 600, extents: [{ tarOffset: 0, length: 600 }] }),
      );
      const unpacked = new Uint8Array(await tar.arrayBuffer());
      const packed = await readAll(gzip(tar.stream()));
      await snapshots.putLayer({ ...layer, tar: { packed, tarBytes: 600, unpacked } });
      const chain = await snapshots.putSnapshot(undefined, layer.diffID);
      for (const { snapshots: each } of [world.store, world.other]) {
        expect(await textAt(await each.tree(chain), '/a')).toBe('packed'.repeat(100));
        const read = (await each.layer(layer.diffID)).tar;
        expect([read.size, await read.slice(6, 12).text()]).toEqual([600, 'packed']);
      }
      const lengths = { tarBytes: 600, storedBytes: packed.byteLength };
      expect(await snapshots.layerInfo(layer.diffID)).toMatchObject(lengths);
      expect(await snapshots.listLayers()).toMatchObject([lengths]);
    });

    it('whose compressed tar is damaged is found out, and putting it again heals it', async () => {
      const { tar, ...layer } = await layerOf('packed'.repeat(100), 'a');
      const unpacked = new Uint8Array(await tar.arrayBuffer());
      const whole = { ...layer, tar: { packed: await readAll(gzip(tar.stream())), tarBytes: tar.size, unpacked } };
      const other = await readAll(gzip(new Blob(['another'.repeat(100)]).stream()));
      const damages = [utf8('no gzip'), other, whole.tar.packed.subarray(0, -9)];
      for (const damage of damages) {
        await snapshots.putLayer(whole);
        await expect(snapshots.verifyLayer(layer.diffID)).resolves.toBeUndefined();
        const record = new Uint8Array(whole.tar.packed.byteLength);
        record.set(damage.subarray(0, record.byteLength));
        await world.database.write([{ table: 'bodies', key: layerBodyKey(layer.diffID), record }]);
        const corrupt = { code: 'corrupt', data: { digest: layer.diffID } };
        const fresh = world.storeOn(world.database).snapshots;
        await expect((await fresh.layer(layer.diffID)).tar.text()).rejects.toMatchObject(corrupt);
        await expect(snapshots.verifyLayer(layer.diffID)).rejects.toMatchObject(corrupt);
        expect(await snapshots.hasLayer(layer.diffID)).toBe(false);
      }
    });

    it('that is not there is `not-found`, by digest', async () => {
      const digest = digestOfLetter('a');
      expect(await snapshots.hasLayer(digest)).toBe(false);
      expect(await snapshots.layerInfo(digest)).toBeUndefined();
      await expect(snapshots.layer(digest)).rejects.toMatchObject({ code: 'not-found', data: { digest } });
      await expect(snapshots.verifyLayer(digest)).rejects.toMatchObject({ code: 'not-found', data: { digest } });
    });

    it('is verified by hashing its tar anew', async () => {
      const layer = await layerOf('true bytes', 'a');
      await snapshots.putLayer(layer);
      await expect(snapshots.verifyLayer(layer.diffID)).resolves.toBeUndefined();
      await world.database.write([{ table: 'bodies', key: layerBodyKey(layer.diffID), record: utf8('fake bytes') }]);
      const corrupt = { code: 'corrupt', data: { digest: layer.diffID } };
      await expect(snapshots.verifyLayer(layer.diffID)).rejects.toMatchObject(corrupt);
      expect(await snapshots.hasLayer(layer.diffID)).toBe(false);
      await snapshots.putLayer(layer);
      await expect(snapshots.verifyLayer(layer.diffID)).resolves.toBeUndefined();
    });

    it('that lost its tar or its index is `corrupt`, and putting it again heals it', async () => {
      const layer = await layerOf('bytes', 'a');
      const losses = [
        { table: 'bodies', key: layerBodyKey(layer.diffID), record: undefined },
        { table: 'layerIndexes', key: layer.diffID, record: undefined },
      ] as const;
      for (const loss of losses) {
        await snapshots.putLayer(layer);
        await world.database.write([loss]);
        const fresh = world.storeOn(world.database).snapshots;
        expect(await fresh.hasLayer(layer.diffID)).toBe(false);
        await expect(fresh.layer(layer.diffID)).rejects.toMatchObject({
          code: 'corrupt',
          data: { digest: layer.diffID },
        });
        await fresh.putLayer(layer);
        expect((await fresh.layer(layer.diffID)).index).toEqual(layer.index);
      }
    });

    it('that is gone or damaged makes the chains on it incomplete', async () => {
      const layer = await layerOf('bytes', 'a');
      const upper = await layerOf('more', 'b');
      for (const each of [layer, upper]) await snapshots.putLayer(each);
      const base = await snapshots.putSnapshot(undefined, layer.diffID);
      const top = await snapshots.putSnapshot(base, upper.diffID);
      expect(await snapshots.isComplete(undefined)).toBe(true);
      expect(await snapshots.isComplete(top)).toBe(true);
      for (const record of [undefined, { version: 99 }]) {
        await snapshots.putLayer(layer);
        await world.database.write([{ table: 'layerIndexes', key: layer.diffID, record }]);
        const fresh = world.storeOn(world.database).snapshots;
        expect(await fresh.isComplete(top)).toBe(false);
        expect(await fresh.isComplete(top, base)).toBe(true);
        await fresh.putLayer(layer);
        expect(await fresh.isComplete(top)).toBe(true);
      }
      await world.database.write([{ table: 'snapshots', key: base, record: undefined }]);
      expect(await world.storeOn(world.database).snapshots.isComplete(top)).toBe(false);
    });

    it('whose index is damaged is `corrupt`, naming the record, and putting it again heals it', async () => {
      const layer = await layerOf('bytes', 'a');
      await snapshots.putLayer(layer);
      await world.database.write([{ table: 'layerIndexes', key: layer.diffID, record: { version: 99 } }]);
      await expect(world.other.snapshots.layer(layer.diffID)).rejects.toMatchObject({
        code: 'corrupt',
        data: { table: 'layerIndexes', key: layer.diffID },
      });
      expect(await world.other.snapshots.hasLayer(layer.diffID)).toBe(false);
      await world.other.snapshots.putLayer(layer);
      expect((await world.storeOn(world.database).snapshots.layer(layer.diffID)).index).toEqual(layer.index);
    });
  });

  describe('a snapshot', () => {
    it('is named by the chain it ends', async () => {
      // By hand: sha256("DIFFID_A DIFFID_B"), then sha256("CHAIN_AB DIFFID_C").
      const [a, b, c] = [digestOfLetter('a'), digestOfLetter('b'), digestOfLetter('c')];
      for (const diffID of [a, b, c]) {
        await snapshots.putLayer({ diffID, tar: new Blob(['x']), index: { entries: [], sizeBytes: 0 } });
      }
      expect(await snapshots.putSnapshot(undefined, a)).toBe(a);
      const ab = await snapshots.putSnapshot(a, b);
      expect(ab).toBe('sha256:ccd722928bd92476ba1745586fed6e45a102504185ad88cd89e01ff116fd146c');
      const abc = await snapshots.putSnapshot(ab, c);
      expect(abc).toBe('sha256:c1377126441fb2f5ec2c21ae2a60255331d639e830f0ee1b40a36e52d4c40588');
      expect(await snapshots.putSnapshot(ab, c)).toBe(abc);
      expect(await world.other.snapshots.chain(abc)).toEqual([a, b, c]);
      expect(await snapshots.snapshot(abc)).toMatchObject({ chainID: abc, parent: ab, diffID: c });
      expect(await snapshots.listSnapshots()).toHaveLength(3);
    });

    it('needs its layer and its parent', async () => {
      const layer = await layerOf('x', 'a');
      const missing = digestOfLetter('a');
      await snapshots.putLayer(layer);
      const absent = { code: 'not-found', data: { digest: missing } };
      await expect(snapshots.putSnapshot(undefined, missing)).rejects.toMatchObject(absent);
      await expect(snapshots.putSnapshot(missing, layer.diffID)).rejects.toMatchObject(absent);
      expect(await snapshots.listSnapshots()).toEqual([]);
    });

    it('that is not there has no chain and no tree', async () => {
      const digest = digestOfLetter('a');
      const absent = { code: 'not-found', data: { digest } };
      expect(await snapshots.snapshot(digest)).toBeUndefined();
      await expect(snapshots.chain(digest)).rejects.toMatchObject(absent);
      await expect(snapshots.tree(digest)).rejects.toMatchObject(absent);
      expect(await snapshots.chain(undefined)).toEqual([]);
    });
  });

  describe('the tree of a chain', () => {
    it('is the merge of its layers: the upper wins, whiteouts hide', async () => {
      const lower = await layerOf('lower', 'etc/a', 'etc/b', 'var/c');
      const upper = await layerOf('upper', 'etc/a', 'opt/d', entry('var/c', { kind: 'whiteout' }));
      const chainID = await putChain(world.store, lower, upper);
      const tree = await world.other.snapshots.tree(chainID);
      expect(await textAt(tree, '/etc/a')).toBe('upper');
      expect(await textAt(tree, '/etc/b')).toBe('lower');
      expect(await textAt(tree, '/opt/d')).toBe('upper');
      expect(nodeAt(tree, '/var/c')).toBeUndefined();
      expect(nodeAt(tree, '/etc/a')?.layer).toBe(1);
      expect(tree.layers).toHaveLength(2);
    });

    it('without layers is an empty root', async () => {
      const tree = await snapshots.tree(undefined);
      expect(tree.root.children?.size).toBe(0);
      expect(tree.layers).toEqual([]);
    });

    it('is merged once for all who ask, and shares what its parent has', async () => {
      const below = await putChain(world.store, await layerOf('lower', 'etc/a', 'usr/b'));
      const top = await layerOf('upper', 'etc/c');
      await snapshots.putLayer(top);
      const chainID = await snapshots.putSnapshot(below, top.diffID);
      const [one, two] = await Promise.all([snapshots.tree(chainID), snapshots.tree(chainID)]);
      expect(one).toBe(two);
      expect(await snapshots.tree(chainID)).toBe(one);
      expect(nodeAt(one, '/usr')).toBe(nodeAt(await snapshots.tree(below), '/usr'));
    });

    it('is not given from memory once another tab removed the chain', async () => {
      const chainID = await putChain(world.store, await layerOf('x', 'a'));
      await snapshots.tree(chainID);
      await world.other.gc.collect();
      await expect(snapshots.tree(chainID)).rejects.toMatchObject({ code: 'not-found', data: { digest: chainID } });
    });
  });
}
