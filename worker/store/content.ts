/**
 * The content store: blobs by digest (manifests, configs, compressed layers that came from or go to a registry).
 *
 * Life cycle: `ingest` streams bytes in, hashing as they come; only when length and digest are what was expected is anything
 * written, in one piece. What is there is never changed. `delete` and gc remove it; a lease protects it meanwhile.
 */
import type { Job } from '../base/job.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';

export interface ContentRecord {
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly body: Blob | Uint8Array<ArrayBuffer>;
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
   * What is there already is not stored twice. Constant memory: chunks go to a Blob as they come.
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
