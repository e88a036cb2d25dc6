/**
 * Builds a Blob out of a stream's chunks without holding them: every few megabytes become a Blob of their own, which the
 * browser keeps outside the script's memory and moves to disk, and the result is a Blob made of those.
 */

const PART_BYTES = 4 * 1024 * 1024;

/** Collects bytes into one Blob. */
export interface BlobBuilder {
  readonly sizeBytes: number;
  /** Takes a chunk over: it must not be written to until `finish`. */
  append(chunk: Uint8Array<ArrayBuffer>): void;
  /** All that was appended. */
  finish(): Blob;
}

/** An empty {@link BlobBuilder}. */
export function createBlobBuilder(): BlobBuilder {
  const parts: Blob[] = [];
  let pending: Uint8Array<ArrayBuffer>[] = [];
  let pendingBytes = 0;
  let sizeBytes = 0;

  const seal = (): void => {
    if (pendingBytes === 0) return;
    parts.push(new Blob(pending));
    pending = [];
    pendingBytes = 0;
  };

  return {
    get sizeBytes() {
      return sizeBytes;
    },
    append(chunk) {
      pending.push(chunk);
      pendingBytes += chunk.byteLength;
      sizeBytes += chunk.byteLength;
      if (pendingBytes >= PART_BYTES) seal();
    },
    finish() {
      seal();
      const [only] = parts;
      return parts.length === 1 && only !== undefined ? only : new Blob(parts);
    },
  };
}
