/** The images of the registry mirrors, as the editor's language knows them. */
import type { Transport } from '../base/ports.ts';
import type { KnownConfig, KnownImages } from '../dockerfile/analysis/known-images.ts';
import type { ImageConfig } from '../oci/config.ts';
import { layoutImages } from '../registry/layout-images.ts';

/** Asks the mirrors for what they hold; a name that several have is the first one's. Rejects where one cannot be reached. */
export async function findImages(mirrors: readonly string[], transport: Transport): Promise<KnownImages> {
  const found = (await Promise.all(mirrors.map((mirror) => layoutImages(mirror, transport)))).flat();
  const tags = new Map<string, Set<string>>();
  const configs: Record<string, KnownConfig> = {};
  for (const { name, tag, config } of found) {
    tags.set(name, (tags.get(name) ?? new Set()).add(tag));
    configs[`${name}:${tag}`] ??= knownConfig(config);
  }
  return { repositories: [...tags].map(([name, known]) => ({ name, tags: [...known] })), configs };
}

function knownConfig({ os, architecture, variant, config }: ImageConfig): KnownConfig {
  return {
    environment: config?.Env ?? [],
    platform: { os, architecture, ...(variant === undefined ? {} : { variant }) },
    user: config?.User ?? '',
    workingDir: config?.WorkingDir ?? '',
  };
}
