/**
 * Reading images out of archives, as `docker load` does: Docker's `manifest.json` where there is one (in archives of any age
 * since 1.10), else the index of an OCI layout. Everything is verified before an image is told.
 */
import { EngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import { utf8Text } from '../base/bytes.ts';
import { digestOf } from '../codec/sha256.ts';
import { parseImageConfig, type ImageConfig } from '../oci/config.ts';
import { MEDIA_TYPES, type Descriptor } from '../oci/descriptor.ts';
import type { DiffID } from '../oci/digest.ts';
import { DEFAULT_PLATFORM } from '../oci/platform.ts';
import { fullReference, parseReference } from '../oci/reference.ts';
import type { ContentStore } from '../store/content.ts';
import type { Lease } from '../store/leases.ts';
import { readArchive, type ArchiveFiles } from './archive-files.ts';
import { readDocument, type RegistryDocument } from './document.ts';
import type { LayerSink } from './layer-sink.ts';
import { choosePlatform } from './resolve.ts';

/** An image found in an archive; its layers are not unpacked yet. */
export interface ArchivedImage {
  readonly configBytes: Uint8Array<ArrayBuffer>;
  readonly config: ImageConfig;
  /** Full references. */
  readonly names: readonly string[];
  /** Bottom up, one for each diffID of the config; compressed or not. */
  readonly layers: readonly ArchivedLayer[];
  /** Of an OCI layout: kept, so that the image can be pushed as the one it was. */
  readonly manifest?: RegistryDocument;
}

export interface ArchivedLayer {
  readonly blob: Blob;
  /** What a layout says of the blob. */
  readonly descriptor?: Descriptor;
}

export interface LoadTarget {
  readonly content: ContentStore;
  readonly sink: LayerSink;
  readonly lease?: Lease;
  readonly job: Job;
}

const MAX_DOCUMENT_BYTES = 8 * 1024 * 1024;

/** The images of an archive. Throws `invalid-document` for what is no archive of images, `corrupt` for wrong digests. */
export async function readImageArchive(archive: Blob, job: Job): Promise<readonly ArchivedImage[]> {
  return readImageFiles(await readArchive(archive, job));
}

/** The images among the files of an archive, or of a folder. Throws as {@link readImageArchive}. */
export async function readImageFiles(files: ArchiveFiles): Promise<readonly ArchivedImage[]> {
  if (files.has('manifest.json')) return readDockerManifest(files);
  if (files.has('index.json')) return readLayout(files);
  throw new EngineError(
    'invalid-document',
    'This is no archive of images: it has neither manifest.json nor index.json.',
  );
}

/** Stores an archived image: config, layers, manifest. Returns the config's descriptor, whose digest is the image ID. */
export async function loadImage(image: ArchivedImage, target: LoadTarget): Promise<Descriptor> {
  const { content, lease } = target;
  for (const [index, diffID] of image.config.rootfs.diff_ids.entries()) {
    await lease?.add(`layers/${diffID}`);
    const layer = image.layers[index];
    if (layer !== undefined) await loadLayer(layer, diffID, target);
  }
  if (image.manifest !== undefined) {
    const { descriptor, bytes } = image.manifest;
    await lease?.add(`content/${descriptor.digest}`);
    await content.ingestBytes(descriptor.mediaType, bytes);
  }
  const digest = await digestOf(image.configBytes);
  await lease?.add(`content/${digest}`);
  return content.ingestBytes(MEDIA_TYPES.dockerConfig, image.configBytes);
}

/** A layout's compressed blob is checked and kept; an uncompressed one is the layer, which its diffID checks. */
async function loadLayer(
  { blob, descriptor }: ArchivedLayer,
  diffID: DiffID,
  { content, sink, lease, job }: LoadTarget,
): Promise<void> {
  if (descriptor !== undefined && descriptor.digest !== diffID) {
    await lease?.add(`content/${descriptor.digest}`);
    await content.ingest(descriptor, blob.stream(), job);
  }
  if (!(await sink.has(diffID))) await sink.unpack(diffID, blob.stream(), job);
}

async function readDockerManifest(files: ArchiveFiles): Promise<readonly ArchivedImage[]> {
  const document = await readJson(files, 'manifest.json');
  if (!Array.isArray(document)) throw invalid('manifest.json is not a list');
  const images: ArchivedImage[] = [];
  for (const entry of document as readonly unknown[]) {
    const [configPath] = stringsOf(entry, 'Config');
    const names = stringsOf(entry, 'RepoTags').map((name) => fullReference(parseReference(name)));
    const layers = stringsOf(entry, 'Layers').map((path) => ({ blob: fileAt(files, path) }));
    images.push(imageOf(await configAt(files, configPath ?? ''), layers, names));
  }
  return images;
}

/** A config is named by its digest, in archives of any age: `blobs/sha256/HEX`, or `HEX.json`. */
async function configAt(files: ArchiveFiles, path: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await bytesOf(fileAt(files, path));
  const named = /(?:^|\/)([0-9a-f]{64})(?:\.json)?$/.exec(path)?.[1];
  if (named !== undefined) await checkConfig(bytes, `sha256:${named}`);
  return bytes;
}

async function checkConfig(bytes: Uint8Array, expected: string): Promise<void> {
  const actual = await digestOf(bytes);
  if (actual === expected) return;
  throw new EngineError('corrupt', `the config ${expected} of the archive has the digest ${actual}`, {
    data: { digest: expected, expected, actual },
  });
}

/** The value of a field that holds a text or a list of texts; Go writes null for an empty list. */
function stringsOf(entry: unknown, field: string): readonly string[] {
  const value: unknown = typeof entry === 'object' && entry !== null ? Reflect.get(entry, field) : undefined;
  if (value === undefined || value === null) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((item) => {
    if (typeof item !== 'string') throw invalid(`${field} of manifest.json is not a text`);
    return item;
  });
}

async function readLayout(files: ArchiveFiles): Promise<readonly ArchivedImage[]> {
  const index = await readDocument(await bytesOf(fileAt(files, 'index.json')), undefined, MEDIA_TYPES.ociIndex);
  if (index.kind !== 'index') throw invalid('index.json is no index');
  const images = new Map<string, ArchivedImage>();
  for (const descriptor of index.index.manifests) {
    const found = await imageOfDescriptor(files, descriptor);
    const name = layoutName(descriptor);
    const known = images.get(descriptor.digest) ?? found;
    images.set(descriptor.digest, { ...known, names: name === undefined ? known.names : [...known.names, name] });
  }
  return [...images.values()];
}

async function imageOfDescriptor(files: ArchiveFiles, descriptor: Descriptor): Promise<ArchivedImage> {
  const bytes = await bytesOf(blobAt(files, descriptor));
  const document = await readDocument(bytes, descriptor.digest, descriptor.mediaType);
  if (document.kind === 'index') {
    const chosen = choosePlatform(document.index, DEFAULT_PLATFORM);
    if (chosen === undefined) throw new EngineError('not-found', 'The archive holds no image for linux/amd64.');
    return imageOfDescriptor(files, chosen);
  }
  const { config, layers } = document.manifest;
  const configBytes = await bytesOf(blobAt(files, config));
  await checkConfig(configBytes, config.digest);
  const blobs = layers.map((layer) => ({ blob: blobAt(files, layer), descriptor: layer }));
  return { ...imageOf(configBytes, blobs, []), manifest: document };
}

function imageOf(
  configBytes: Uint8Array<ArrayBuffer>,
  layers: readonly ArchivedLayer[],
  names: readonly string[],
): ArchivedImage {
  const config = parseImageConfig(configBytes);
  if (config.rootfs.diff_ids.length !== layers.length) {
    throw invalid(
      `invalid manifest, layers length mismatch: expected ${config.rootfs.diff_ids.length}, got ${layers.length}`,
    );
  }
  return { configBytes, config, names, layers };
}

/** The name that containerd, Docker or Podman noted; a bare tag names nothing. */
function layoutName({ annotations = {} }: Descriptor): string | undefined {
  const name = annotations['io.containerd.image.name'] ?? annotations['org.opencontainers.image.ref.name'] ?? '';
  return /[/:]/.test(name) ? fullReference(parseReference(name)) : undefined;
}

function blobAt(files: ArchiveFiles, { digest }: Descriptor): Blob {
  return fileAt(files, `blobs/${digest.replace(':', '/')}`);
}

function fileAt(files: ArchiveFiles, path: string): Blob {
  const file = files.get(path);
  if (file === undefined) throw invalid(`${path} is missing from the archive`);
  return file;
}

async function bytesOf(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size > MAX_DOCUMENT_BYTES) throw new EngineError('limit', 'A document of the archive is over 8 MiB.');
  return new Uint8Array(await file.arrayBuffer());
}

async function readJson(files: ArchiveFiles, path: string): Promise<unknown> {
  try {
    return JSON.parse(utf8Text(await bytesOf(fileAt(files, path))));
  } catch (error) {
    if (error instanceof SyntaxError) throw invalid(`${path} is not JSON`);
    throw error;
  }
}

function invalid(message: string): EngineError {
  return new EngineError('invalid-document', message);
}
