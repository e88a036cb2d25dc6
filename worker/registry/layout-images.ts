/** What an OCI image layout on a static host holds, without its layers: names from `index.json`, facts from the configs. */
import type { Transport } from '../base/ports.ts';
import { parseImageConfig, type ImageConfig } from '../oci/config.ts';
import { parseIndex, parseManifest } from '../oci/manifest.ts';
import { familiarName, parseReference } from '../oci/reference.ts';

/** Annotation of a manifest in `index.json` that holds the image's full name: `docker.io/library/alpine:3.20`. */
const NAME_ANNOTATION = 'org.opencontainers.image.ref.name';

/** A name of an image of the layout. */
export interface LayoutName {
  /** Familiar, without the tag: `alpine`. */
  readonly name: string;
  readonly tag: string;
  /** Of its manifest. */
  readonly digest: string;
}

/** All names. Rejects where the index cannot be fetched, `invalid-document` where it is malformed. */
export async function layoutNames(baseUrl: string, files: Transport): Promise<readonly LayoutName[]> {
  const { manifests } = parseIndex(await read(baseUrl, 'index.json', files));
  return manifests.flatMap(({ digest, annotations }) => {
    const full = annotations?.[NAME_ANNOTATION];
    if (full === undefined) return [];
    const reference = parseReference(full);
    return [{ name: familiarName(reference), tag: reference.tag ?? 'latest', digest }];
  });
}

/** The config of the image whose manifest has the digest. Rejects as {@link layoutNames} does. */
export async function layoutConfig(baseUrl: string, digest: string, files: Transport): Promise<ImageConfig> {
  const manifest = parseManifest(await read(baseUrl, blobPath(digest), files), { allowNoLayers: true });
  return parseImageConfig(await read(baseUrl, blobPath(manifest.config.digest), files));
}

function blobPath(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`;
}

async function read(baseUrl: string, path: string, files: Transport): Promise<Uint8Array> {
  const response = await files(new Request(`${baseUrl.replace(/\/+$/, '')}/${path}`));
  return new Uint8Array(await response.arrayBuffer());
}
