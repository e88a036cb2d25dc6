/** Manifests of the in-page registry: get, put (checked before it is taken), delete; referrers. */
import { isEngineError } from '../../base/errors.ts';
import { MEDIA_TYPES, type Descriptor } from '../../oci/descriptor.ts';
import { isDigest, type Digest } from '../../oci/digest.ts';
import { MAX_DOCUMENT_BYTES, readDocument, type RegistryDocument } from '../document.ts';
import { answer, answerJson, refuse } from './answers.ts';
import { EMPTY_REPOSITORY, type RepositoryRecord } from './repositories.ts';
import type { RegistryRequest, RegistryServerOptions, Route } from './server.ts';

/** Tags (distribution-spec, "Pulling manifests"). */
const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;

export function manifestRoutes({ content, repositories }: RegistryServerOptions): readonly Route[] {
  async function get({ name, argument }: RegistryRequest): Promise<Response> {
    const repository = (await repositories.get(name)) ?? EMPTY_REPOSITORY;
    const digest = findManifest(repository, argument);
    const mediaType = digest === undefined ? undefined : repository.manifests[digest];
    if (digest === undefined || mediaType === undefined) return refuse('MANIFEST_UNKNOWN', 'manifest unknown');
    const bytes = await content.readBytes(digest);
    const headers = {
      'content-type': mediaType,
      'content-length': String(bytes.byteLength),
      'docker-content-digest': digest,
      etag: `"${digest}"`,
    };
    return answer(200, headers, bytes);
  }

  async function put({ name, argument, request }: RegistryRequest): Promise<Response> {
    if (!isDigest(argument) && !TAG.test(argument)) return refuse('TAG_INVALID', 'manifest tag did not match URI');
    const bytes = new Uint8Array(await request.arrayBuffer());
    if (bytes.byteLength > MAX_DOCUMENT_BYTES) return refuse('MANIFEST_INVALID', 'the manifest is too large', 413);
    let document: RegistryDocument;
    try {
      const contentType = request.headers.get('content-type') ?? undefined;
      document = await readDocument(bytes, isDigest(argument) ? argument : undefined, contentType);
    } catch (error) {
      if (isEngineError(error, 'corrupt'))
        return refuse('DIGEST_INVALID', 'provided digest did not match uploaded content');
      if (isEngineError(error)) return refuse('MANIFEST_INVALID', error.message);
      throw error;
    }
    const missing = missingPart(document, (await repositories.get(name)) ?? EMPTY_REPOSITORY);
    if (missing !== undefined) return refuse('MANIFEST_BLOB_UNKNOWN', `blob unknown to registry: ${missing}`);
    const { mediaType, digest } = document.descriptor;
    await content.ingestBytes(mediaType, bytes);
    await repositories.update(name, (record) => ({
      ...record,
      manifests: { ...record.manifests, [digest]: mediaType },
      tags: isDigest(argument) ? record.tags : { ...record.tags, [argument]: digest },
    }));
    const { subject } = document.kind === 'index' ? document.index : document.manifest;
    return answer(201, {
      location: `/v2/${name}/manifests/${digest}`,
      'docker-content-digest': digest,
      ...(subject === undefined ? {} : { 'oci-subject': subject.digest }),
    });
  }

  async function remove({ name, argument }: RegistryRequest): Promise<Response> {
    const repository = (await repositories.get(name)) ?? EMPTY_REPOSITORY;
    if (findManifest(repository, argument) === undefined) return refuse('MANIFEST_UNKNOWN', 'manifest unknown');
    await repositories.update(name, (record) =>
      isDigest(argument) ? withoutManifest(record, argument) : withoutTag(record, argument),
    );
    return answer(202);
  }

  async function referrers({ name, argument, url }: RegistryRequest): Promise<Response> {
    if (!isDigest(argument)) return refuse('DIGEST_INVALID', 'invalid digest', 400);
    const repository = (await repositories.get(name)) ?? EMPTY_REPOSITORY;
    const wanted = url.searchParams.get('artifactType');
    const manifests: Descriptor[] = [];
    for (const digest of Object.keys(repository.manifests).filter(isDigest)) {
      const document = await readDocument(await content.readBytes(digest), digest, repository.manifests[digest]);
      const descriptor = referrerOf(document, argument);
      if (descriptor !== undefined && (wanted === null || descriptor.artifactType === wanted))
        manifests.push(descriptor);
    }
    const headers = {
      'content-type': MEDIA_TYPES.ociIndex,
      ...(wanted === null ? {} : { 'oci-filters-applied': 'artifactType' }),
    };
    return answerJson({ schemaVersion: 2, mediaType: MEDIA_TYPES.ociIndex, manifests }, headers);
  }

  return [
    {
      pattern: /^\/v2\/(?<name>.+)\/manifests\/(?<argument>[^/]+)$/,
      methods: { GET: get, PUT: put, DELETE: remove },
    },
    { pattern: /^\/v2\/(?<name>.+)\/referrers\/(?<argument>[^/]+)$/, methods: { GET: referrers } },
  ];
}

function findManifest(repository: RepositoryRecord, tagOrDigest: string): Digest | undefined {
  if (!isDigest(tagOrDigest)) return repository.tags[tagOrDigest];
  return repository.manifests[tagOrDigest] === undefined ? undefined : tagOrDigest;
}

/** The first part of a document that the repository lacks. A subject may be missing (distribution-spec, "Subject"). */
function missingPart(document: RegistryDocument, repository: RepositoryRecord): Digest | undefined {
  if (document.kind === 'index') {
    return document.index.manifests.find(({ digest }) => repository.manifests[digest] === undefined)?.digest;
  }
  const { config, layers } = document.manifest;
  const foreign = (layer: Descriptor): boolean => (layer.urls?.length ?? 0) > 0;
  const needed = [config, ...layers.filter((layer) => !foreign(layer))];
  return needed.find(({ digest }) => !repository.blobs.includes(digest))?.digest;
}

/** The entry of a referrers list for a document whose subject is `subject`. */
function referrerOf(document: RegistryDocument, subject: Digest): Descriptor | undefined {
  const value = document.kind === 'index' ? document.index : document.manifest;
  if (value.subject?.digest !== subject) return undefined;
  const artifactType =
    value.artifactType ?? (document.kind === 'manifest' ? document.manifest.config.mediaType : undefined);
  return {
    ...document.descriptor,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(value.annotations === undefined ? {} : { annotations: value.annotations }),
  };
}

function withoutTag(record: RepositoryRecord, tag: string): RepositoryRecord {
  return { ...record, tags: Object.fromEntries(Object.entries(record.tags).filter(([name]) => name !== tag)) };
}

function withoutManifest(record: RepositoryRecord, digest: Digest): RepositoryRecord {
  return {
    ...record,
    manifests: Object.fromEntries(Object.entries(record.manifests).filter(([key]) => key !== digest)),
    tags: Object.fromEntries(Object.entries(record.tags).filter(([, target]) => target !== digest)),
  };
}
