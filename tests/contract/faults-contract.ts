/** What is left when storage fails or a tab dies: never a half, never something that refers to what is not there. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { streamOf, utf8 } from '../../worker/base/bytes.ts';
import type { Store } from '../../worker/store/index.ts';
import { LEASE_MS } from '../../worker/store/leases.ts';
import { dyingDatabase, fullDatabase } from './fault-database.ts';
import {
  cacheRecord,
  createWorld,
  layerOf,
  putChain,
  putImage,
  type StorageFactory,
  type World,
} from './store-world.ts';

export function describeFaults(factory: StorageFactory): void {
  let world: World;
  beforeEach(async () => {
    world = await createWorld(factory);
  });
  afterEach(() => world.close());

  describe('without room', () => {
    it('a layer, a blob and a project are refused whole with `storage`', async () => {
      const store = world.storeOn(fullDatabase(world.database));
      const refused = { code: 'storage' };
      await expect(store.snapshots.putLayer(await layerOf('x', 'a'))).rejects.toMatchObject(refused);
      await expect(store.content.ingest({}, streamOf(utf8('x')), world.job)).rejects.toMatchObject(refused);
      const body = utf8('x');
      const files = [{ path: 'a', kind: 'file', body, mode: 0o644, mtimeMs: 1 } as const];
      const project = { id: 'p', name: 'p', files, revision: 0, updatedMs: 0 };
      await expect(store.projects.save(project)).rejects.toMatchObject(refused);
      for (const table of ['layers', 'layerIndexes', 'content', 'bodies', 'projects'] as const) {
        expect(await world.database.keys(table), table).toEqual([]);
      }
    });

    it('room can be made: removing and collecting still work', async () => {
      const chainID = await putChain(world.store, await layerOf('x', 'a'));
      const id = await putImage(world.store, 'one', { chainID }, ['a:1']);
      const store = world.storeOn(fullDatabase(world.database));
      await store.images.remove(id);
      expect((await store.gc.collect()).layers).toHaveLength(1);
    });
  });

  describe('after a crash', () => {
    /** What a build does, batch by batch. */
    async function build(store: Store): Promise<void> {
      const lease = store.leases.create();
      const [lower, upper] = [await layerOf('lower', 'a'), await layerOf('upper', 'b')];
      for (const { diffID } of [lower, upper]) await lease.add(`layers/${diffID}`);
      const chainID = await putChain(store, lower, upper);
      await lease.add(`snapshots/${chainID}`);
      await store.buildCache.put(await cacheRecord('RUN make', { result: chainID }));
      await putImage(store, 'one', { chainID }, ['a:1']);
      await lease.release();
    }

    it('at any point nothing refers to what is not there, and the rest can be cleaned up', async () => {
      let batches = 0;
      for (let finished = false; !finished; batches++) {
        const database = await world.openDatabase();
        const dying = world.storeOn(dyingDatabase(database, batches));
        finished = await build(dying).then(
          () => true,
          () => false,
        );
        database.close();
        await expectWhole(world.other);
        await world.clock.advance(LEASE_MS);
        await world.other.gc.collect();
        await expectWhole(world.other);
        await expectOnlyRooted(world);
        await removeRoots(world.other);
        await world.other.gc.collect();
      }
      expect(batches).toBeGreaterThan(8);
      for (const table of ['bodies', 'layers', 'layerIndexes', 'snapshots', 'content', 'leases'] as const) {
        expect(await world.database.keys(table), table).toEqual([]);
      }
    });
  });
}

/** Everything that is referred to can be read. */
async function expectWhole(store: Store): Promise<void> {
  for (const { chainID } of await store.snapshots.listSnapshots()) {
    expect((await store.snapshots.tree(chainID)).layers.length).toBeGreaterThan(0);
  }
  for (const { diffID } of await store.snapshots.listLayers()) await store.snapshots.verifyLayer(diffID);
  for (const image of await store.images.list()) {
    await store.content.readBytes(image.id);
    await store.snapshots.tree(image.chainID);
  }
  for (const [, id] of await store.images.names()) expect(await store.images.get(id)).toBeDefined();
  for (const record of await store.buildCache.list()) await store.snapshots.tree(record.result);
}

/** Without an image or a cache record nothing is left of a build. */
async function expectOnlyRooted({ other }: World): Promise<void> {
  const roots = [...(await other.images.list()), ...(await other.buildCache.list())];
  const layers = await other.snapshots.listLayers();
  expect(layers).toHaveLength(roots.length === 0 ? 0 : 2);
}

async function removeRoots(store: Store): Promise<void> {
  for (const image of await store.images.list()) await store.images.remove(image.id);
  await store.buildCache.remove((await store.buildCache.list()).map((record) => record.key));
}
