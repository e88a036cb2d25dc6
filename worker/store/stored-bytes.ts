/**
 * Bytes as they are stored: small ones as a Uint8Array, which IndexedDB reads and writes faster, larger ones as a Blob,
 * which it keeps out of memory (and beyond 126 MB is the only thing it takes).
 */
import { EngineError, isEngineError } from '../base/errors.ts';
import { hashStream, digestOf } from '../codec/sha256.ts';
import type { Digest } from '../oci/digest.ts';

export type StoredBytes = Blob | Uint8Array<ArrayBuffer>;

/** From this many bytes on a Blob is the better form. Measured in Chromium. */
const BLOB_FROM_BYTES = 256 * 1024;

/** Bytes up to this many are hashed in one piece, which is faster and still cheap in memory. */
const HASH_WHOLE_BYTES = 16 * 1024 * 1024;

/** Bytes in the form they are best stored in. */
export async function storedBytes(bytes: StoredBytes): Promise<StoredBytes> {
  const small = bytesLength(bytes) < BLOB_FROM_BYTES;
  if (bytes instanceof Blob) return small ? new Uint8Array(await bytes.arrayBuffer()) : bytes;
  return small ? bytes : new Blob([bytes]);
}

/** How many bytes they are. */
export function bytesLength(bytes: StoredBytes): number {
  return bytes instanceof Blob ? bytes.size : bytes.byteLength;
}

/** Stored bytes as a Blob, for slicing without reading. */
export function asBlob(bytes: StoredBytes): Blob {
  return bytes instanceof Blob ? bytes : new Blob([bytes]);
}

/** True for what `storedBytes` makes; storage is outside data. */
export function isStoredBytes(value: unknown): value is StoredBytes {
  return value instanceof Blob || value instanceof Uint8Array;
}

/** The sha256 digest of stored bytes, in constant memory. Throws `corrupt` naming `owner` when the bytes cannot be read. */
export async function storedDigest(bytes: StoredBytes, owner: string): Promise<Digest> {
  if (bytesLength(bytes) <= HASH_WHOLE_BYTES) return digestOf(await readStored(bytes, owner));
  return (await hashStream(storedStream(bytes, owner))).digest;
}

/** True when the bytes still have the digest they are stored under; false also when the browser cannot read them any more. */
export async function hasDigest(bytes: StoredBytes, digest: Digest): Promise<boolean> {
  try {
    return (await storedDigest(bytes, digest)) === digest;
  } catch (error) {
    if (isEngineError(error, 'corrupt')) return false;
    throw error;
  }
}

/** All of the bytes at once. Throws `corrupt` naming `owner` when they cannot be read. */
export async function readStored(bytes: StoredBytes, owner: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!(bytes instanceof Blob)) return bytes;
  try {
    return new Uint8Array(await bytes.arrayBuffer());
  } catch (error) {
    throw unreadable(owner, error);
  }
}

/** The bytes as a stream, from `start` to `end` (exclusive). It errors with `corrupt` when the browser lost the file behind a Blob. */
export function storedStream(
  bytes: StoredBytes,
  owner: string,
  start = 0,
  end: number = bytesLength(bytes),
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = asBlob(bytes).slice(start, end).stream().getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        controller.error(unreadable(owner, error));
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

function unreadable(owner: string, cause: unknown): EngineError {
  if (isEngineError(cause)) return cause;
  return new EngineError('corrupt', `The stored bytes of ${owner} cannot be read any more. Pull or build it again.`, {
    data: { digest: owner },
    cause,
  });
}
