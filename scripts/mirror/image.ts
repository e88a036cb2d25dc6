/** An image of the mirror as it is written down, and the documents it becomes. */
import { utf8 } from '../../worker/base/bytes.ts';
import type { BytePart } from '../../worker/codec/byte-parts.ts';
import type { ContainerConfig, HistoryEntry } from '../../worker/oci/config.ts';
import { MEDIA_TYPES } from '../../worker/oci/descriptor.ts';
import type { Digest } from '../../worker/oci/digest.ts';
import { readyIndexAnnotations } from '../../worker/store/ready-index.ts';
import type { MirrorLayer } from './layer-tar.ts';

/** A layer that is there already: its uncompressed tar. */
export interface PreparedLayer {
  readonly tar: readonly BytePart[];
}

/** One line of the image's history, with the layer it made, if it made one. */
export interface ImageStep {
  readonly createdBy: string;
  readonly comment?: string;
  /** When, if not when the image was made. */
  readonly created?: string;
  readonly layer?: MirrorLayer | PreparedLayer;
}

/** One image under its tags. */
export interface MirrorImage {
  /** `library/alpine`. */
  readonly repository: string;
  readonly tags: readonly string[];
  /** RFC 3339. */
  readonly created: string;
  readonly config: ContainerConfig;
  readonly steps: readonly ImageStep[];
}

/** The label that tells a replica from the image it stands for; its value says where the facts are from. */
export const REPLICA_LABEL = 'org.strata.replica';

/** BuildKit's mark on the history it writes. */
export const BUILDKIT = 'buildkit.dockerfile.v0';

/** A layer as the registry holds it. */
export interface LayerBlob {
  readonly digest: string;
  readonly diffID: string;
  readonly sizeBytes: number;
  /** The index that lies beside it. */
  readonly index?: { readonly digest: Digest; readonly sizeBytes: number };
}

/** The config document, its fields in the order in which Docker writes them. */
export function configDocument(image: MirrorImage, layers: readonly LayerBlob[]): Uint8Array<ArrayBuffer> {
  const history = image.steps.map((step): HistoryEntry => ({
    created: step.created ?? image.created,
    created_by: step.createdBy,
    ...(step.comment === undefined ? {} : { comment: step.comment }),
    ...(step.layer === undefined ? { empty_layer: true } : {}),
  }));
  const rootfs = { type: 'layers', diff_ids: layers.map(({ diffID }) => diffID) };
  const { config, created } = image;
  return utf8(JSON.stringify({ architecture: 'amd64', config, created, history, os: 'linux', rootfs }));
}

/** The manifest document. */
export function manifestDocument(
  config: { readonly digest: string; readonly sizeBytes: number },
  layers: readonly LayerBlob[],
): Uint8Array<ArrayBuffer> {
  const descriptor = (mediaType: string, { digest, sizeBytes }: { digest: string; sizeBytes: number }): object => ({
    mediaType,
    digest,
    size: sizeBytes,
  });
  const document = {
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.ociManifest,
    config: descriptor(MEDIA_TYPES.ociConfig, config),
    layers: layers.map((layer) => ({ ...descriptor(MEDIA_TYPES.ociLayerGzip, layer), ...annotationsOf(layer) })),
  };
  return utf8(JSON.stringify(document, null, 2));
}

function annotationsOf({ index }: LayerBlob): object {
  if (index === undefined) return {};
  return { annotations: readyIndexAnnotations({ digest: index.digest, size: index.sizeBytes }) };
}
