/** The images of the registry mirrors, as the editor's language knows them. */
import type { Transport } from '../base/ports.ts';
import type { ImageSource, KnownConfig } from '../dockerfile/analysis/known-images.ts';
import type { ImageConfig } from '../oci/config.ts';
import { layoutConfig, layoutNames } from '../registry/layout-images.ts';

/** Asks the mirrors for the names they hold; one that several have is the first one's. Rejects where one cannot be reached. */
export async function findImages(mirrors: readonly string[], transport: Transport): Promise<ImageSource> {
  const tags = new Map<string, Set<string>>();
  const places = new Map<string, { mirror: string; digest: string }>();
  for (const mirror of mirrors) {
    for (const { name, tag, digest } of await layoutNames(mirror, transport)) {
      tags.set(name, (tags.get(name) ?? new Set()).add(tag));
      if (!places.has(`${name}:${tag}`)) places.set(`${name}:${tag}`, { mirror, digest });
    }
  }
  return {
    repositories: [...tags].map(([name, known]) => ({ name, tags: [...known] })),
    async config(name) {
      const place = places.get(name);
      return place === undefined ? undefined : knownConfig(await layoutConfig(place.mirror, place.digest, transport));
    },
  };
}

function knownConfig({ os, architecture, variant, config }: ImageConfig): KnownConfig {
  return {
    environment: config?.Env ?? [],
    platform: { os, architecture, ...(variant === undefined ? {} : { variant }) },
    user: config?.User ?? '',
    workingDir: config?.WorkingDir ?? '',
  };
}
