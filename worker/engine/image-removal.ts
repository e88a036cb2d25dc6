/** Removing an image for the page: `docker rmi --force` of all its names, and the room it took given back. */
import { EngineError } from '../base/errors.ts';
import type { Store } from '../store/index.ts';
import type { ImageAPI } from './docker/api.ts';
import type { Images } from './images.ts';

/** The engine's call. */
export function createImageRemoval(store: Store, images: Images, docker: ImageAPI) {
  return {
    /**
     * Throws `not-found`, and `conflict` while a container stands on it, a stopped one too: the page forces nothing that a
     * person still looks at. Layers that the build cache holds stay.
     */
    async removeImage(nameOrID: string): Promise<{ freedBytes: number }> {
      const { id } = await images.find(nameOrID);
      const container = (await store.containers.list()).find(({ imageID }) => imageID === id);
      if (container !== undefined) {
        throw new EngineError('conflict', `The container ${container.name} stands on this image. Remove it first.`, {
          data: { container: container.id },
        });
      }
      await docker.remove(id, { force: true, pruneParents: true });
      const { freedBytes } = await store.gc.collect();
      return { freedBytes };
    },
  };
}
