/** What an OCI image layout on a static host holds, without its layers: names from `index.json`, facts from the configs. */
import type { Transport } from '../base/ports.ts';
import { parseImageConfig, type ImageConfig } from '../oci/config.ts';
import { parseIndex, parseManifest } from '../oci/manifest.ts';
import { familiarName, parseReference } from '../oci/reference.ts';

/** Annotation of a manifest in `index.json` that holds the image's full name: `docker.io/library/alpine:3.20`. */
const NAME_ANNOTATION = 'org.opencontainers.image.ref.name';

/** An image of the layout under one of its names. */
export interface LayoutImage {
  /** Familiar, without the tag: `alpine`. */
  readonly name: string;
  readonly tag: string;
  readonly config: ImageConfig;
}

/** All images, by all their names. Rejects where a file cannot be fetched, `invalid-document` where one is malformed. */
export async function layoutImages(baseUrl: string, files: Transport): Promise<readonly LayoutImage[]> {
  const base = baseUrl.replace(/\/+$/, '');
  const read = async (path: string): Promise<Uint8Array> =>
    new Uint8Array(await (await files(new Request(`${base}/${path}`))).arrayBuffer());
  const blob = (digest: string): Promise<Uint8Array> => read(`blobs/${digest.replace(':', '/')}`);
  const { manifests } = parseIndex(await read('index.json'));
  const digests = [...new Set(manifests.map(({ digest }) => digest))];
  const configs = new Map(
    await Promise.all(
      digests.map(async (digest) => {
        const { config } = parseManifest(await blob(digest), { allowNoLayers: true });
        return [digest, parseImageConfig(await blob(config.digest))] as const;
      }),
    ),
  );
  return manifests.flatMap(({ digest, annotations }) => {
    const full = annotations?.[NAME_ANNOTATION];
    const config = configs.get(digest);
    if (full === undefined || config === undefined) return [];
    const reference = parseReference(full);
    return [{ name: familiarName(reference), tag: reference.tag ?? 'latest', config }];
  });
}
