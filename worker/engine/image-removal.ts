/** Removing an image for the page: all its names, itself, and the layers that nothing else holds. */
import { EngineError } from '../base/errors.ts';
import { shortID } from '../oci/digest.ts';
import type { Store } from '../store/index.ts';
import type { Images } from './images.ts';

/** The engine's call. */
export function createImageRemoval(store: Store, images: Images) {
  return {
    /** Throws `conflict` while a container or another image stands on it, `not-found`. Layers that the build cache holds stay. */
    async removeImage(nameOrID: string): Promise<{ freedBytes: number }> {
      const { id } = await images.find(nameOrID);
      const container = (await store.containers.list()).find(({ imageID }) => imageID === id);
      if (container !== undefined) {
        throw new EngineError('conflict', `The container ${container.name} stands on this image. Remove it first.`, {
          data: { container: container.id },
        });
      }
      const child = (await store.images.list()).find(({ parent }) => parent === id);
      if (child !== undefined) {
        throw new EngineError('conflict', `The image ${shortID(child.id)} was made of this one. Remove it first.`, {
          data: { image: child.id },
        });
      }
      for (const [name, named] of await store.images.names()) if (named === id) await store.images.untag(name);
      await store.images.remove(id);
      const { freedBytes } = await store.gc.collect();
      return { freedBytes };
    },
  };
}
