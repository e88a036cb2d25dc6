/** Which layers images have in common. */
import type { ImageSummary } from '../../../worker/api/types.ts';

export interface Sharing {
  /** Number of images that hold a layer, by its diffID. */
  readonly users: ReadonlyMap<string, number>;
  /** Different layers in all. */
  readonly layers: number;
  /** Layers that more than one image holds. */
  readonly shared: number;
}

export function sharingOf(images: readonly ImageSummary[]): Sharing {
  const users = new Map<string, number>();
  for (const image of images) {
    for (const layer of new Set(image.layers)) users.set(layer, (users.get(layer) ?? 0) + 1);
  }
  return { users, layers: users.size, shared: [...users.values()].filter((count) => count > 1).length };
}
