/**
 * Manifests and indexes as they arrive: a static mirror serves them with any content type, so what a document is, is read
 * in the document itself (its `mediaType`, else its shape), and its digest is that of its very bytes.
 */
import { EngineError } from '../base/errors.ts';
import { utf8Text } from '../base/bytes.ts';
import { digestOf } from '../codec/sha256.ts';
import { MEDIA_TYPES, type Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { parseIndex, parseManifest, type Index, type Manifest } from '../oci/manifest.ts';

/** A manifest or an index with its bytes and the descriptor that leads to it. */
export type RegistryDocument =
  | {
      readonly kind: 'manifest';
      readonly descriptor: Descriptor;
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly manifest: Manifest;
    }
  | {
      readonly kind: 'index';
      readonly descriptor: Descriptor;
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly index: Index;
    };

/** Larger documents are refused, as registries refuse them (distribution-spec: at least 4 MiB must be taken). */
export const MAX_DOCUMENT_BYTES = 4 * 1024 * 1024;

/** Every media type a pull can make use of, for the `Accept` header. */
export const ACCEPTED_DOCUMENTS = [
  MEDIA_TYPES.dockerManifest,
  MEDIA_TYPES.dockerManifestList,
  MEDIA_TYPES.ociManifest,
  MEDIA_TYPES.ociIndex,
].join(', ');

/** As many of them as a browser sends without asking first: up to 128 characters (Fetch, "CORS-safelisted request-header"). */
export const ACCEPTED_OCI_DOCUMENTS = [MEDIA_TYPES.ociIndex, MEDIA_TYPES.ociManifest].join(', ');

const INDEX_TYPES: readonly string[] = [MEDIA_TYPES.ociIndex, MEDIA_TYPES.dockerManifestList];
const MANIFEST_TYPES: readonly string[] = [MEDIA_TYPES.ociManifest, MEDIA_TYPES.dockerManifest];

/**
 * Reads a document. Throws `corrupt` when it does not have the expected digest, `invalid-document` when it is no manifest
 * or index, `unsupported` for Docker's old schema 1.
 */
export async function readDocument(
  bytes: Uint8Array<ArrayBuffer>,
  expected: Digest | undefined,
  contentType: string | undefined,
): Promise<RegistryDocument> {
  const digest = await digestOf(bytes);
  if (expected !== undefined && digest !== expected) {
    throw new EngineError('corrupt', `manifest verification failed for digest ${expected}: the bytes have ${digest}`, {
      data: { expected, actual: digest },
    });
  }
  const value = parseJson(bytes);
  const mediaType = mediaTypeOf(value, contentType);
  const descriptor = { mediaType, digest, size: bytes.byteLength };
  return INDEX_TYPES.includes(mediaType)
    ? { kind: 'index', descriptor, bytes, index: parseIndex(bytes) }
    : { kind: 'manifest', descriptor, bytes, manifest: parseManifest(bytes) };
}

function parseJson(bytes: Uint8Array): object {
  let value: unknown;
  try {
    value = JSON.parse(utf8Text(bytes));
  } catch (error) {
    throw new EngineError('invalid-document', 'the manifest is not JSON', { cause: error });
  }
  if (typeof value !== 'object' || value === null)
    throw new EngineError('invalid-document', 'the manifest is not an object');
  return value;
}

function mediaTypeOf(value: object, contentType: string | undefined): string {
  if ('schemaVersion' in value && value.schemaVersion === 1) {
    throw new EngineError(
      'unsupported',
      'the image is stored in Docker image format v1 (manifest schema 1), which Docker has stopped to support too; ask its maintainer to push it again',
    );
  }
  const said = 'mediaType' in value && typeof value.mediaType === 'string' ? value.mediaType : '';
  const transported = contentType?.split(';')[0]?.trim() ?? '';
  for (const type of [said, transported]) if (INDEX_TYPES.includes(type) || MANIFEST_TYPES.includes(type)) return type;
  if (said === '' && 'manifests' in value) return MEDIA_TYPES.ociIndex;
  if (said === '' && 'config' in value) return MEDIA_TYPES.ociManifest;
  throw new EngineError('invalid-document', `no image manifest or index: ${said || 'it does not say what it is'}`, {
    data: { mediaType: said },
  });
}
