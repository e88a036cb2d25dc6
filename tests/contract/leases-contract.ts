/** The contract of leases and of garbage collection. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { utf8 } from '../../worker/base/bytes.ts';
import { digestOf } from '../../worker/codec/sha256.ts';
import { MEDIA_TYPES } from '../../worker/oci/descriptor.ts';
import type { Digest } from '../../worker/oci/digest.ts';
import { contentBodyKey } from '../../worker/store/content.ts';
import type { GarbageCollector } from '../../worker/store/gc.ts';
import { LEASE_MS } from '../../worker/store/leases.ts';
import {
  cacheRecord,
  containerRecord,
  createWorld,
  layerOf,
  putChain,
  putImage,
  type StorageFactory,
  type World,
} from './store-world.ts';

export function describeLeases(factory: StorageFactory): void {
  let world: World;
  beforeEach(async () => {
    world = await createWorld(factory);
  });
  afterEach(() => world.close());

  it('protect what they name until they are released', async () => {
    const lease = world.store.leases.create();
    await lease.add('layers/sha256:x');
    await lease.add('content/sha256:y');
    await lease.add('layers/sha256:x');
    expect([...(await world.other.leases.protectedResources())].sort()).toEqual([
      'content/sha256:y',
      'layers/sha256:x',
    ]);
    await lease.release();
    await lease.release();
    expect(await world.other.leases.protectedResources()).toEqual(new Set());
    expect(await world.database.keys('leases')).toEqual([]);
  });

  it('are renewed as long as they are held', async () => {
    const lease = world.store.leases.create();
    await lease.add('layers/sha256:x');
    await world.clock.advance(LEASE_MS * 5);
    expect(await world.other.leases.protectedResources()).toEqual(new Set(['layers/sha256:x']));
    await lease.release();
    await world.clock.advance(LEASE_MS);
    expect(await world.database.keys('leases')).toEqual([]);
  });

  it('of a tab that is gone run out by themselves', async () => {
    const database = await world.openDatabase();
    const lease = world.storeOn(database).leases.create();
    await lease.add('layers/sha256:x');
    database.close();
    await world.clock.advance(LEASE_MS - 1);
    expect(await world.store.leases.protectedResources()).toEqual(new Set(['layers/sha256:x']));
    await world.clock.advance(1);
    expect(await world.store.leases.protectedResources()).toEqual(new Set());
  });

  it('take nothing more once released', async () => {
    const lease = world.store.leases.create();
    await lease.release();
    await expect(lease.add('layers/sha256:x')).rejects.toMatchObject({ code: 'internal' });
  });

  it('hold all resources that are added at once', async () => {
    const lease = world.store.leases.create();
    await Promise.all(Array.from({ length: 10 }, (_, i) => lease.add(`layers/${i}`)));
    expect((await world.store.leases.protectedResources()).size).toBe(10);
    await lease.release();
  });
}

export function describeGarbageCollection(factory: StorageFactory): void {
  let world: World;
  let gc: GarbageCollector;
  beforeEach(async () => {
    world = await createWorld(factory);
    gc = world.store.gc;
  });
  afterEach(() => world.close());

  const ingest = async (mediaType: string, value: unknown): Promise<Digest> =>
    (await world.store.content.ingestBytes(mediaType, utf8(JSON.stringify(value)))).digest;

  it('frees what nothing refers to, and tells what and how much', async () => {
    const lower = await layerOf('lower', 'a');
    const upper = await layerOf('the upper', 'b');
    const chainID = await putChain(world.store, lower, upper);
    const blob = await ingest('text/plain', 'twelve bytes');
    const expected = {
      snapshots: [lower.diffID, chainID].sort(),
      layers: [lower.diffID, upper.diffID].sort(),
      content: [blob],
      freedBytes: 'lower'.length + 'the upper'.length + 14,
    };
    expect(await gc.preview()).toEqual(expected);
    expect(await world.store.snapshots.listLayers()).toHaveLength(2);
    expect(await gc.collect()).toEqual(expected);
    for (const table of ['content', 'layers', 'layerIndexes', 'snapshots', 'bodies'] as const) {
      expect(await world.database.keys(table), table).toEqual([]);
    }
    expect(await gc.collect()).toMatchObject({ layers: [], freedBytes: 0 });
  });

  it('keeps the chain, config, manifest and compressed layers of an image', async () => {
    const lower = await layerOf('lower', 'a');
    const chainID = await putChain(world.store, lower, await layerOf('upper', 'b'));
    const compressed = await ingest(MEDIA_TYPES.ociLayerGzip, 'zipped');
    const manifest = await ingest(MEDIA_TYPES.ociManifest, { schemaVersion: 2, layers: [{ digest: compressed }] });
    const index = await ingest(MEDIA_TYPES.ociIndex, { schemaVersion: 2, manifests: [{ digest: manifest }] });
    const stray = await ingest(MEDIA_TYPES.ociManifest, { schemaVersion: 2, layers: [{ digest: lower.diffID }] });
    const id = await putImage(world.store, 'one', { chainID, manifestDigest: index });
    expect(await gc.collect()).toMatchObject({ layers: [], snapshots: [], content: [stray] });
    await world.store.images.remove(id);
    const report = await gc.collect();
    expect(report.content).toHaveLength(4);
    expect(report.layers).toHaveLength(2);
  });

  it('keeps what a container stands on, even when its image is gone', async () => {
    const chainID = await putChain(world.store, await layerOf('lower', 'a'));
    const upper = await layerOf('written', 'b');
    await world.store.snapshots.putLayer(upper);
    const imageID = await putImage(world.store, 'one', { chainID });
    await world.store.containers.put(containerRecord('c', imageID, { chainID, upper: upper.diffID }));
    await world.store.images.remove(imageID);
    expect(await gc.collect()).toMatchObject({ layers: [], snapshots: [], content: [imageID] });
    await world.store.containers.remove('c');
    expect((await gc.collect()).layers).toHaveLength(2);
  });

  it('keeps results of the build cache', async () => {
    const result = await putChain(world.store, await layerOf('lower', 'a'), await layerOf('upper', 'b'));
    const record = await cacheRecord('RUN make', { result });
    await world.store.buildCache.put(record);
    expect(await gc.collect()).toMatchObject({ layers: [], snapshots: [] });
    await world.store.buildCache.remove([record.key]);
    expect((await gc.collect()).layers).toHaveLength(2);
  });

  it('keeps what a lease of another tab protects, with all that it stands on', async () => {
    const lease = world.other.leases.create();
    const lower = await layerOf('lower', 'a');
    const upper = await layerOf('upper', 'b');
    const loose = await layerOf('loose', 'c');
    const chainID = await putChain(world.other, lower, upper);
    await world.other.snapshots.putLayer(loose);
    const blob = await ingest(MEDIA_TYPES.ociLayerGzip, 'zipped');
    const manifest = await ingest(MEDIA_TYPES.ociManifest, { schemaVersion: 2, layers: [{ digest: blob }] });
    await lease.add(`snapshots/${chainID}`);
    await lease.add(`layers/${loose.diffID}`);
    await lease.add(`content/${manifest}`);
    expect(await gc.collect()).toMatchObject({ layers: [], snapshots: [], content: [] });
    await lease.release();
    expect((await gc.collect()).layers).toHaveLength(3);
  });

  it('keeps all of a leased image, even when another tab removes it', async () => {
    const chainID = await putChain(world.store, await layerOf('lower', 'a'));
    const manifest = await ingest(MEDIA_TYPES.ociManifest, { schemaVersion: 2, layers: [] });
    const id = await putImage(world.store, 'one', { chainID, manifestDigest: manifest });
    const lease = world.store.leases.create();
    await lease.add(`images/${id}`);
    await world.other.images.remove(id);
    expect(await world.other.gc.collect()).toMatchObject({ layers: [], snapshots: [], content: [] });
    await lease.release();
    expect((await world.other.gc.collect()).content).toHaveLength(2);
  });

  it('keeps the snapshots that a leased layer is the top of', async () => {
    const [lower, upper] = [await layerOf('lower', 'a'), await layerOf('upper', 'b')];
    const lease = world.store.leases.create();
    await lease.add(`layers/${upper.diffID}`);
    const chainID = await putChain(world.store, lower, upper);
    await gc.collect();
    expect(await world.store.snapshots.chain(chainID)).toEqual([lower.diffID, upper.diffID]);
    await lease.release();
  });

  it('takes what a lease that ran out protected, and the lease', async () => {
    const database = await world.openDatabase();
    const crashed = world.storeOn(database);
    const lease = crashed.leases.create();
    const layer = await layerOf('half a build', 'a');
    await lease.add(`layers/${layer.diffID}`);
    await crashed.snapshots.putLayer(layer);
    database.close();
    expect(await gc.collect()).toMatchObject({ layers: [] });
    await world.clock.advance(LEASE_MS);
    expect(await gc.collect()).toMatchObject({ layers: [layer.diffID] });
    expect(await world.database.keys('leases')).toEqual([]);
  });

  it('spares what is young, and what that stands on, when asked to', async () => {
    const lower = await layerOf('lower', 'a');
    const below = await putChain(world.store, lower);
    const old = await ingest('text/plain', 'old');
    await world.clock.advance(10_000);
    const upper = await layerOf('upper', 'b');
    await world.store.snapshots.putLayer(upper);
    await world.store.snapshots.putSnapshot(below, upper.diffID);
    await ingest('text/plain', 'young');
    expect(await gc.collect({ graceMs: 5000 })).toMatchObject({ layers: [], snapshots: [], content: [old] });
    expect((await gc.collect()).layers).toHaveLength(2);
  });

  it('stops at a damaged root, and removes nothing', async () => {
    await putChain(world.store, await layerOf('x', 'a'));
    const damage = { table: 'images', key: 'sha256:bad', record: { id: 5 } } as const;
    await world.database.write([damage as never]);
    await expect(gc.collect()).rejects.toMatchObject({ code: 'corrupt', data: { key: 'sha256:bad' } });
    expect(await world.store.snapshots.listLayers()).toHaveLength(1);
  });

  it('keeps a manifest that it cannot read, and goes on', async () => {
    const manifest = await ingest(MEDIA_TYPES.ociManifest, { schemaVersion: 2, layers: [] });
    const id = await putImage(world.store, 'one', { manifestDigest: manifest });
    await world.database.write([{ table: 'bodies', key: contentBodyKey(manifest), record: utf8('{"schemaV"') }]);
    const stray = await ingest('text/plain', 'stray');
    expect(await gc.collect()).toMatchObject({ content: [stray] });
    expect(await world.store.images.get(id)).toMatchObject({ manifestDigest: manifest });
  });

  it('of two tabs at once frees each thing once', async () => {
    await putChain(world.store, await layerOf('x', 'a'), await layerOf('y', 'b'));
    const reports = await Promise.all([gc.collect(), world.other.gc.collect()]);
    expect(reports.map((report) => report.layers.length).sort((a, b) => a - b)).toEqual([0, 2]);
  });

  it('never takes what a leased job in another tab is about to use', async () => {
    const shared = await layerOf('shared by all builds', 'base');
    const build = async (i: number): Promise<void> => {
      const lease = world.other.leases.create();
      const own = await layerOf(`own ${i}`, `file${i}`);
      await lease.add(`layers/${shared.diffID}`);
      await lease.add(`layers/${own.diffID}`);
      // Found there or not, it stays from here on: so a build may skip what it finds.
      if (!(await world.other.snapshots.hasLayer(shared.diffID))) await world.other.snapshots.putLayer(shared);
      const base = await world.other.snapshots.putSnapshot(undefined, shared.diffID);
      await world.other.snapshots.putLayer(own);
      const chainID = await world.other.snapshots.putSnapshot(base, own.diffID);
      await lease.add(`snapshots/${chainID}`);
      expect((await world.other.snapshots.tree(chainID)).layers).toHaveLength(2);
      await lease.release();
    };
    let building = true;
    const builds = (async () => {
      for (let i = 0; i < 12; i++) await build(i);
      building = false;
    })();
    let collections = 0;
    const collecting = (async () => {
      while (building) {
        await gc.collect();
        collections++;
        await world.clock.yieldTask();
      }
    })();
    await Promise.all([builds, collecting]);
    expect(collections).toBeGreaterThan(3);
  });

  it('leaves every image of two building tabs whole', async () => {
    const publish = async (tab: 'store' | 'other', i: number): Promise<void> => {
      const store = world[tab];
      const lease = store.leases.create();
      const layer = await layerOf(`layer ${i % 4}`, 'file');
      await lease.add(`layers/${layer.diffID}`);
      await lease.add(`snapshots/${layer.diffID}`);
      const chainID = await putChain(store, layer);
      const config = utf8(`{"config":"${tab} ${i}"}`);
      await lease.add(`content/${await digestOf(config)}`);
      await putImage(store, `${tab} ${i}`, { chainID }, [`${tab}:latest`]);
      await lease.release();
      await store.gc.collect();
    };
    const run = async (tab: 'store' | 'other'): Promise<void> => {
      for (let i = 0; i < 8; i++) await publish(tab, i);
    };
    await Promise.all([run('store'), run('other')]);
    const images = await world.store.images.list();
    expect(images).toHaveLength(16);
    for (const image of images) {
      expect(await world.store.content.readBytes(image.id)).toBeDefined();
      expect((await world.storeOn(world.database).snapshots.tree(image.chainID)).layers).toHaveLength(1);
    }
  });
}
