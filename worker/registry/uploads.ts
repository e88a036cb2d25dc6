/** Sending blobs (distribution-spec, "Pushing Blobs"): a session is opened, then closed with the bytes; or the blob is mounted. */
import { EngineError, isEngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import type { Digest } from '../oci/digest.ts';
import type { RegistryClient } from './client.ts';
import { repositoryScope, type Repository } from './repository.ts';
import { isTransientStatus, retryDelayMs } from './retry.ts';

/**
 * Sends a whole blob. A failure in mid-upload starts again with a new session, as often as {@link retryDelayMs} allows.
 * Throws what the registry refuses with, and `cors` where a browser may not see the session's address.
 */
export async function uploadBlob(
  client: RegistryClient,
  repository: Repository,
  digest: Digest,
  body: Blob | Uint8Array<ArrayBuffer>,
  job: Job,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const location = await openSession(client, repository, job);
    try {
      await closeSession(client, repository, location, digest, body, job);
      return;
    } catch (error) {
      const delayMs = mayPass(error) ? retryDelayMs(attempt, null, 0) : undefined;
      if (delayMs === undefined) throw error;
      await client.clock.sleep(delayMs, job.signal);
    }
  }
}

/**
 * Has the registry take a blob over from another of its repositories, without sending it. False when it will not (it does not
 * have it there, or does not mount): then the blob has to be sent.
 */
export async function mountBlob(
  client: RegistryClient,
  repository: Repository,
  digest: Digest,
  from: string,
  job: Job,
): Promise<boolean> {
  const response = await client.exchange({
    endpoint: repository.endpoint,
    method: 'POST',
    target: `/v2/${repository.path}/blobs/uploads/?mount=${encodeURIComponent(digest)}&from=${encodeURIComponent(from)}`,
    scopes: [repositoryScope(repository, 'pull,push'), repositoryScope({ ...repository, path: from }, 'pull')],
    job,
  });
  await response.body?.cancel();
  if (response.status === 201) return true;
  // It opened an upload session instead, which nobody will use: closed as courtesy, and it lapses by itself anyway.
  const location = response.headers.get('location');
  if (location !== null) await cancelSession(client, repository, absoluteLocation(location, repository), job);
  return false;
}

async function openSession(client: RegistryClient, repository: Repository, job: Job): Promise<URL> {
  const response = await client.exchange({
    endpoint: repository.endpoint,
    method: 'POST',
    target: `/v2/${repository.path}/blobs/uploads/`,
    scopes: [repositoryScope(repository, 'pull,push')],
    job,
  });
  await response.body?.cancel();
  const location = response.headers.get('location');
  if (location === null) {
    throw new EngineError(
      'cors',
      `${new URL(repository.endpoint.baseUrl).host} accepted the upload but hides where to send it: it has to list Location in Access-Control-Expose-Headers`,
      { data: { registry: repository.endpoint.domain, header: 'Location' } },
    );
  }
  return absoluteLocation(location, repository);
}

async function closeSession(
  client: RegistryClient,
  repository: Repository,
  location: URL,
  digest: Digest,
  body: Blob | Uint8Array<ArrayBuffer>,
  job: Job,
): Promise<void> {
  // The address may carry a state of its own in its query, which has to come back.
  location.searchParams.set('digest', digest);
  const response = await client.exchange({
    endpoint: repository.endpoint,
    method: 'PUT',
    target: location.href,
    scopes: [repositoryScope(repository, 'pull,push')],
    headers: { 'content-type': 'application/octet-stream' },
    body,
    retry: false,
    job,
  });
  await response.body?.cancel();
}

async function cancelSession(client: RegistryClient, repository: Repository, location: URL, job: Job): Promise<void> {
  const response = await client.exchange({
    endpoint: repository.endpoint,
    method: 'DELETE',
    target: location.href,
    scopes: [repositoryScope(repository, 'pull,push')],
    accept: [400, 403, 404, 405, 500],
    retry: false,
    job,
  });
  await response.body?.cancel();
}

function absoluteLocation(location: string, repository: Repository): URL {
  return new URL(location, `${repository.endpoint.baseUrl}/v2/`);
}

function mayPass(error: unknown): boolean {
  if (!isEngineError(error)) return false;
  return (
    error.code === 'network' || (typeof error.data['status'] === 'number' && isTransientStatus(error.data['status']))
  );
}
