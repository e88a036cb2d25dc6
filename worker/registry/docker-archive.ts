/**
 * Writing `docker save` archives: an OCI layout (image-spec, "image-layout.md") with Docker's own `manifest.json` and
 * `repositories` beside it, as Docker Engine 25 and later write it. Layers are slices of what is stored, never copied.
 */
import { asBlob, blobOf } from '../base/blob-like.ts';
import { utf8, type Bytes } from '../base/bytes.ts';
import { digestOf } from '../codec/sha256.ts';
import { TarWriter } from '../codec/tar-writer.ts';
import { MEDIA_TYPES, type Descriptor } from '../oci/descriptor.ts';
import { digestHex, type Digest } from '../oci/digest.ts';
import { familiarName, familiarReference, fullReference, parseReference, type Reference } from '../oci/reference.ts';
import { legacyLayers } from './legacy-layers.ts';
import type { ContentStore } from '../store/content.ts';
import type { ImageRecord } from '../store/images.ts';
import type { SnapshotStore } from '../store/snapshots.ts';

/** An image with the names it shall have in the archive. */
export interface SavedImage {
  readonly record: Pick<ImageRecord, 'id' | 'config'>;
  /** Full references with a tag; none for an image that is saved by its ID. */
  readonly names: readonly string[];
}

export interface DockerArchiveOptions {
  readonly images: readonly SavedImage[];
  readonly content: ContentStore;
  readonly snapshots: SnapshotStore;
}

/** The archive's time stamps: they tell nothing, and equal images shall give equal archives. */
const EPOCH_MS = 0;
const LAYOUT_MARK = '{"imageLayoutVersion": "1.0.0"}';

/** What one image adds to the archive. */
interface SavedParts {
  readonly blobs: ReadonlyMap<Digest, Bytes | Blob>;
  readonly manifest: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly image: SavedImage;
}

/** The archive of these images. Layers that they share are in it once. Throws `not-found` naming what is missing. */
export async function writeDockerArchive({ images, content, snapshots }: DockerArchiveOptions): Promise<Blob> {
  const saved: SavedParts[] = [];
  for (const image of images) saved.push(await partsOf(image, content, snapshots));
  const blobs = new Map(saved.flatMap((parts) => [...parts.blobs]));

  const writer = new TarWriter();
  addDirectory(writer, 'blobs');
  addDirectory(writer, 'blobs/sha256');
  for (const [digest, body] of [...blobs].sort(byDigest)) addFile(writer, blobPath(digest), body);
  addFile(writer, 'index.json', utf8(JSON.stringify(layoutIndex(saved))));
  addFile(writer, 'manifest.json', utf8(JSON.stringify(saved.map(dockerManifest)) + '\n'));
  addFile(writer, 'oci-layout', utf8(LAYOUT_MARK));
  const repositories = repositoriesOf(saved);
  if (Object.keys(repositories).length > 0) addFile(writer, 'repositories', utf8(JSON.stringify(repositories) + '\n'));
  return blobOf(writer.finish(), 'application/x-tar');
}

async function partsOf(image: SavedImage, content: ContentStore, snapshots: SnapshotStore): Promise<SavedParts> {
  const { id, config } = image.record;
  const blobs = new Map<Digest, Bytes | Blob>();
  const configBytes = await content.readBytes(id);
  blobs.set(id, configBytes);
  const layers: Descriptor[] = [];
  for (const diffID of config.rootfs.diff_ids) {
    const tar = await asBlob((await snapshots.layer(diffID)).tar);
    blobs.set(diffID, tar);
    layers.push({ mediaType: MEDIA_TYPES.ociLayer, digest: diffID, size: tar.size });
  }
  for (const document of await legacyLayers(config)) blobs.set(await digestOf(document), document);
  const manifestBytes = utf8(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MEDIA_TYPES.ociManifest,
      config: { mediaType: MEDIA_TYPES.ociConfig, digest: id, size: configBytes.byteLength },
      layers,
    }),
  );
  const digest = await digestOf(manifestBytes);
  blobs.set(digest, manifestBytes);
  const manifest = { mediaType: MEDIA_TYPES.ociManifest, digest, size: manifestBytes.byteLength };
  return { blobs, manifest, layers, image };
}

/** The layout's index: an entry for each name, or one without a name. */
function layoutIndex(saved: readonly SavedParts[]): object {
  const manifests = saved.flatMap(({ manifest, image }) => {
    const names = image.names.map(parseReference);
    if (names.length === 0) return [manifest];
    return names.map((name) => ({
      ...manifest,
      annotations: {
        'io.containerd.image.name': fullReference(name),
        'org.opencontainers.image.ref.name': name.tag ?? 'latest',
      },
    }));
  });
  return { schemaVersion: 2, mediaType: MEDIA_TYPES.ociIndex, manifests };
}

/** Docker's own entry of an image, which `docker load` reads rather than the index. */
function dockerManifest({ image, layers }: SavedParts): object {
  const names = image.names.map((name) => familiarReference(parseReference(name)));
  return {
    Config: blobPath(image.record.id),
    RepoTags: names.length === 0 ? null : names,
    Layers: layers.map(({ digest }) => blobPath(digest)),
    LayerSources: Object.fromEntries([...layers].sort(byOwnDigest).map((layer) => [layer.digest, layerSource(layer)])),
  };
}

/** The oldest of the three tables, by repository and tag: to the topmost layer, as Docker fills it today. */
function repositoriesOf(saved: readonly SavedParts[]): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const repositories: Record<string, Record<string, string>> = {};
  for (const { image, layers } of saved) {
    const top = layers.at(-1);
    if (top === undefined) continue;
    for (const name of image.names) {
      const reference: Reference = parseReference(name);
      const tags = (repositories[familiarName(reference)] ??= {});
      tags[reference.tag ?? 'latest'] = digestHex(top.digest);
    }
  }
  return repositories;
}

function blobPath(digest: Digest): string {
  return `blobs/${digest.replace(':', '/')}`;
}

/** A descriptor in the order of Docker's own struct. */
function layerSource({ mediaType, digest, size }: Descriptor): object {
  return { mediaType, size, digest };
}

function byOwnDigest(a: Descriptor, b: Descriptor): number {
  return a.digest < b.digest ? -1 : 1;
}

function byDigest(a: readonly [Digest, unknown], b: readonly [Digest, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}

function addDirectory(writer: TarWriter, path: string): void {
  writer.add({ path, type: 'directory', mode: 0o755, uid: 0, gid: 0, mtimeMs: EPOCH_MS });
}

function addFile(writer: TarWriter, path: string, body: Bytes | Blob): void {
  const sizeBytes = body instanceof Blob ? body.size : body.byteLength;
  writer.add(
    { path, type: 'file', mode: 0o644, uid: 0, gid: 0, mtimeMs: EPOCH_MS },
    { sizeBytes, segments: [{ kind: 'data', source: body, start: 0, end: sizeBytes }] },
  );
}
