/**
 * One upload session of a registry (distribution-spec, "Pushing Blobs"): opened, given bytes in order, asked how far it is, and
 * closed with the blob's digest. What it answers to each step is where the next one goes.
 */
import { EngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import type { Digest } from '../oci/digest.ts';
import type { RegistryClient } from './client.ts';
import { repositoryScope, type Repository } from './repository.ts';

export interface UploadSession {
  readonly location: URL;
  /** Bytes the registry says it has. */
  readonly receivedBytes: number;
  /** The smallest piece the registry takes, but for the last; 0 where it does not say. */
  readonly minChunkBytes: number;
}

/** What is sent: a Blob's slice costs no memory. */
export type UploadBody = Blob | Uint8Array<ArrayBuffer>;

/** Whom to talk to. */
export interface UploadTarget {
  readonly client: RegistryClient;
  readonly repository: Repository;
  readonly job: Job;
}

const OCTETS = 'application/octet-stream';

/** Opens a session. Throws what the registry refuses with, and `cors` where a browser may not see the session's address. */
export async function openSession(target: UploadTarget): Promise<UploadSession> {
  const { client, repository, job } = target;
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
  return { location: absoluteLocation(location, repository), receivedBytes: 0, minChunkBytes: minChunkOf(response) };
}

/** Sends the bytes that come next, without trying again: after a failure {@link sessionState} tells what arrived. */
export async function appendChunk(
  { client, repository, job }: UploadTarget,
  session: UploadSession,
  chunk: Blob | Uint8Array<ArrayBuffer>,
): Promise<UploadSession> {
  const start = session.receivedBytes;
  const end = start + bodyBytes(chunk);
  const response = await client.exchange({
    endpoint: repository.endpoint,
    method: 'PATCH',
    target: session.location.href,
    scopes: [repositoryScope(repository, 'pull,push')],
    headers: { 'content-type': OCTETS, 'content-range': `${start}-${end - 1}` },
    body: chunk,
    retry: false,
    job,
  });
  await response.body?.cancel();
  return { ...nextSession(session, response, repository), receivedBytes: end };
}

/**
 * How far a session is, after something went wrong; undefined when the registry forgot it, or a browser may not read what it
 * says (`Range` is not exposed).
 */
export async function sessionState(
  { client, repository, job }: UploadTarget,
  session: UploadSession,
): Promise<UploadSession | undefined> {
  const response = await client.exchange({
    endpoint: repository.endpoint,
    method: 'GET',
    target: session.location.href,
    scopes: [repositoryScope(repository, 'pull,push')],
    accept: [400, 404, 405, 416, 501],
    job,
  });
  await response.body?.cancel();
  const receivedBytes = receivedOf(response);
  if (!response.ok || receivedBytes === undefined) return undefined;
  return { ...nextSession(session, response, repository), receivedBytes };
}

/** Ends a session with its last bytes, if any. The registry checks the digest of all. */
export async function closeSession(
  { client, repository, job }: UploadTarget,
  session: UploadSession,
  digest: Digest,
  rest: UploadBody | undefined,
): Promise<void> {
  // The address may carry a state of its own in its query, which has to come back.
  const location = new URL(session.location);
  location.searchParams.set('digest', digest);
  const response = await client.exchange({
    endpoint: repository.endpoint,
    method: 'PUT',
    target: location.href,
    scopes: [repositoryScope(repository, 'pull,push')],
    headers: { 'content-type': OCTETS },
    ...(rest === undefined ? {} : { body: rest }),
    retry: false,
    job,
  });
  await response.body?.cancel();
}

/** Gives a session up, as a courtesy: it lapses by itself anyway, so that a refusal is no matter. */
export async function cancelSession({ client, repository, job }: UploadTarget, location: string): Promise<void> {
  const response = await client.exchange({
    endpoint: repository.endpoint,
    method: 'DELETE',
    target: absoluteLocation(location, repository).href,
    scopes: [repositoryScope(repository, 'pull,push')],
    accept: [400, 403, 404, 405, 500],
    retry: false,
    job,
  });
  await response.body?.cancel();
}

export function bodyBytes(body: UploadBody): number {
  return body instanceof Blob ? body.size : body.byteLength;
}

function nextSession(session: UploadSession, response: Response, repository: Repository): UploadSession {
  const location = response.headers.get('location');
  return location === null ? session : { ...session, location: absoluteLocation(location, repository) };
}

function absoluteLocation(location: string, repository: Repository): URL {
  return new URL(location, `${repository.endpoint.baseUrl}/v2/`);
}

function minChunkOf(response: Response): number {
  const value = Number(response.headers.get('oci-chunk-min-length') ?? 0);
  return Number.isSafeInteger(value) && value > 0 ? value : 0;
}

/** `Range: 0-N` counts N + 1 bytes; registries write `0-0` for none. */
function receivedOf(response: Response): number | undefined {
  const last = /^(?:bytes=)?0-(\d+)$/.exec(response.headers.get('range') ?? '')?.[1];
  if (last === undefined) return undefined;
  return last === '0' ? 0 : Number(last) + 1;
}
