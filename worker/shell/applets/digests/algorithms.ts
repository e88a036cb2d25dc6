/** The digest algorithms programs offer, by the name they print (`SHA256`), fed a piece at a time or given all bytes at once. */
import { concatBytes, hex, ownBytes } from '../../../base/bytes.ts';
import { Sha256 } from '../../../codec/sha256.ts';
import { Md5 } from './md5.ts';

/** What a digest is computed with: any number of `update`, then `digestHex`. */
interface Hash {
  /** The bytes may be reused by the caller afterwards. */
  update(bytes: Uint8Array): void;
  /** The digest's hexadecimal digits; ends the hash. */
  digestHex(): string | Promise<string>;
}

export interface DigestAlgorithm {
  /** As `--tag` and coreutils' messages name it. */
  readonly label: string;
  readonly hexDigits: number;
  /** The hash keeps all it is fed until it ends. */
  readonly keepsInput: boolean;
  create(): Hash;
}

export const MD5: DigestAlgorithm = { label: 'MD5', hexDigits: 32, keepsInput: false, create: () => new Md5() };
export const SHA1 = native('SHA1', 40, 'SHA-1');
export const SHA224: DigestAlgorithm = {
  label: 'SHA224',
  hexDigits: 56,
  keepsInput: false,
  create: () => new Sha256('sha224'),
};
export const SHA256 = native('SHA256', 64, 'SHA-256');
export const SHA384 = native('SHA384', 96, 'SHA-384');
export const SHA512 = native('SHA512', 128, 'SHA-512');

function native(label: string, hexDigits: number, name: string): DigestAlgorithm {
  return { label, hexDigits, keepsInput: true, create: () => new NativeHash(name) };
}

/**
 * A hash of WebCrypto, which takes whole buffers and is ten times as fast as JavaScript: what comes is kept to the end. The
 * caller counts it as memory.
 */
class NativeHash implements Hash {
  readonly #name: string;
  readonly #parts: Uint8Array[] = [];

  constructor(name: string) {
    this.#name = name;
  }

  update(bytes: Uint8Array): void {
    this.#parts.push(bytes.slice());
  }

  async digestHex(): Promise<string> {
    const [only] = this.#parts;
    const bytes = only !== undefined && this.#parts.length === 1 ? only : concatBytes(this.#parts);
    return hex(new Uint8Array(await crypto.subtle.digest(this.#name, ownBytes(bytes))));
  }
}
