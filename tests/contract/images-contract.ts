/** The contract of images and their names, of containers, volumes, and the build cache. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { utf8 } from '../../worker/base/bytes.ts';
import { digestOf } from '../../worker/codec/sha256.ts';
import type { Digest } from '../../worker/oci/digest.ts';
import type { BuildCache } from '../../worker/store/build-cache.ts';
import type { ImageStore } from '../../worker/store/images.ts';
import {
  cacheRecord,
  containerRecord,
  createWorld,
  imageRecord,
  layerOf,
  putChain,
  putImage,
  type StorageFactory,
  type World,
} from './store-world.ts';

const NOWHERE = `sha256:${'e'.repeat(64)}` as Digest;

export function describeImages(factory: StorageFactory): void {
  let world: World;
  let images: ImageStore;
  beforeEach(async () => {
    world = await createWorld(factory);
    images = world.store.images;
  });
  afterEach(() => world.close());

  describe('an image', () => {
    it('is found by ID and by each of its names', async () => {
      const chainID = await putChain(world.store, await layerOf('x', 'a'));
      const id = await putImage(world.store, 'one', { chainID, marks: ['replica'] }, [
        'docker.io/a:1',
        'docker.io/a:2',
      ]);
      expect(await world.other.images.get(id)).toMatchObject({ id, chainID, lastTaggedMs: world.clock.nowMs() });
      expect(await world.other.images.resolve('docker.io/a:2')).toBe(id);
      expect(await images.resolve('docker.io/a:3')).toBeUndefined();
      expect(await images.names()).toEqual([
        ['docker.io/a:1', id],
        ['docker.io/a:2', id],
      ]);
      expect(await images.list()).toHaveLength(1);
    });

    it('takes a name from the image that had it, which stays', async () => {
      const old = await putImage(world.store, 'old', {}, ['a:1', 'a:2']);
      const id = await putImage(world.store, 'new');
      expect(await images.put(imageRecord(id), ['a:1', 'a:3'])).toEqual([old]);
      expect(await images.resolve('a:1')).toBe(id);
      expect(await images.resolve('a:2')).toBe(old);
      expect(await images.put(imageRecord(id), ['a:1'])).toEqual([]);
      expect(await images.list()).toHaveLength(2);
    });

    it('keeps the time it came when it is put again', async () => {
      const id = await putImage(world.store, 'one', { createdMs: 10 });
      await images.put(imageRecord(id, { createdMs: 99, sizeBytes: 5 }));
      expect(await images.get(id)).toMatchObject({ createdMs: 10, sizeBytes: 5 });
    });

    it('is stored whole or not at all', async () => {
      const { digest: id } = await world.store.content.ingestBytes('text/plain', utf8('config'));
      const parts = [
        imageRecord(NOWHERE),
        imageRecord(id, { chainID: NOWHERE }),
        imageRecord(id, { manifestDigest: NOWHERE }),
      ];
      for (const record of parts) {
        await expect(images.put(record, ['a:1'])).rejects.toMatchObject({
          code: 'not-found',
          data: { digest: NOWHERE },
        });
      }
      expect(await images.list()).toEqual([]);
      expect(await images.names()).toEqual([]);
    });

    it('goes with all its names', async () => {
      const id = await putImage(world.store, 'one', {}, ['a:1', 'a:2']);
      const other = await putImage(world.store, 'two', {}, ['b:1']);
      await images.remove(id);
      expect(await images.get(id)).toBeUndefined();
      expect(await images.names()).toEqual([['b:1', other]]);
    });

    it('is found by the first digits of its ID', async () => {
      const id = await putImage(world.store, 'one');
      const digits = id.slice('sha256:'.length);
      expect(await images.findByPrefix(digits.slice(0, 6))).toEqual([id]);
      expect(await images.findByPrefix(id.slice(0, 20))).toEqual([id]);
      expect(await images.findByPrefix('')).toEqual([id]);
      expect(await images.findByPrefix(digits.startsWith('f') ? '0' : 'f')).toEqual([]);
      expect(await images.findByPrefix('not-hex')).toEqual([]);
    });

    it('whose record is damaged is `corrupt`, naming the key, and can be removed', async () => {
      const id = await putImage(world.store, 'one', {}, ['a:1']);
      await world.database.write([{ table: 'images', key: id, record: { id, marks: 'x' } as never }]);
      await expect(images.get(id)).rejects.toMatchObject({ code: 'corrupt', data: { table: 'images', key: id } });
      await images.remove(id);
      expect(await images.list()).toEqual([]);
    });
  });

  describe('a name', () => {
    it('is given and taken away', async () => {
      const id = await putImage(world.store, 'one');
      await world.clock.advance(5000);
      await images.tag(id, 'a:1');
      expect(await images.get(id)).toMatchObject({ lastTaggedMs: world.clock.nowMs() });
      expect(await images.untag('a:1')).toBe(id);
      expect(await images.untag('a:1')).toBeUndefined();
      expect(await images.get(id)).toBeDefined();
    });

    it('is not given to an image that is not there', async () => {
      await expect(images.tag(NOWHERE, 'a:1')).rejects.toMatchObject({ code: 'not-found', data: { id: NOWHERE } });
      expect(await images.names()).toEqual([]);
    });

    it('never outlives its image when two tabs tag and remove at once', async () => {
      const id = await putImage(world.store, 'one');
      const tagging = Array.from({ length: 8 }, (_, i) => images.tag(id, `a:${i}`).catch(() => undefined));
      await Promise.all([...tagging, world.other.images.remove(id)]);
      expect(await images.names()).toEqual([]);
    });

    it('moves once each time when two tabs build the same tag', async () => {
      const ids = await Promise.all(Array.from({ length: 6 }, (_, i) => putImage(world.store, `build ${i}`)));
      const stores = [images, world.other.images];
      const taken = await Promise.all(ids.map((id, i) => stores[i % 2]!.put(imageRecord(id), ['a:1'])));
      const winner = await images.resolve('a:1');
      const byText = (a = '', b = ''): number => a.localeCompare(b);
      expect([...taken.flat(), winner].sort(byText)).toEqual([...ids].sort(byText));
    });
  });
}

export function describeContainers(factory: StorageFactory): void {
  let world: World;
  beforeEach(async () => {
    world = await createWorld(factory);
  });
  afterEach(() => world.close());

  it('are stored, replaced, listed and removed', async () => {
    const { containers } = world.store;
    const imageID = await putImage(world.store, 'one');
    await containers.put(containerRecord('c1', imageID));
    await containers.put(containerRecord('c1', imageID, { state: 'exited', exitCode: 137 }));
    await containers.put(containerRecord('c2', imageID));
    expect(await world.other.containers.get('c1')).toMatchObject({ state: 'exited', exitCode: 137 });
    expect(await containers.list()).toHaveLength(2);
    await containers.remove('c1');
    expect(await containers.get('c1')).toBeUndefined();
  });

  it('need their writable layer and their chain', async () => {
    const { containers } = world.store;
    const imageID = await putImage(world.store, 'one');
    const absent = { code: 'not-found', data: { digest: NOWHERE } };
    await expect(containers.put(containerRecord('c', imageID, { upper: NOWHERE }))).rejects.toMatchObject(absent);
    await expect(containers.put(containerRecord('c', imageID, { chainID: NOWHERE }))).rejects.toMatchObject(absent);
    expect(await containers.list()).toEqual([]);
  });

  it('keep what they print in pieces, in order, until they are removed', async () => {
    const { containers } = world.store;
    const line = (text: string, timeMs: number) => ({ stream: 1, timeMs, data: utf8(text) }) as const;
    await containers.put(containerRecord('c1', await putImage(world.store, 'one')));
    await containers.appendLog('c1', [line('a\n', 1), line('b\n', 2)], false);
    await containers.appendLog('c1', [line('c\n', 3)], false);
    await containers.appendLog('c10', [line('other\n', 3)], false);
    expect(await world.other.containers.log('c1')).toEqual([line('a\n', 1), line('b\n', 2), line('c\n', 3)]);
    await containers.appendLog('c1', [line('d\n', 4)], true);
    expect(await containers.log('c1')).toEqual([line('d\n', 4)]);
    await containers.remove('c1');
    expect(await containers.log('c1')).toEqual([]);
    expect(await containers.log('c10')).toHaveLength(1);
  });

  it('with a damaged record are `corrupt`', async () => {
    await world.database.write([{ table: 'containers', key: 'c', record: { state: 'asleep' } as never }]);
    await expect(world.store.containers.get('c')).rejects.toMatchObject({ code: 'corrupt', data: { key: 'c' } });
  });
}

export function describeVolumes(factory: StorageFactory): void {
  let world: World;
  beforeEach(async () => {
    world = await createWorld(factory);
  });
  afterEach(() => world.close());
  const volume = { name: 'v', createdMs: 1, labels: { a: 'b' }, options: null, anonymous: false } as const;

  it('are stored, replaced, listed and removed', async () => {
    const { volumes } = world.store;
    const layer = await layerOf('x', 'a');
    await world.store.snapshots.putLayer(layer);
    await volumes.put(volume);
    await volumes.put({ ...volume, content: layer.diffID });
    await volumes.put({ ...volume, name: 'a', labels: null });
    expect(await world.other.volumes.get('v')).toEqual({ ...volume, content: layer.diffID });
    expect((await volumes.list()).map(({ name }) => name)).toEqual(['a', 'v']);
    await volumes.remove('v');
    expect(await volumes.get('v')).toBeUndefined();
  });

  it('hold nothing that is not stored, and keep what they hold from gc', async () => {
    const { volumes, snapshots, gc } = world.store;
    await expect(volumes.put({ ...volume, content: NOWHERE })).rejects.toMatchObject({ code: 'not-found' });
    const layer = await layerOf('x', 'a');
    await snapshots.putLayer(layer);
    await volumes.put({ ...volume, content: layer.diffID });
    expect((await gc.collect()).layers).toEqual([]);
    await volumes.remove('v');
    expect((await gc.collect()).layers).toEqual([layer.diffID]);
  });
}

export function describeBuildCache(factory: StorageFactory): void {
  let world: World;
  let cache: BuildCache;
  beforeEach(async () => {
    world = await createWorld(factory);
    cache = world.store.buildCache;
  });
  afterEach(() => world.close());

  it('gives a record by its key', async () => {
    const result = await putChain(world.store, await layerOf('x', 'a'));
    const { parts, ...head } = await cacheRecord('RUN make', { result, simulated: 'make' });
    await cache.put({ ...head, parts });
    expect(await world.other.buildCache.get(head.key)).toEqual(head);
    expect(await cache.get(NOWHERE)).toBeUndefined();
    expect(await cache.list()).toEqual([head]);
  });

  it('has no record that leads nowhere', async () => {
    const record = await cacheRecord('RUN make', { result: NOWHERE });
    await expect(cache.put(record)).rejects.toMatchObject({ code: 'not-found', data: { digest: NOWHERE } });
    expect(await cache.get(record.key)).toBeUndefined();
  });

  it('tells the record last used in a lineage, with the parts of its key', async () => {
    const [one, two] = [await cacheRecord('one'), await cacheRecord('two')];
    expect(await cache.latest('stage/1')).toBeUndefined();
    await cache.put(one);
    await cache.put(two);
    expect(await cache.latest('stage/1')).toEqual(two);
    await world.clock.advance(1000);
    await cache.touch([one.key]);
    const used = { ...one, lastUsedMs: world.clock.nowMs(), usageCount: 1 };
    expect(await world.other.buildCache.latest('stage/1')).toEqual(used);
    expect(await cache.latest('stage/2')).toBeUndefined();
  });

  it('counts every use, also of two tabs at once', async () => {
    const record = await cacheRecord('one');
    await cache.put(record);
    const caches = [cache, world.other.buildCache];
    await Promise.all(Array.from({ length: 20 }, (_, i) => caches[i % 2]!.touch([record.key])));
    expect(await cache.list()).toMatchObject([{ usageCount: 20 }]);
  });

  it('remembers what it read, until somebody else writes or it is removed', async () => {
    const result = await putChain(world.store, await layerOf('x', 'a'));
    const record = await cacheRecord('one', { result });
    expect(cache.expected('stage/1')).toBeUndefined();
    await cache.put(record);
    expect(cache.expected('stage/1')).toBe(result);
    expect(world.other.buildCache.expected('stage/1')).toBeUndefined();
    const otherExpects = async (): Promise<unknown> => {
      expect(await world.other.buildCache.get(record.key)).toMatchObject({ result });
      return world.other.buildCache.expected('stage/1');
    };
    // what is read while the news of the write come is not remembered yet
    await expect.poll(otherExpects).toBe(result);
    await cache.remove([record.key]);
    expect(await cache.get(record.key)).toBeUndefined();
    await expect.poll(() => world.other.buildCache.get(record.key)).toBeUndefined();
  });

  it('does not bring back by a use what was removed', async () => {
    const record = await cacheRecord('one');
    await cache.put(record);
    await cache.remove([record.key]);
    await cache.touch([record.key]);
    expect(await cache.list()).toEqual([]);
    expect(await world.database.keys('buildCacheParts')).toEqual([]);
    expect(await world.database.keys('lineages')).toEqual([]);
  });

  it('falls back to the next in a lineage when the last used is removed', async () => {
    const records = await Promise.all(
      [10, 30, 20].map((lastUsedMs) => cacheRecord(`used at ${lastUsedMs}`, { lastUsedMs })),
    );
    for (const record of records) await cache.put(record);
    const [, newest, last] = records;
    await cache.remove([last!.key]);
    expect(await cache.latest('stage/1')).toEqual(newest);
  });

  it('holds keys of thousands of parts', async () => {
    const parts = Array.from({ length: 5000 }, (_, i) => ({ kind: 'file' as const, name: `f${i}`, value: 'x' }));
    const key = await digestOf(utf8('many'));
    await cache.put(await cacheRecord('many', { key, parts }));
    expect((await cache.latest('stage/1'))?.parts).toHaveLength(5000);
  });
}
