/** The manifest of an image that has none yet: Docker's schema 2, written as Docker writes it, or OCI's where that cannot say it. */
import { utf8 } from '../base/bytes.ts';
import { digestOf } from '../codec/sha256.ts';
import { MEDIA_TYPES, type Descriptor } from '../oci/descriptor.ts';
import type { ManifestBytes } from './compressed-image.ts';

const SCHEMA2_LAYERS: readonly string[] = [
  MEDIA_TYPES.dockerLayerGzip,
  MEDIA_TYPES.dockerLayer,
  MEDIA_TYPES.ociLayerGzip,
  MEDIA_TYPES.ociLayer,
];

/** The document that ties a config to its layers' blobs. Zstd layers exist in OCI manifests alone. */
export async function newManifest(
  config: Descriptor,
  layers: readonly Descriptor[],
  { oci = false }: { readonly oci?: boolean } = {},
): Promise<ManifestBytes> {
  const schema2 = !oci && layers.every((layer) => SCHEMA2_LAYERS.includes(layer.mediaType));
  const mediaType = schema2 ? MEDIA_TYPES.dockerManifest : MEDIA_TYPES.ociManifest;
  const document = {
    schemaVersion: 2,
    mediaType,
    config: reference(schema2 ? MEDIA_TYPES.dockerConfig : MEDIA_TYPES.ociConfig, config),
    layers: layers.map((layer) => reference(schema2 ? schema2Type(layer.mediaType) : ociType(layer.mediaType), layer)),
  };
  // Docker indents by three spaces; the bytes decide the digest.
  const bytes = utf8(JSON.stringify(document, null, 3));
  return { mediaType, digest: await digestOf(bytes), bytes };
}

function reference(mediaType: string, { size, digest }: Descriptor): object {
  return { mediaType, size, digest };
}

function schema2Type(mediaType: string): string {
  if (mediaType === MEDIA_TYPES.ociLayerGzip) return MEDIA_TYPES.dockerLayerGzip;
  return mediaType === MEDIA_TYPES.ociLayer ? MEDIA_TYPES.dockerLayer : mediaType;
}

function ociType(mediaType: string): string {
  if (mediaType === MEDIA_TYPES.dockerLayerGzip) return MEDIA_TYPES.ociLayerGzip;
  return mediaType === MEDIA_TYPES.dockerLayer ? MEDIA_TYPES.ociLayer : mediaType;
}
