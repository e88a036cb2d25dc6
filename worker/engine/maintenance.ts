/** Room: what is used, and what can go. */
import type { Store } from '../store/index.ts';
import type { Containers } from './containers.ts';
import type { StorageUse } from './model.ts';

/** The engine's calls about storage. */
export function createMaintenance(store: Store, containers: Containers) {
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
        layersBytes: layers.reduce((sum, layer) => sum + layer.tarBytes, 0),
        contentBytes: content.reduce((sum, blob) => sum + blob.sizeBytes, 0),
        cacheRecords: cache.length,
      };
    },

    /**
     * Removes the build cache, images without a name that no container uses, and stopped containers, as asked; then
     * everything that nothing refers to any more.
     */
    async prune(what: { buildCache: boolean; images: boolean; containers: boolean }): Promise<{ freedBytes: number }> {
      if (what.containers) {
        for (const container of await containers.list()) {
          if (container.state !== 'running') await containers.remove(container.id);
        }
      }
      if (what.images) await removeDanglingImages(store);
      if (what.buildCache) {
        const records = await store.buildCache.list();
        await store.buildCache.remove(records.map((record) => record.key));
      }
      const report = await store.gc.collect();
      return { freedBytes: report.freedBytes };
    },
  };
}

async function removeDanglingImages(store: Store): Promise<void> {
  const named = new Set((await store.images.names()).map(([, id]) => id));
  const used = new Set((await store.containers.list()).map((container) => container.imageID));
  for (const image of await store.images.list()) {
    if (!named.has(image.id) && !used.has(image.id)) await store.images.remove(image.id);
  }
}
