/**
 * Writing an OCI image layout as one archive (image-spec, "image-layout.md"), with layers as a registry has them: what
 * `skopeo copy oci-archive:` and `podman load` take. Without Docker's tables, which `writeDockerArchive` adds.
 */
import { blobOf } from '../base/blob-like.ts';
import { utf8, type Bytes } from '../base/bytes.ts';
import { TarWriter } from '../codec/tar-writer.ts';
import { MEDIA_TYPES, type Descriptor } from '../oci/descriptor.ts';
import type { Digest, DiffID } from '../oci/digest.ts';
import { fullReference, parseReference } from '../oci/reference.ts';
import { compressedLayer, ownManifest, type CompressionTarget, type StoredImage } from './compressed-image.ts';
import { newManifest } from './new-manifest.ts';

export interface OciLayoutRequest extends CompressionTarget {
  readonly image: StoredImage;
  /** Full references with a tag. */
  readonly names: readonly string[];
  /** Compressed blobs of layers, as far as they are known (`knownLayerBlobs`). */
  readonly layerBlobs: ReadonlyMap<DiffID, Descriptor>;
}

/** Its time stamps tell nothing, and equal images shall give equal archives. */
const EPOCH_MS = 0;
const LAYOUT_MARK = '{"imageLayoutVersion":"1.0.0"}';

/** The layout of one image. Throws `not-found` naming what is missing, `cancelled`. */
export async function writeOciLayout(request: OciLayoutRequest): Promise<Blob> {
  const { image, names, content, layerBlobs } = request;
  const layers: Descriptor[] = [];
  for (const diffID of image.layers) layers.push(await compressedLayer(request, diffID, layerBlobs.get(diffID)));
  const manifest =
    (await ownManifest(image, layers, content)) ?? (await newManifest(image.config, layers, { oci: true }));
  const blobs = new Map<Digest, Bytes | Blob>([
    [manifest.digest, manifest.bytes],
    [image.config.digest, await content.readBytes(image.config.digest)],
  ]);
  for (const { digest } of layers) blobs.set(digest, await content.readBlob(digest));

  const writer = new TarWriter();
  addFile(writer, 'oci-layout', utf8(LAYOUT_MARK));
  const { mediaType, digest, bytes } = manifest;
  const index = layoutIndex({ mediaType, digest, size: bytes.byteLength }, names);
  addFile(writer, 'index.json', utf8(JSON.stringify(index)));
  for (const path of ['blobs', 'blobs/sha256']) {
    writer.add({ path, type: 'directory', mode: 0o755, uid: 0, gid: 0, mtimeMs: EPOCH_MS });
  }
  for (const [blob, body] of [...blobs].sort(([a], [b]) => (a < b ? -1 : 1))) {
    addFile(writer, `blobs/${blob.replace(':', '/')}`, body);
  }
  return blobOf(writer.finish(), 'application/x-tar');
}

function layoutIndex(manifest: Descriptor, names: readonly string[]): object {
  const references = names.map(parseReference);
  const named = references.map((reference) => ({
    ...manifest,
    annotations: {
      'io.containerd.image.name': fullReference(reference),
      'org.opencontainers.image.ref.name': reference.tag ?? 'latest',
    },
  }));
  return { schemaVersion: 2, mediaType: MEDIA_TYPES.ociIndex, manifests: named.length === 0 ? [manifest] : named };
}

function addFile(writer: TarWriter, path: string, body: Bytes | Blob): void {
  const sizeBytes = body instanceof Blob ? body.size : body.byteLength;
  writer.add(
    { path, type: 'file', mode: 0o644, uid: 0, gid: 0, mtimeMs: EPOCH_MS },
    { sizeBytes, segments: [{ kind: 'data', source: body, start: 0, end: sizeBytes }] },
  );
}
