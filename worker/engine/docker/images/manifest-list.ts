/** `docker manifest create` and `push`: what a registry says of one image, and lists of images put beside them. */
import { EngineError } from '../../../base/errors.ts';
import type { Job } from '../../../base/job.ts';
import type { Descriptor } from '../../../oci/descriptor.ts';
import { parseImageConfig } from '../../../oci/config.ts';
import { fullReference, parseReference } from '../../../oci/reference.ts';
import { blobBytes, hasBlob, verifiedBlob } from '../../../registry/blobs.ts';
import { getManifest, putManifest, type Repository } from '../../../registry/repository.ts';
import { mountBlob, uploadBlob } from '../../../registry/uploads.ts';
import type { ManifestListPush, RegistryCredentials } from '../api.ts';
import { documentOf } from './manifest.ts';
import { worded, type TransferParts } from './transfers.ts';

interface Options {
  readonly credentials?: RegistryCredentials;
}

/** Where an image's manifest is, with the platform its configuration tells. Throws `not-found`, `invalid-argument` for a list. */
export async function remoteDescriptor(
  parts: TransferParts,
  name: string,
  { credentials }: Options,
  job: Job,
): Promise<Descriptor> {
  const reference = parseReference(name);
  if (credentials !== undefined) parts.useCredentials(reference.domain, credentials);
  return worded(reference, async () => {
    const { document, endpoint } = await documentOf(parts, reference, job);
    if (document.kind === 'index') {
      throw new EngineError('invalid-argument', `${fullReference(reference)} is a manifest list`);
    }
    const repository = { endpoint, path: reference.path };
    const config = await blobBytes(parts.client, repository, document.manifest.config, job);
    const { os, architecture, variant } = parseImageConfig(config);
    const { mediaType, size, digest } = document.descriptor;
    return { mediaType, size, digest, platform: { os, architecture, ...(variant === undefined ? {} : { variant }) } };
  });
}

/**
 * Puts a list of manifests into a repository, and before it the images it names that lie in other repositories of the
 * registry; `told` hears of each of those.
 */
export async function pushManifestList(
  parts: TransferParts,
  { target, sources, mediaType, bytes }: ManifestListPush,
  { credentials }: Options,
  told: (name: string) => Promise<void>,
  job: Job,
): Promise<void> {
  const reference = parseReference(target);
  if (credentials !== undefined) parts.useCredentials(reference.domain, credentials);
  const { client } = parts;
  const repository = { endpoint: client.registry(reference.domain), path: reference.path };
  await worded(reference, async () => {
    for (const { name, digest } of sources) {
      const source = parseReference(name);
      if (source.path === reference.path) continue;
      await copyImage(parts, { ...repository, path: source.path }, repository, digest, job);
      await told(name);
    }
    await putManifest(client, repository, reference.tag ?? 'latest', { mediaType, bytes }, job);
  });
}

/** Takes an image over from another repository: its blobs are mounted where the registry does so, else sent. */
async function copyImage(
  { client }: TransferParts,
  from: Repository,
  to: Repository,
  digest: string,
  job: Job,
): Promise<void> {
  const document = await getManifest(client, from, digest, job);
  if (document.kind === 'index') throw new EngineError('invalid-argument', `${digest} is a manifest list`);
  for (const blob of [document.manifest.config, ...document.manifest.layers]) {
    if (await hasBlob(client, to, blob.digest, job)) continue;
    if (await mountBlob(client, to, blob.digest, from.path, job)) continue;
    await uploadBlob(client, to, blob.digest, await new Response(verifiedBlob(client, from, blob, job)).blob(), job);
  }
  await putManifest(client, to, digest, { mediaType: document.descriptor.mediaType, bytes: document.bytes }, job);
}
