/** Room: what is used, and what can go. */
import type { Store } from '../store/index.ts';
import type { Containers } from './containers.ts';
import type { Removals } from './removals.ts';
import type { ImageID } from '../store/images.ts';
import type { PruneChoice, StorageUse } from './model.ts';

/** The engine's calls about storage. */
export function createMaintenance(store: Store, containers: Containers, removals: Removals) {
  return {
    async storage(): Promise<StorageUse> {
      const [estimate, images, layers, content, cache] = await Promise.all([
        store.database.estimate(),
        store.images.list(),
        store.snapshots.listLayers(),
        store.content.list(),
        store.buildCache.list(),
      ]);
      return {
        ...estimate,
        images: images.length,
        layersBytes: layers.reduce((sum, layer) => sum + layer.storedBytes, 0),
        contentBytes: content.reduce((sum, blob) => sum + blob.sizeBytes, 0),
        cacheRecords: cache.length,
      };
    },

    /** What {@link prune} would free. */
    async prunable(what: PruneChoice): Promise<{ freedBytes: number }> {
      const withoutContainers = new Set(what.containers ? await stoppedContainers(containers) : []);
      const withoutImages = new Set(what.images ? await danglingImages(store, withoutContainers) : []);
      const { freedBytes } = await store.gc.preview({
        withoutContainers,
        withoutImages,
        withoutBuildCache: what.buildCache,
      });
      return { freedBytes };
    },

    /**
     * Removes the build cache, images without a name that no container uses, and stopped containers, as asked; then
     * everything that nothing refers to any more.
     */
    async prune(what: PruneChoice): Promise<{ freedBytes: number }> {
      await removals.forgetAll();
      if (what.containers) for (const id of await stoppedContainers(containers)) await containers.remove(id);
      if (what.images) for (const id of await danglingImages(store)) await store.images.remove(id);
      if (what.buildCache) {
        const records = await store.buildCache.list();
        await store.buildCache.remove(records.map((record) => record.key));
      }
      const report = await store.gc.collect();
      return { freedBytes: report.freedBytes };
    },
  };
}

async function stoppedContainers(containers: Containers): Promise<readonly string[]> {
  return (await containers.list()).filter(({ state }) => state !== 'running').map(({ id }) => id);
}

/** Images without a name that no container uses, but for those in `gone`. */
async function danglingImages(store: Store, gone: ReadonlySet<string> = new Set()): Promise<readonly ImageID[]> {
  const named = new Set((await store.images.names()).map(([, id]) => id));
  const left = (await store.containers.list()).filter(({ id }) => !gone.has(id));
  const used = new Set(left.map(({ imageID }) => imageID));
  return (await store.images.list()).map(({ id }) => id).filter((id) => !named.has(id) && !used.has(id));
}
