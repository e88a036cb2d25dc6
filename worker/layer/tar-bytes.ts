/** The bytes of a tar while it is read: what it hashes to, and what is stored of it. */
import { concatBytes, type Bytes } from '../base/bytes.ts';
import { digestOf, Sha256 } from '../codec/sha256.ts';
import { sha256Digest, type Digest } from '../oci/digest.ts';
import { createBlobBuilder, type BlobBuilder } from '../store/blob-builder.ts';

/** A tar up to this is held in memory: it is hashed natively in one piece, and stored in the form that is best for it. */
export const MOST_HELD_BYTES = 32 << 20;

/** Held while they are few; from then on hashed piece by piece and kept in a Blob. */
export class TarBytes {
  #held: Bytes[] = [];
  #longer: { readonly blob: BlobBuilder; readonly hash: Sha256 } | undefined;
  #sizeBytes = 0;

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Takes a piece over: it must not be written to any more. */
  append(piece: Bytes): void {
    this.#sizeBytes += piece.byteLength;
    this.#held.push(piece);
    if (this.#sizeBytes <= MOST_HELD_BYTES) return;
    this.#longer ??= { blob: createBlobBuilder(), hash: new Sha256() };
    for (const each of this.#held.splice(0)) {
      this.#longer.hash.update(each);
      this.#longer.blob.append(each);
    }
  }

  /** The digest of all of them. Nothing can be appended afterwards. */
  async digest(): Promise<Digest> {
    if (this.#longer !== undefined) return sha256Digest(this.#longer.hash.digestHex());
    const whole = concatBytes(this.#held);
    this.#held = [whole];
    return digestOf(whole);
  }

  /** All of them in one buffer, where they are held. */
  bytes(): Bytes | undefined {
    if (this.#longer !== undefined) return undefined;
    const [only = concatBytes(this.#held)] = this.#held.length === 1 ? this.#held : [];
    return only;
  }

  /** All of them as a Blob. */
  blob(): Blob {
    return this.#longer === undefined ? new Blob(this.#held) : this.#longer.blob.finish();
  }
}
