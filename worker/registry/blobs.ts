/**
 * Downloading blobs: streams that end with the announced length or fail, resumed with `Range` where a connection breaks.
 * Lengths are checked here, as bytes pass; the digest is checked by {@link verifiedBlob} and {@link blobBytes}, or by the content
 * store that ingests the stream.
 */
import { readAll, type Bytes } from '../base/bytes.ts';
import { EngineError, isEngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import { digestOf, hashingTransform } from '../codec/sha256.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import type { RegistryClient } from './client.ts';
import { repositoryScope, type Repository } from './repository.ts';
import { retryDelayMs, waitToRetry } from './retry.ts';

/** True when the repository has the blob. A registry that answers HEAD with a refusal other than 404 throws. */
export async function hasBlob(
  client: RegistryClient,
  repository: Repository,
  digest: Digest,
  job: Job,
): Promise<boolean> {
  const response = await client.exchange({
    endpoint: repository.endpoint,
    method: 'HEAD',
    target: blobTarget(repository, digest),
    scopes: [repositoryScope(repository, 'pull')],
    accept: [404],
    job,
  });
  return response.ok;
}

/**
 * The bytes of a blob, exactly `descriptor.size` of them: more or fewer are `corrupt`, a lost connection is taken up where
 * it broke. The digest is not checked.
 */
export function blobStream(
  client: RegistryClient,
  repository: Repository,
  descriptor: Descriptor,
  job: Job,
): ReadableStream<Uint8Array> {
  let source: ReadableStreamDefaultReader<Uint8Array> | undefined;
  let received = 0;
  let failures = 0;

  /** The next chunk, from a new connection where there is none. */
  const next = async (): Promise<Uint8Array | undefined> => {
    source ??= (await openBlob(client, repository, descriptor, received, job)).getReader();
    const { value } = await source.read();
    return value;
  };

  const nextOrResume = async (): Promise<Uint8Array | undefined> => {
    for (;;) {
      try {
        const chunk = await next();
        if (chunk !== undefined || received === descriptor.size) return chunk;
      } catch (error) {
        job.budget.throwIfCancelled();
        // What the registry said of its own accord stays; only a broken connection is worth another.
        if (isEngineError(error)) throw error;
      }
      source = undefined;
      const delayMs = retryDelayMs(++failures, null, 0);
      if (delayMs === undefined) throw truncated(descriptor, received);
      await waitToRetry(client.clock, delayMs, job);
    }
  };

  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const chunk = await nextOrResume();
      if (chunk === undefined) {
        controller.close();
        return;
      }
      received += chunk.byteLength;
      if (received > descriptor.size) {
        await source?.cancel();
        throw new EngineError(
          'corrupt',
          `blob ${descriptor.digest} is longer than the ${descriptor.size} bytes announced`,
          {
            data: { digest: descriptor.digest, expectedBytes: descriptor.size },
          },
        );
      }
      controller.enqueue(chunk);
    },
    cancel: (reason) => source?.cancel(reason),
  });
}

/** As {@link blobStream}, and fails with `corrupt` at its end when the bytes do not have the digest. */
export function verifiedBlob(
  client: RegistryClient,
  repository: Repository,
  descriptor: Descriptor,
  job: Job,
): ReadableStream<Uint8Array> {
  const hashing = hashingTransform(({ digest }) => {
    if (digest !== descriptor.digest) throw wrongDigest(descriptor.digest, digest);
  });
  return blobStream(client, repository, descriptor, job).pipeThrough(hashing);
}

/** All of a blob, with the digest it is named by. Throws `corrupt` otherwise. */
export async function blobBytes(
  client: RegistryClient,
  repository: Repository,
  descriptor: Descriptor,
  job: Job,
): Promise<Bytes> {
  const bytes = await readAll(blobStream(client, repository, descriptor, job));
  const digest = await digestOf(bytes);
  if (digest !== descriptor.digest) throw wrongDigest(descriptor.digest, digest);
  return bytes;
}

/** The error of bytes that are not what their name says. */
export function wrongDigest(expected: Digest, actual: Digest): EngineError {
  return new EngineError('corrupt', `blob ${expected} arrived damaged: its bytes have the digest ${actual}`, {
    data: { digest: expected, expected, actual },
  });
}

async function openBlob(
  client: RegistryClient,
  repository: Repository,
  descriptor: Descriptor,
  offset: number,
  job: Job,
): Promise<ReadableStream<Uint8Array>> {
  const response = await client.exchange({
    endpoint: repository.endpoint,
    method: 'GET',
    target: blobTarget(repository, descriptor.digest),
    scopes: [repositoryScope(repository, 'pull')],
    ...(offset === 0 ? {} : { headers: { range: `bytes=${offset}-` } }),
    job,
  });
  const body = response.body ?? new Response('').body!;
  return offset > 0 && response.status !== 206 ? body.pipeThrough(skipping(offset)) : body;
}

/** Drops the first bytes, for a server that answers a range with the whole. */
function skipping(bytes: number): TransformStream<Uint8Array, Uint8Array> {
  let left = bytes;
  return new TransformStream({
    transform(chunk, controller) {
      const skipped = Math.min(left, chunk.byteLength);
      left -= skipped;
      if (skipped < chunk.byteLength) controller.enqueue(chunk.subarray(skipped));
    },
  });
}

function blobTarget(repository: Repository, digest: Digest): string {
  return `/v2/${repository.path}/blobs/${digest}`;
}

function truncated(descriptor: Descriptor, received: number): EngineError {
  return new EngineError(
    'corrupt',
    `blob ${descriptor.digest} broke off: ${received} of ${descriptor.size} bytes arrived`,
    { data: { digest: descriptor.digest, receivedBytes: received, expectedBytes: descriptor.size } },
  );
}
