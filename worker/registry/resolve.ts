/** From a reference to one image: the endpoint that has it, the manifest for the platform, the config. */
import { asEngineError, EngineError, isEngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import { parseImageConfig, type ImageConfig } from '../oci/config.ts';
import { MEDIA_TYPES, type Descriptor } from '../oci/descriptor.ts';
import type { Index, Manifest } from '../oci/manifest.ts';
import { formatPlatform, matchesPlatform, type Platform } from '../oci/platform.ts';
import { familiarName, familiarReference, type Reference } from '../oci/reference.ts';
import { blobBytes } from './blobs.ts';
import type { RegistryClient } from './client.ts';
import type { RegistryDocument } from './document.ts';
import { isNotKept, pullError } from './errors.ts';
import { getManifest, type Repository } from './repository.ts';

/** An image found at a registry: everything about it but its layers. */
export interface RemoteImage {
  /** Where its blobs are. */
  readonly repository: Repository;
  /** What the reference named: an index, or the manifest itself. Its digest is the image's RepoDigest. */
  readonly target: Descriptor;
  /** Every document that led here, the index first; all belong into the content store. */
  readonly documents: readonly RegistryDocument[];
  readonly manifestDescriptor: Descriptor;
  readonly manifest: Manifest;
  /** The config's own bytes: their digest is the image ID. */
  readonly configBytes: Uint8Array<ArrayBuffer>;
  readonly config: ImageConfig;
}

/** An index inside an index inside an index is nobody's image. */
const MAX_INDEX_DEPTH = 3;
/** The distribution-spec's advice for configs; larger ones are refused. */
const MAX_CONFIG_BYTES = 8 * 1024 * 1024;
const IMAGE_CONFIG_TYPES: readonly string[] = [MEDIA_TYPES.ociConfig, MEDIA_TYPES.dockerConfig];

/**
 * Finds an image, asking the mirrors first. Throws `not-found` as `docker pull` words it, what a registry refuses with, and
 * `network` where none could be asked.
 */
export function resolveImage(
  client: RegistryClient,
  reference: Reference,
  platform: Platform,
  job: Job,
): Promise<RemoteImage> {
  return atFirstEndpoint(client, reference, job, async (repository, wanted) => {
    const document = await getManifest(client, repository, wanted, job);
    return imageOf(client, repository, document, platform, job, familiarReference(reference));
  });
}

/**
 * The platforms a name has images for, in the order its index lists them; empty for a name that leads to one image. Throws as
 * {@link resolveImage}.
 */
export async function remotePlatforms(
  client: RegistryClient,
  reference: Reference,
  job: Job,
): Promise<readonly Platform[]> {
  const document = await atFirstEndpoint(client, reference, job, (repository, wanted) =>
    getManifest(client, repository, wanted, job),
  );
  if (document.kind === 'manifest') return [];
  const distinct = new Map<string, Platform>();
  for (const { platform } of document.index.manifests) {
    // attestations lie beside the images as manifests of no platform anybody has
    if (platform === undefined || platform.os === 'unknown') continue;
    distinct.set(formatPlatform(platform), platform);
  }
  return [...distinct.values()];
}

/** The answer of the first endpoint that has one. */
async function atFirstEndpoint<R>(
  client: RegistryClient,
  reference: Reference,
  job: Job,
  ask: (repository: Repository, wanted: string) => Promise<R>,
): Promise<R> {
  const names = { familiarName: familiarName(reference), familiarReference: familiarReference(reference) };
  const wanted = reference.digest ?? reference.tag ?? 'latest';
  const mirrors: MirrorRefusal[] = [];
  for (const endpoint of client.pullEndpoints(reference.domain)) {
    try {
      return await ask({ endpoint, path: reference.path }, wanted);
    } catch (error) {
      job.budget.throwIfCancelled();
      if (isNotKept(error)) throw error;
      // A mirror holds what it holds, and a static host answers with its own pages: whatever else fails, the registry decides.
      if (!endpoint.mirror) throw toldWithMirrors(pullError(error, names), mirrors, names.familiarReference);
      mirrors.push({ baseUrl: endpoint.baseUrl, error });
    }
  }
  throw new EngineError('not-found', `no registry to ask for ${names.familiarReference}`);
}

interface MirrorRefusal {
  readonly baseUrl: string;
  readonly error: unknown;
}

/** When the registry itself cannot be reached, what became of the mirrors is half of the answer, and comes first. */
function toldWithMirrors(error: unknown, mirrors: readonly MirrorRefusal[], reference: string): unknown {
  if (!(isEngineError(error, 'network') || isEngineError(error, 'cors')) || mirrors.length === 0) return error;
  const fates = mirrors.map(({ error: reason }) =>
    // A static host answers for what it lacks with 404 or with a page of its own.
    isEngineError(reason, 'not-found') || isEngineError(reason, 'invalid-document')
      ? `the mirror has no ${reference}`
      : `the mirror failed: ${asEngineError(reason).message.replace(/\.$/, '')}`,
  );
  return new EngineError(error.code, `${fates.join('; ')}; ${error.message}`, {
    data: { ...error.data, reference, mirrors: mirrors.map(({ baseUrl }) => baseUrl) },
    cause: error,
  });
}

async function imageOf(
  client: RegistryClient,
  repository: Repository,
  named: RegistryDocument,
  platform: Platform,
  job: Job,
  reference: string,
): Promise<RemoteImage> {
  const documents = [named];
  let document = named;
  while (document.kind === 'index') {
    if (documents.length > MAX_INDEX_DEPTH)
      throw new EngineError('invalid-document', 'too many indexes inside each other');
    const chosen = choosePlatform(document.index, platform);
    if (chosen === undefined) throw noPlatform(document.index, platform, reference);
    document = await getManifest(client, repository, chosen.digest, job);
    documents.push(document);
  }
  const { manifest, descriptor: manifestDescriptor } = document;
  if (!IMAGE_CONFIG_TYPES.includes(manifest.config.mediaType)) {
    throw new EngineError(
      'unsupported',
      `${reference} is no image to run: its config is ${manifest.config.mediaType}`,
      {
        data: { reference, mediaType: manifest.config.mediaType },
      },
    );
  }
  if (manifest.config.size > MAX_CONFIG_BYTES) throw new EngineError('limit', 'the image config is over 8 MiB');
  const configBytes = await blobBytes(client, repository, manifest.config, job);
  const config = parseImageConfig(configBytes);
  if (config.rootfs.diff_ids.length !== manifest.layers.length) {
    throw new EngineError(
      'invalid-document',
      `the config of ${reference} lists ${config.rootfs.diff_ids.length} layers, its manifest ${manifest.layers.length}`,
    );
  }
  return { repository, target: named.descriptor, documents, manifestDescriptor, manifest, configBytes, config };
}

/** The entry of an index to use on a platform: the first that fits, as containerd orders them; undefined when none does. */
export function choosePlatform(index: Index, platform: Platform): Descriptor | undefined {
  return (
    index.manifests.find((entry) => entry.platform !== undefined && matchesPlatform(platform, entry.platform)) ??
    index.manifests.find((entry) => entry.platform === undefined)
  );
}

function noPlatform(index: Index, platform: Platform, reference: string): EngineError {
  const wanted = formatPlatform(platform);
  const platforms = index.manifests.flatMap((entry) => (entry.platform ? [formatPlatform(entry.platform)] : []));
  return new EngineError(
    'not-found',
    `no matching manifest for ${wanted} in the manifest list entries: ${reference} has ${platforms.join(', ') || 'none'}`,
    { data: { reference, platform: wanted, platforms } },
  );
}
