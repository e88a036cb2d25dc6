/**
 * The content store: blobs by digest (manifests, configs, compressed layers that came from or go to a registry).
 *
 * Life cycle: `ingest` streams bytes in, hashing as they come; only when length and digest are what was expected is anything
 * written, in one piece. What is there is never changed. `delete` and gc remove it; a lease protects it meanwhile. Bytes
 * that are found damaged are let go when they are reported: the blob then counts as missing, and ingesting it heals it.
 */
import { ownBytes } from '../base/bytes.ts';
import { EngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import type { Clock } from '../base/ports.ts';
import { digestOf, PieceHash } from '../codec/sha256.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { createBlobBuilder } from './blob-builder.ts';
import type { Database } from './database.ts';
import { againstGc } from './locks.ts';
import { checkRecord, isAmount, isText, type Shape } from './record.ts';
import {
  asBlob,
  bytesLength,
  isStoredBytes,
  readStored,
  storedBytes,
  hasDigest,
  storedStream,
  type StoredBytes,
} from './stored-bytes.ts';

/** The head of a blob; its bytes are in `bodies` under {@link contentBodyKey}. */
export interface ContentRecord {
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly createdMs: number;
}

export interface ContentInfo {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly createdMs: number;
}

/** `start` inclusive, `end` exclusive, in bytes. */
export interface ByteRange {
  readonly start: number;
  readonly end?: number;
}

export interface ContentStore {
  info(digest: Digest): Promise<ContentInfo | undefined>;
  /** Throws `not-found`; with `verify`, `corrupt` when the stored bytes no longer have this digest. */
  read(digest: Digest, options?: { range?: ByteRange; verify?: boolean }): Promise<ReadableStream<Uint8Array>>;
  /** A whole small blob (a manifest, a config), verified. Throws `not-found`, `corrupt`, `limit` over `maxBytes` (default 8 MiB). */
  readBytes(digest: Digest, maxBytes?: number): Promise<Uint8Array<ArrayBuffer>>;
  /** The stored body as a Blob, for slicing without reading. Throws `not-found`. */
  readBlob(digest: Digest): Promise<Blob>;
  /**
   * Stores a stream. `expect.digest` and `expect.size` are checked where given: `corrupt` names both sides, nothing is kept.
   * What is there already is not stored twice. Chunks go to a Blob as they come; the first 32 MiB are held to be hashed at once.
   */
  ingest(expect: Partial<Descriptor>, body: ReadableStream<Uint8Array>, job: Job): Promise<Descriptor>;
  /** Stores bytes at hand. */
  ingestBytes(mediaType: string, bytes: Uint8Array<ArrayBuffer>): Promise<Descriptor>;
  /** Stores a Blob whose digest the caller has just computed from its very bytes. */
  ingestHashed(descriptor: Descriptor, body: Blob): Promise<void>;
  /** Removing what is not there is no error. */
  delete(digest: Digest): Promise<void>;
  list(): Promise<readonly ContentInfo[]>;
}

/** Where the bytes of a blob are in `bodies`. */
export const contentBodyKey = (digest: string): string => `content/${digest}`;

const SHAPE: Shape<ContentRecord> = { mediaType: isText, sizeBytes: isAmount, createdMs: isAmount };
const UNKNOWN_MEDIA_TYPE = 'application/octet-stream';
const READ_BYTES_LIMIT = 8 * 1024 * 1024;

/** The content store over a database. */
export function createContentStore(database: Database, clock: Clock): ContentStore {
  async function info(digest: Digest): Promise<ContentInfo | undefined> {
    const record = await database.get('content', digest);
    return record && { digest, ...checkRecord('content', digest, record, SHAPE) };
  }

  /** The stored bytes, of the length their head tells. */
  async function body(digest: Digest): Promise<StoredBytes> {
    const [head, bytes] = await Promise.all([info(digest), database.get('bodies', contentBodyKey(digest))]);
    if (head === undefined) throw missing(digest);
    if (!isStoredBytes(bytes) || bytesLength(bytes) !== head.sizeBytes) throw await damaged(digest);
    return bytes;
  }

  async function damaged(digest: Digest): Promise<EngineError> {
    await database.write([{ table: 'bodies', key: contentBodyKey(digest), record: undefined }]);
    return corrupt(digest);
  }

  /** A head whose bytes are gone does not count: storing it again heals it. */
  async function isStored(digest: Digest): Promise<boolean> {
    const [head, bytes] = await Promise.all([
      database.has('content', digest),
      database.has('bodies', contentBodyKey(digest)),
    ]);
    return head && bytes;
  }

  async function commit({ mediaType, digest, size }: Descriptor, bytes: StoredBytes): Promise<void> {
    const stored = await storedBytes(bytes);
    await againstGc(database, async () => {
      if (await isStored(digest)) return;
      await database.write([
        { table: 'content', key: digest, record: { mediaType, sizeBytes: size, createdMs: clock.nowMs() } },
        { table: 'bodies', key: contentBodyKey(digest), record: stored },
      ]);
    });
  }

  return {
    info,
    async read(digest, options = {}) {
      const bytes = await body(digest);
      if (options.verify === true && !(await hasDigest(bytes, digest))) throw await damaged(digest);
      return storedStream(bytes, digest, options.range?.start, options.range?.end);
    },
    async readBytes(digest, maxBytes = READ_BYTES_LIMIT) {
      const stored = await body(digest);
      if (bytesLength(stored) > maxBytes) {
        throw new EngineError(
          'limit',
          `${digest} has ${bytesLength(stored)} bytes; at most ${maxBytes} are read at once.`,
          {
            data: { digest, maxBytes },
          },
        );
      }
      const bytes = await readStored(stored, digest);
      if ((await digestOf(bytes)) !== digest) throw await damaged(digest);
      return bytes;
    },
    readBlob: async (digest) => asBlob(await body(digest)),
    async ingest(expect, stream, job) {
      if (expect.digest !== undefined && (await isStored(expect.digest))) {
        const known = await info(expect.digest);
        if (known !== undefined) {
          await stream.cancel();
          return { mediaType: known.mediaType, digest: known.digest, size: known.sizeBytes };
        }
      }
      const { digest, blob } = await receive(expect, stream, job);
      const descriptor = { mediaType: expect.mediaType ?? UNKNOWN_MEDIA_TYPE, digest, size: blob.size };
      await commit(descriptor, blob);
      return descriptor;
    },
    async ingestBytes(mediaType, bytes) {
      const descriptor = { mediaType, digest: await digestOf(bytes), size: bytes.byteLength };
      await commit(descriptor, bytes);
      return descriptor;
    },
    async ingestHashed(descriptor, blob) {
      if (descriptor.size !== blob.size) throw mismatch('size', descriptor.size, blob.size, descriptor.digest);
      await commit(descriptor, blob);
    },
    delete: (digest) => database.write(contentDeletion(digest)),
    async list() {
      const entries = await database.entries('content');
      return entries.map(([key, record]) => ({ digest: key as Digest, ...checkRecord('content', key, record, SHAPE) }));
    },
  };
}

/** What removes a blob. */
export function contentDeletion(digest: string) {
  return [
    { table: 'content', key: digest, record: undefined },
    { table: 'bodies', key: contentBodyKey(digest), record: undefined },
  ] as const;
}

/** Reads a stream to its end, and checks it against what was expected. The stream is cancelled when that fails. */
async function receive(
  expect: Partial<Descriptor>,
  stream: ReadableStream<Uint8Array>,
  job: Job,
): Promise<{ digest: Digest; blob: Blob }> {
  if (expect.digest?.startsWith('sha256:') === false) {
    throw new EngineError('unsupported', `${expect.digest} cannot be checked: only sha256 digests are stored.`, {
      data: { digest: expect.digest },
    });
  }
  const hash = new PieceHash();
  const builder = createBlobBuilder();
  await eachChunk(stream, job, (chunk) => {
    const own = ownBytes(chunk);
    hash.update(own);
    builder.append(own);
    if (expect.size !== undefined && builder.sizeBytes > expect.size) {
      throw mismatch('size', expect.size, builder.sizeBytes, expect.digest);
    }
  });
  if (expect.size !== undefined && builder.sizeBytes !== expect.size) {
    throw mismatch('size', expect.size, builder.sizeBytes, expect.digest);
  }
  const digest = await hash.digest();
  if (expect.digest !== undefined && expect.digest !== digest) {
    throw mismatch('digest', expect.digest, digest, expect.digest);
  }
  return { digest, blob: builder.finish() };
}

/** Gives every chunk to `take`. A cancelled job ends it at once, also while the stream stalls. */
async function eachChunk(
  stream: ReadableStream<Uint8Array>,
  job: Job,
  take: (chunk: Uint8Array) => void,
): Promise<void> {
  const reader = stream.getReader();
  const stop = (): void => void reader.cancel(job.signal.reason).catch(() => undefined);
  job.signal.addEventListener('abort', stop);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      job.budget.throwIfCancelled();
      if (done) return;
      take(value);
      const pause = job.budget.checkpoint();
      if (pause) await pause;
    }
  } catch (error) {
    await reader.cancel(error).catch(() => undefined);
    throw error;
  } finally {
    job.signal.removeEventListener('abort', stop);
  }
}

function missing(digest: Digest): EngineError {
  return new EngineError('not-found', `content ${digest} is not stored`, { data: { digest } });
}

function corrupt(digest: Digest): EngineError {
  return new EngineError(
    'corrupt',
    `The stored bytes of ${digest} no longer have this digest. Pull or build it again.`,
    {
      data: { digest },
    },
  );
}

function mismatch(
  what: 'size' | 'digest',
  expected: string | number,
  actual: string | number,
  digest?: Digest,
): EngineError {
  return new EngineError(
    'corrupt',
    `The bytes received are not the ones expected: ${what} ${actual}, expected ${expected}.`,
    {
      data: { expected: String(expected), actual: String(actual), ...(digest === undefined ? {} : { digest }) },
    },
  );
}
