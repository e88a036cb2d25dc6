/** Descriptors and media types (image-spec, "descriptor.md", "media-types.md"). */
import type { Digest } from './digest.ts';
import { listOf, mapOf, matching, nullable, shape, size, text, type Check } from './document.ts';
import type { Platform } from './platform.ts';

export const MEDIA_TYPES = {
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociConfig: 'application/vnd.oci.image.config.v1+json',
  ociLayer: 'application/vnd.oci.image.layer.v1.tar',
  ociLayerGzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
  ociLayerZstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
  ociEmpty: 'application/vnd.oci.empty.v1+json',
  dockerManifestList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerConfig: 'application/vnd.docker.container.image.v1+json',
  dockerLayer: 'application/vnd.docker.image.rootfs.diff.tar',
  dockerLayerGzip: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  dockerForeignLayer: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
} as const;

/** Where content is: what it is, which bytes, how many. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
  readonly urls?: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly platform?: Platform;
  readonly artifactType?: string;
}

/** RFC 6838 names: each part up to 127 characters. */
const MEDIA_TYPE_RULE = /^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}\/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}$/;
const DIGEST_RULE = /^[a-z0-9]+(?:[+._-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$/;
const KNOWN_DIGEST_RULE =
  /^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128}|(?!sha(?:256|384|512):).*)$/;
const URI_RULE = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s]*$/;
const BASE64_RULE = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export const mediaType: Check = matching(MEDIA_TYPE_RULE, 'a media type');
/** A digest by form; algorithms nobody here knows are let through, as the spec asks. */
export const digest: Check = (value, path) => {
  matching(DIGEST_RULE, 'a digest')(value, path);
  matching(KNOWN_DIGEST_RULE, 'a digest of the length its algorithm has')(value, path);
};
const platform: Check = shape(
  { os: text, architecture: text },
  { variant: text, 'os.version': text, 'os.features': nullable(listOf(text)) },
);
export const annotations: Check = nullable(mapOf(text));

/** Throws `invalid-document` unless the value is a {@link Descriptor}. */
export const descriptor: Check = shape(
  { mediaType, digest, size },
  {
    urls: nullable(listOf(matching(URI_RULE, 'a URI'))),
    annotations,
    platform,
    artifactType: mediaType,
    data: matching(BASE64_RULE, 'base64'),
  },
);
