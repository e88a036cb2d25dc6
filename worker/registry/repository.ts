/** Manifests of one repository: get, check, put, delete (distribution-spec, "Pull", "Push", "Content Management"). */
import { EngineError, isEngineError } from '../base/errors.ts';
import { readAll } from '../base/bytes.ts';
import type { Job } from '../base/job.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { isDigest, type Digest } from '../oci/digest.ts';
import {
  ACCEPTED_DOCUMENTS,
  ACCEPTED_OCI_DOCUMENTS,
  MAX_DOCUMENT_BYTES,
  readDocument,
  type RegistryDocument,
} from './document.ts';
import type { Endpoint } from './endpoint.ts';
import type { RegistryClient } from './client.ts';

/** A repository at one of the places that serve it. */
export interface Repository {
  readonly endpoint: Endpoint;
  /** `library/busybox`. */
  readonly path: string;
}

/** What one asks a token server for. */
export function repositoryScope(repository: Repository, actions: 'pull' | 'pull,push' | 'delete'): string {
  return `repository:${repository.path}:${actions}`;
}

/** A manifest or an index by tag or digest, whole and verified. Throws `not-found` and what {@link readDocument} throws. */
export async function getManifest(
  client: RegistryClient,
  repository: Repository,
  tagOrDigest: string,
  job: Job,
): Promise<RegistryDocument> {
  const response = await askManifest(client, repository, 'GET', tagOrDigest, [], job);
  const bytes = await readBody(response, MAX_DOCUMENT_BYTES);
  const expected = isDigest(tagOrDigest) ? tagOrDigest : digestHeader(response);
  return readDocument(bytes, expected, response.headers.get('content-type') ?? undefined);
}

/** What a tag or digest leads to, without fetching it; undefined when the repository does not have it. */
export async function headManifest(
  client: RegistryClient,
  repository: Repository,
  tagOrDigest: string,
  job: Job,
): Promise<Descriptor | undefined> {
  const response = await askManifest(client, repository, 'HEAD', tagOrDigest, [404], job);
  if (response.status === 404) return undefined;
  const digest = digestHeader(response);
  const length = response.headers.get('content-length');
  // A registry that does not expose its headers to browsers, or a static one: fetch and hash instead.
  if (digest === undefined || length === null)
    return (await getManifest(client, repository, tagOrDigest, job)).descriptor;
  return { mediaType: response.headers.get('content-type') ?? '', digest, size: Number(length) };
}

/**
 * Asks for a manifest in every form there is. Browsers need leave for a header that long, but not for the OCI forms alone: a
 * registry that grants no leave is asked for those.
 */
export async function askManifest(
  client: RegistryClient,
  repository: Repository,
  method: 'GET' | 'HEAD',
  tagOrDigest: string,
  acceptStatuses: readonly number[],
  job: Job,
): Promise<Response> {
  const ask = (accept: string): Promise<Response> =>
    client.exchange({
      endpoint: repository.endpoint,
      method,
      target: `/v2/${repository.path}/manifests/${tagOrDigest}`,
      scopes: [repositoryScope(repository, 'pull')],
      headers: { accept },
      accept: acceptStatuses,
      job,
    });
  try {
    return await ask(ACCEPTED_DOCUMENTS);
  } catch (error) {
    if (!isEngineError(error, 'cors')) throw error;
    return ask(ACCEPTED_OCI_DOCUMENTS);
  }
}

/** Stores a manifest or index under a tag or its digest. Its blobs (or manifests) must be there. */
export async function putManifest(
  client: RegistryClient,
  repository: Repository,
  tagOrDigest: string,
  document: { readonly mediaType: string; readonly bytes: Uint8Array<ArrayBuffer> },
  job: Job,
): Promise<void> {
  const response = await client.exchange({
    endpoint: repository.endpoint,
    method: 'PUT',
    target: `/v2/${repository.path}/manifests/${tagOrDigest}`,
    scopes: [repositoryScope(repository, 'pull,push')],
    headers: { 'content-type': document.mediaType },
    body: document.bytes,
    job,
  });
  await response.body?.cancel();
}

/** Removes a tag or a manifest. Throws `not-found`, and `registry` where the registry does not delete. */
export async function deleteManifest(
  client: RegistryClient,
  repository: Repository,
  tagOrDigest: string,
  job: Job,
): Promise<void> {
  const response = await client.exchange({
    endpoint: repository.endpoint,
    method: 'DELETE',
    target: `/v2/${repository.path}/manifests/${tagOrDigest}`,
    scopes: [repositoryScope(repository, 'delete')],
    job,
  });
  await response.body?.cancel();
}

function digestHeader(response: Response): Digest | undefined {
  const value = response.headers.get('docker-content-digest');
  return value !== null && isDigest(value) ? value : undefined;
}

/** All of a small answer. Throws `limit` when it is not small. */
export async function readBody(response: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (response.body === null) return new Uint8Array();
  try {
    return await readAll(response.body, maxBytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new EngineError('limit', `the registry's answer is larger than ${maxBytes} bytes`, {
      data: { url: response.url, maxBytes },
    });
  }
}
