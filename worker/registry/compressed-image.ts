/**
 * A stored image in the form it is sent in: compressed layers, each compressed once and kept, under the manifest it came with, as
 * long as its layers are still the same blobs.
 */
import type { Bytes } from '../base/bytes.ts';
import type { Job } from '../base/job.ts';
import type { SegmentPacker } from '../codec/deflate/segment.ts';
import { gzipLayer } from '../codec/gzip-layer.ts';
import { MEDIA_TYPES, type Descriptor } from '../oci/descriptor.ts';
import type { Digest, DiffID } from '../oci/digest.ts';
import type { ContentStore } from '../store/content.ts';
import type { Lease } from '../store/leases.ts';
import type { SnapshotStore } from '../store/snapshots.ts';
import { readDocument } from './document.ts';

/** An image in the terms of the stores. */
export interface StoredImage {
  /** The config document, which lies in the content store: the image's ID. */
  readonly config: Descriptor;
  /** Bottom up. */
  readonly layers: readonly DiffID[];
  /** The manifest it was pulled by, to be sent again byte for byte; absent for what was built here. */
  readonly manifest?: Digest;
}

/** Where layers are compressed from and to. */
export interface CompressionTarget {
  readonly content: ContentStore;
  readonly snapshots: SnapshotStore;
  readonly lease?: Lease;
  /** What compresses layers; done in line where it is absent. */
  readonly packer?: SegmentPacker;
  readonly job: Job;
}

/** A document with its name and kind. */
export interface ManifestBytes {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly bytes: Bytes;
}

/** The layer's compressed blob, in the content store: the known one, or one made now. Throws `not-found` for a layer that is not here. */
export async function compressedLayer(
  { content, snapshots, lease, packer, job }: CompressionTarget,
  diffID: DiffID,
  known: Descriptor | undefined,
): Promise<Descriptor> {
  if (known !== undefined) {
    await lease?.add(`content/${known.digest}`);
    if ((await content.info(known.digest)) !== undefined) return known;
  }
  const { tar } = await snapshots.layer(diffID);
  const blob = await content.ingest({ mediaType: MEDIA_TYPES.dockerLayerGzip }, gzipLayer(tar.stream(), packer), job);
  await lease?.add(`content/${blob.digest}`);
  return blob;
}

/** The manifest an image came with, where these layers are the ones it names. */
export async function ownManifest(
  image: StoredImage,
  layers: readonly Descriptor[],
  content: ContentStore,
): Promise<ManifestBytes | undefined> {
  if (image.manifest === undefined) return undefined;
  const info = await content.info(image.manifest);
  if (info === undefined) return undefined;
  const bytes = await content.readBytes(image.manifest);
  const document = await readDocument(bytes, image.manifest, info.mediaType);
  const same =
    document.kind === 'manifest' &&
    document.manifest.layers.length === layers.length &&
    document.manifest.layers.every((layer, index) => layer.digest === layers[index]?.digest);
  return same ? { mediaType: document.descriptor.mediaType, digest: image.manifest, bytes } : undefined;
}
