/**
 * Sending blobs (distribution-spec, "Pushing Blobs"): small ones whole, large ones in pieces, so that a broken connection costs
 * a piece and the page can show how far it is (a browser tells nothing of a request's way up). Or a blob is mounted.
 */
import { isEngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import type { Digest } from '../oci/digest.ts';
import { hasBlob } from './blobs.ts';
import type { RegistryClient } from './client.ts';
import { repositoryScope, type Repository } from './repository.ts';
import { isTransientStatus, retryDelayMs, waitToRetry } from './retry.ts';
import {
  appendChunk,
  bodyBytes,
  cancelSession,
  closeSession,
  openSession,
  sessionState,
  type UploadBody,
  type UploadSession,
  type UploadTarget,
} from './upload-session.ts';

/** Size of a piece, and up to which a blob goes whole. Storage behind registries takes parts of 5 MiB and more. */
export const CHUNK_BYTES = 8 * 1024 * 1024;

/** Called with the bytes that arrived so far, whenever more did. */
type SentListener = (sentBytes: number) => void;

/**
 * Sends a blob. What breaks in the middle is taken up where the registry says it stopped, or sent again in a new session, as
 * often as {@link retryDelayMs} allows. Throws what the registry refuses with, and `cors` where a browser may not see the
 * session's address.
 */
export async function uploadBlob(
  client: RegistryClient,
  repository: Repository,
  digest: Digest,
  body: UploadBody,
  job: Job,
  onSent: SentListener = () => undefined,
): Promise<void> {
  const target: UploadTarget = { client, repository, job };
  let inChunks = bodyBytes(body) > CHUNK_BYTES;
  for (let attempt = 1; ; attempt++) {
    try {
      const session = await openSession(target);
      const sent = inChunks ? await sendChunks(target, session, body, onSent) : session;
      if (sent === 'refused') {
        inChunks = false;
        continue;
      }
      await closeSession(target, sent, digest, sent.receivedBytes === 0 ? body : undefined);
      return;
    } catch (error) {
      const delayMs = delayAfter(error, attempt, client);
      if (delayMs === undefined) throw error;
      await waitToRetry(client.clock, delayMs, job);
      // the registry may have finished, and only its answer was lost
      if (await hasBlob(client, repository, digest, job)) return;
      onSent(0);
    }
  }
}

/** Sends all in pieces; `refused` by a registry that takes blobs whole alone (some answer so to the second piece). */
async function sendChunks(
  target: UploadTarget,
  opened: UploadSession,
  body: UploadBody,
  onSent: SentListener,
): Promise<UploadSession | 'refused'> {
  const { client, job } = target;
  const total = bodyBytes(body);
  const chunkBytes = Math.max(CHUNK_BYTES, opened.minChunkBytes);
  let session = opened;
  let failures = 0;
  while (session.receivedBytes < total) {
    const start = session.receivedBytes;
    try {
      session = await appendChunk(target, session, body.slice(start, start + chunkBytes));
      failures = 0;
    } catch (error) {
      if (refusesChunks(error)) return 'refused';
      const delayMs = delayAfter(error, ++failures, client);
      if (delayMs === undefined) throw error;
      await waitToRetry(client.clock, delayMs, job);
      const resumed = await sessionState(target, session);
      if (resumed === undefined || resumed.receivedBytes > total) throw error;
      session = resumed;
    }
    onSent(session.receivedBytes);
  }
  return session;
}

/** A piece that is refused for what it is. `cors`: the registry does not allow PATCH to browsers, but may allow PUT. */
function refusesChunks(error: unknown): boolean {
  if (!isEngineError(error)) return false;
  const { status } = error.data;
  if (error.code === 'cors') return true;
  return typeof status === 'number' && [400, 404, 405, 411, 416, 501].includes(status);
}

/** Milliseconds to wait before another try, where that may help. */
function delayAfter(error: unknown, attempt: number, client: RegistryClient): number | undefined {
  if (!isEngineError(error)) return undefined;
  const { status, retryAfter } = error.data;
  const mayPass = error.code === 'network' || (typeof status === 'number' && isTransientStatus(status));
  if (!mayPass) return undefined;
  return retryDelayMs(attempt, typeof retryAfter === 'string' ? retryAfter : null, client.clock.nowMs());
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
  // It opened an upload session instead, which nobody will use.
  const location = response.headers.get('location');
  if (location !== null) await cancelSession({ client, repository, job }, location);
  return false;
}
