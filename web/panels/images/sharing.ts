/** Images as stacks of slabs, and what it saves that they have slabs in common. */
import type { ImageSummary, LayerSize } from '../../../worker/api/types.ts';
import { paintOf, type LayerPaint } from '../../state/layer-paint.ts';

/** A layer in an image's stack. */
export interface SharedSlab {
  readonly diffID: string;
  readonly sizeBytes: number;
  /** Number of images that hold it. */
  readonly users: number;
  /** The same wherever the layer is; that of a base for a layer of one image. */
  readonly paint: LayerPaint;
}

export interface ImageStack {
  readonly image: ImageSummary;
  /** Bottom up. */
  readonly slabs: readonly SharedSlab[];
  /** Of layers that no other image holds: what goes with it, once the build cache lets go of them too. */
  readonly ownBytes: number;
}

export interface Sharing {
  readonly stacks: readonly ImageStack[];
  /** Different layers in all. */
  readonly layers: number;
  /** Layers that more than one image holds. */
  readonly shared: number;
  /** Bytes of the images, each layer once. */
  readonly onceBytes: number;
  /** Bytes they would take, each image with layers of its own. */
  readonly apartBytes: number;
}

export function sharingOf(images: readonly ImageSummary[], sizes: readonly LayerSize[]): Sharing {
  const bytesOf = new Map(sizes.map(({ diffID, sizeBytes }) => [diffID, sizeBytes]));
  const users = new Map<string, number>();
  for (const image of images) {
    for (const layer of new Set(image.layers)) users.set(layer, (users.get(layer) ?? 0) + 1);
  }
  const sharedLayers = [...users].filter(([, count]) => count > 1).map(([layer]) => layer);
  const paints = new Map(sharedLayers.map((layer, place) => [layer, paintOf(place, 0, Infinity)]));
  const alone = paintOf(0, 1, 2);
  const stacks = images.map((image): ImageStack => {
    const slabs = image.layers.map((diffID) => ({
      diffID,
      sizeBytes: bytesOf.get(diffID) ?? 0,
      users: users.get(diffID) ?? 1,
      paint: paints.get(diffID) ?? alone,
    }));
    return { image, slabs, ownBytes: sum(slabs.filter((slab) => slab.users === 1)) };
  });
  return {
    stacks,
    layers: users.size,
    shared: sharedLayers.length,
    onceBytes: [...users.keys()].reduce((total, layer) => total + (bytesOf.get(layer) ?? 0), 0),
    apartBytes: stacks.reduce((total, { slabs }) => total + sum(slabs), 0),
  };
}

const sum = (slabs: readonly SharedSlab[]): number => slabs.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
