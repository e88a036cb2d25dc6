/** Content digests: `algorithm:encoded` (image-spec, "descriptor.md", Digests). */
import { EngineError } from '../base/errors.ts';

declare const brand: unique symbol;

/** A valid digest, e.g. `sha256:` and 64 lower-case hexadecimal digits. */
export type Digest = string & { readonly [brand]: 'Digest' };

/** A digest used as a layer's identity: that of its uncompressed tar. */
export type DiffID = Digest;

/** A digest that names a layer with all below it (image-spec, "config.md", Layer ChainID). */
export type ChainID = Digest;

const GRAMMAR = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$/;
const KNOWN_HEX_LENGTHS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/**
 * Reads a digest from outside. Throws `invalid-digest`, worded as go-digest words it: `invalid checksum digest format`,
 * `unsupported digest algorithm`, `invalid checksum digest length`.
 */
export function parseDigest(text: string): Digest {
  if (!GRAMMAR.test(text)) throw invalid('invalid checksum digest format', text);
  const colon = text.indexOf(':');
  const length = KNOWN_HEX_LENGTHS[text.slice(0, colon)];
  if (length === undefined) throw invalid('unsupported digest algorithm', text);
  const encoded = text.slice(colon + 1);
  if (encoded.length !== length) throw invalid('invalid checksum digest length', text);
  if (!/^[0-9a-f]+$/.test(encoded)) throw invalid('invalid checksum digest format', text);
  return text as Digest;
}

function invalid(message: string, digest: string): EngineError {
  return new EngineError('invalid-digest', message, { data: { digest } });
}

/** True for a digest that `parseDigest` takes. */
export function isDigest(text: string): text is Digest {
  try {
    parseDigest(text);
    return true;
  } catch {
    return false;
  }
}

/** The sha256 digest with these 64 hexadecimal digits (the caller computed them). */
export function sha256Digest(hexDigits: string): Digest {
  return `sha256:${hexDigits}` as Digest;
}

/** The part after the colon. */
export function digestHex(digest: Digest): string {
  return digest.slice(digest.indexOf(':') + 1);
}

/** The 12 digits Docker shows for an ID. */
export function shortID(digest: Digest): string {
  return digestHex(digest).slice(0, 12);
}
