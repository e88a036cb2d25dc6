/** What a push would send, found out before it is sent: which layers the registry has already, which it can take from elsewhere. */
import { asEngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { DiffID } from '../oci/digest.ts';
import { parseReference } from '../oci/reference.ts';
import { hasBlob } from '../registry/blobs.ts';
import type { RegistryClient } from '../registry/client.ts';
import { knownLayerBlobs } from '../registry/layer-blobs.ts';
import { headManifest, type Repository } from '../registry/repository.ts';
import type { Store } from '../store/index.ts';
import type { Images } from './images.ts';

/** A layer of an image about to be pushed, bottom up. */
export interface PlannedLayer {
  readonly diffID: string;
  /** Its blob, where it was compressed before. */
  readonly digest?: string;
  readonly instruction: string;
  /** Uncompressed. */
  readonly sizeBytes: number;
  /** As it is sent; absent before it was compressed for the first time. */
  readonly compressedBytes?: number;
  /** `mount`: another repository there has it. `unknown`: the registry was not asked, or did not say. */
  readonly state: 'present' | 'mount' | 'send' | 'unknown';
  /** The repository it is mounted from. */
  readonly from?: string;
}

export interface PublishPlan {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  readonly layers: readonly PlannedLayer[];
  /** What the tag leads to now; absent when it is free. */
  readonly replaces?: string;
  /** Why the registry could not be asked. */
  readonly problem?: string;
}

/** Asks a registry what of an image it has. A registry that cannot be asked is a plan with a problem. Throws `not-found`, `invalid-reference`, `cancelled`. */
export async function planPublish(
  store: Store,
  client: RegistryClient,
  images: Images,
  { image, reference: name }: { readonly image: string; readonly reference: string },
  job: Job,
): Promise<PublishPlan> {
  const reference = parseReference(name);
  const repository: Repository = { endpoint: client.registry(reference.domain), path: reference.path };
  const detail = await images.detail(image);
  const blobs = await knownLayerBlobs(store.images, store.content);
  const sources = await mountSources(store, reference.domain);
  const tag = reference.tag ?? 'latest';
  const place = { registry: reference.domain, repository: reference.path, tag };
  const planned: PlannedLayer[] = [];
  let problem: string | undefined;
  let replaces: string | undefined;
  try {
    replaces = (await headManifest(client, repository, tag, job))?.digest;
  } catch (error) {
    job.budget.throwIfCancelled();
    problem = asEngineError(error).message;
  }
  for (const { diffID, instruction, sizeBytes } of detail.stack) {
    if (diffID === undefined) continue;
    const known = blobs.get(diffID as DiffID);
    const layer = { diffID, instruction, sizeBytes, ...blobFacts(known) };
    const state =
      problem === undefined
        ? await stateOf(client, repository, known, sources(diffID as DiffID), job)
        : { state: 'unknown' as const };
    planned.push({ ...layer, ...state });
  }
  return {
    ...place,
    layers: planned,
    ...(replaces === undefined ? {} : { replaces }),
    ...(problem === undefined ? {} : { problem }),
  };
}

function blobFacts(known: Descriptor | undefined): Pick<PlannedLayer, 'digest' | 'compressedBytes'> {
  return known === undefined ? {} : { digest: known.digest, compressedBytes: known.size };
}

/** A layer that was never compressed here cannot be there under a name anybody knows. */
async function stateOf(
  client: RegistryClient,
  repository: Repository,
  known: Descriptor | undefined,
  sources: readonly string[],
  job: Job,
): Promise<Pick<PlannedLayer, 'state' | 'from'>> {
  if (known === undefined) return { state: 'send' };
  try {
    if (await hasBlob(client, repository, known.digest, job)) return { state: 'present' };
  } catch {
    job.budget.throwIfCancelled();
    return { state: 'unknown' };
  }
  const from = sources.find((path) => path !== repository.path);
  return from === undefined ? { state: 'send' } : { state: 'mount', from };
}

/**
 * Repositories of a registry that have a layer, as far as images here tell: those that an image with the layer was pulled from
 * or pushed to.
 */
export async function mountSources(store: Store, domain: string): Promise<(diffID: DiffID) => readonly string[]> {
  const repositories = new Map<string, Set<string>>();
  for (const [name, id] of await store.images.names()) {
    const reference = parseReference(name);
    // a name with a digest was given by a pull or a push, so the registry has the image; a tag says nothing of it
    if (reference.domain !== domain || reference.digest === undefined) continue;
    const image = await store.images.get(id);
    for (const diffID of image?.config.rootfs.diff_ids ?? []) {
      const known = repositories.get(diffID) ?? new Set();
      repositories.set(diffID, known.add(reference.path));
    }
  }
  return (diffID) => [...(repositories.get(diffID) ?? [])];
}
