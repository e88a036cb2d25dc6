/**
 * SHA-256 of buffers and streams. WebCrypto is faster but takes whole buffers only; layers come as streams, so there is
 * an incremental implementation beside it.
 */
import { concatBytes, hex, ownBytes } from '../base/bytes.ts';
import { sha256Digest, type Digest } from '../oci/digest.ts';
import { BLOCK_BYTES, compress, INITIAL_STATE, INITIAL_STATE_224 } from './sha256-block.ts';

/** An incremental SHA-256, or SHA-224, which differs in where it starts and how much it tells. Feed it with `update`; `digestHex` ends it. */
export class Sha256 {
  readonly #state: Int32Array;
  readonly #digestBytes: number;
  readonly #pending = new Uint8Array(BLOCK_BYTES);
  #pendingBytes = 0;
  #totalBytes = 0;
  #finished = false;

  constructor(kind: 'sha256' | 'sha224' = 'sha256') {
    this.#state = Int32Array.from(kind === 'sha256' ? INITIAL_STATE : INITIAL_STATE_224);
    this.#digestBytes = kind === 'sha256' ? 32 : 28;
  }

  /** Appends bytes; they may be reused by the caller afterwards. Throws once the digest was taken. */
  update(bytes: Uint8Array): this {
    if (this.#finished) throw new TypeError('the digest was taken already');
    this.#totalBytes += bytes.byteLength;
    let offset = 0;
    if (this.#pendingBytes > 0) {
      offset = Math.min(BLOCK_BYTES - this.#pendingBytes, bytes.byteLength);
      this.#pending.set(bytes.subarray(0, offset), this.#pendingBytes);
      this.#pendingBytes += offset;
      if (this.#pendingBytes < BLOCK_BYTES) return this;
      compress(this.#state, this.#pending, 0, BLOCK_BYTES);
      this.#pendingBytes = 0;
    }
    const wholeEnd = bytes.byteLength - ((bytes.byteLength - offset) % BLOCK_BYTES);
    compress(this.#state, bytes, offset, wholeEnd);
    if (wholeEnd < bytes.byteLength) {
      this.#pending.set(bytes.subarray(wholeEnd));
      this.#pendingBytes = bytes.byteLength - wholeEnd;
    }
    return this;
  }

  /** The digest's hexadecimal digits. Nothing can be appended afterwards. */
  digestHex(): string {
    if (!this.#finished) this.#finish();
    const out = new Uint8Array(32);
    const view = new DataView(out.buffer);
    this.#state.forEach((word, i) => view.setInt32(i * 4, word));
    return hex(out.subarray(0, this.#digestBytes));
  }

  #finish(): void {
    this.#finished = true;
    const tail = new Uint8Array(this.#pendingBytes < BLOCK_BYTES - 8 ? BLOCK_BYTES : 2 * BLOCK_BYTES);
    tail.set(this.#pending.subarray(0, this.#pendingBytes));
    tail[this.#pendingBytes] = 0x80;
    new DataView(tail.buffer).setBigUint64(tail.byteLength - 8, BigInt(this.#totalBytes) * 8n);
    compress(this.#state, tail, 0, tail.byteLength);
  }
}

/** The hexadecimal SHA-256 of bytes at hand, by WebCrypto where there is one: a worker of a frame in a sandbox has none. */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  if (!('subtle' in crypto)) return sha256OfSmall(bytes);
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', ownBytes(bytes))));
}

/** The digest of bytes at hand, by WebCrypto. */
export async function digestOf(bytes: Uint8Array): Promise<Digest> {
  return sha256Digest(await sha256Hex(bytes));
}

/** The hexadecimal SHA-256, at once: for a few kilobytes, where waiting for a promise would cost more than the hash. */
export function sha256OfSmall(bytes: Uint8Array): string {
  return new Sha256().update(bytes).digestHex();
}

/** Bytes up to this length are hashed by WebCrypto in one go, which is several times as fast. */
const HASH_WHOLE_BYTES = 32 << 20;

/** A digest of bytes that come in pieces: natively of the whole while it is short, else bit by bit. */
export class PieceHash {
  #pieces: Uint8Array[] = [];
  #heldBytes = 0;
  #streaming: Sha256 | undefined;

  /** Appends a piece, which must not change until the digest is taken. */
  update(piece: Uint8Array): void {
    if (this.#streaming !== undefined) {
      this.#streaming.update(piece);
      return;
    }
    this.#pieces.push(piece);
    this.#heldBytes += piece.byteLength;
    if (this.#heldBytes <= HASH_WHOLE_BYTES) return;
    this.#streaming = new Sha256();
    for (const held of this.#pieces) this.#streaming.update(held);
    this.#pieces = [];
  }

  /** The digest of all pieces. Nothing can be appended afterwards. */
  async digest(): Promise<Digest> {
    if (this.#streaming !== undefined) return sha256Digest(this.#streaming.digestHex());
    return digestOf(concatBytes(this.#pieces));
  }
}

/** What a stream held. */
export interface StreamDigest {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** Digest and length of a stream, which it consumes. */
export async function hashStream(stream: ReadableStream<Uint8Array>): Promise<StreamDigest> {
  const hash = new Sha256();
  let sizeBytes = 0;
  for await (const chunk of stream) {
    hash.update(chunk);
    sizeBytes += chunk.byteLength;
  }
  return { digest: sha256Digest(hash.digestHex()), sizeBytes };
}

/**
 * A transform that passes chunks on unchanged and hashes them on the way; `onEnd` hears the result just before the
 * readable side closes, and nothing when the stream breaks off.
 */
export function hashingTransform(
  onEnd: (result: StreamDigest) => void,
): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  const hash = new Sha256();
  let sizeBytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      hash.update(chunk);
      sizeBytes += chunk.byteLength;
      controller.enqueue(chunk);
    },
    flush() {
      onEnd({ digest: sha256Digest(hash.digestHex()), sizeBytes });
    },
  });
}
