/** The filter `ancestor`: images a name means, with all that were built on them. */
import { isEngineError } from '../../../base/errors.ts';
import type { ImageRecord } from '../../../store/images.ts';
import type { Daemon } from './daemon.ts';

/** IDs of the named images and of all images that stand on their layers. Names nobody knows are left out. */
export async function ancestorIDs(daemon: Daemon, names: readonly string[]): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  const ancestors: ImageRecord[] = [];
  for (const name of names) {
    try {
      ancestors.push(await daemon.findImage(name));
    } catch (error) {
      if (!isEngineError(error, 'not-found')) throw error;
    }
  }
  for (const image of await daemon.store.images.list()) {
    if (ancestors.some((ancestor) => standsOn(image, ancestor))) ids.add(image.id);
  }
  return ids;
}

function standsOn(image: ImageRecord, ancestor: ImageRecord): boolean {
  if (image.id === ancestor.id) return true;
  // only a classic build knows an image's parent; BuildKit's images have none
  return image.parent === ancestor.id;
}
