/** Removing an image for the page: `docker rmi --force` of all its names, and the room it took given back a little later. */
import { EngineError } from '../base/errors.ts';
import type { ImageID, ImageRecord } from '../store/images.ts';
import type { Store } from '../store/index.ts';
import type { ImageAPI } from './docker/api.ts';
import type { EventLog } from './docker/event-log.ts';
import { referencesOf } from './docker/images/references.ts';
import type { Images } from './images.ts';
import type { Removals } from './removals.ts';

interface ImageRemovalParts {
  readonly store: Store;
  readonly images: Images;
  readonly docker: ImageAPI;
  readonly events: EventLog;
  readonly removals: Removals;
}

/** The engine's call. */
export function createImageRemoval({ store, images, docker, events, removals }: ImageRemovalParts) {
  return {
    /**
     * Throws `not-found`, and `conflict` while a container stands on it, a stopped one too: the page forces nothing that a
     * person still looks at. Layers that the build cache holds stay. Tells what is freed once it cannot be undone any more.
     */
    async removeImage(nameOrID: string): Promise<{ freedBytes: number }> {
      const { id } = await images.find(nameOrID);
      const container = (await store.containers.list()).find(({ imageID }) => imageID === id);
      if (container !== undefined) {
        throw new EngineError('conflict', `The container ${container.name} stands on this image. Remove it first.`, {
          data: { container: container.id },
        });
      }
      const lineage = await lineageOf(store, id);
      const lease = store.leases.create();
      try {
        await lease.add(...lineage.map(({ record }) => `images/${record.id}` as const));
        await docker.remove(id, { force: true, pruneParents: true });
      } catch (error) {
        await lease.release();
        throw error;
      }
      removals.keep(id, {
        async bringBack() {
          for (const named of lineage) await putBack(store, events, named);
          await lease.release();
        },
        async forget() {
          await lease.release();
          await store.gc.collect();
        },
      });
      const { freedBytes } = await store.gc.preview({ withoutLease: lease.id });
      return { freedBytes };
    },
  };
}

interface NamedImage {
  readonly record: ImageRecord;
  /** As they are stored. */
  readonly names: readonly string[];
}

/** An image and those it was made from, which may go with it; the oldest first. */
async function lineageOf(store: Store, id: ImageID): Promise<readonly NamedImage[]> {
  const lineage: NamedImage[] = [];
  for (let next: ImageID | undefined = id; next !== undefined; next = lineage[0]?.record.parent) {
    const record: ImageRecord | undefined = await store.images.get(next);
    if (record === undefined) break;
    lineage.unshift({ record, names: (await referencesOf(store, next)).map(({ name }) => name) });
  }
  return lineage;
}

/** Stores an image again, with those of its names that nothing else got since. */
async function putBack(store: Store, events: EventLog, { record, names }: NamedImage): Promise<void> {
  const free: string[] = [];
  for (const name of names) if ((await store.images.resolve(name)) === undefined) free.push(name);
  if (free.length === 0 && (await store.images.get(record.id)) !== undefined) return;
  await store.images.put(record, free);
  events.add('image', 'load', record.id, { name: record.id });
}
