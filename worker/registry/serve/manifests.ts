/** Manifests of the in-page registry: get, put (checked before it is taken), delete. */
import { asEngineError, isEngineError } from '../../base/errors.ts';
import { MEDIA_TYPES, type Descriptor } from '../../oci/descriptor.ts';
import { isDigest, type Digest } from '../../oci/digest.ts';
import { MAX_DOCUMENT_BYTES, readDocument, type RegistryDocument } from '../document.ts';
import { answer, refuse, refuseEach } from './answers.ts';
import type { RegistryRequest, RegistryServerOptions, Route } from './server.ts';
import type { RegistryStorage } from './storage.ts';

/** Media types as distribution's log names their handlers. */
const HANDLERS: Readonly<Record<string, readonly [noun: string, handler: string]>> = {
  [MEDIA_TYPES.dockerManifest]: ['a Docker Manifest', 'schema2ManifestHandler'],
  [MEDIA_TYPES.dockerManifestList]: ['a Docker Manifest', 'manifestListHandler'],
  [MEDIA_TYPES.ociManifest]: ['an OCI Manifest', 'ocischemaManifestHandler'],
  [MEDIA_TYPES.ociIndex]: ['an OCI Manifest', 'ocischemaManifestHandler'],
};

export function manifestRoutes({ deleteEnabled }: Pick<RegistryServerOptions, 'deleteEnabled'>): readonly Route[] {
  async function get({ storage, name, argument, request, log }: RegistryRequest): Promise<Response> {
    log.debug('GetImageManifest');
    const digest = await findManifest(storage, name, argument);
    const content = digest === undefined ? undefined : storage.manifest(name, digest);
    if (digest === undefined || content === undefined) return unknownManifest(name, argument);
    log.debug('(*manifestStore).Get');
    if (request.headers.get('if-none-match')?.includes(digest) === true) return answer(304);
    const bytes = new Uint8Array(await content.arrayBuffer());
    const { mediaType } = (await readDocument(bytes, undefined, undefined)).descriptor;
    log.debug(`(*${HANDLERS[mediaType]?.[1] ?? ''}).Unmarshal`);
    const headers = {
      'content-type': mediaType,
      'content-length': String(bytes.byteLength),
      'docker-content-digest': digest,
      etag: `"${digest}"`,
    };
    return answer(200, headers, bytes);
  }

  async function put({ storage, name, argument, request, url, log }: RegistryRequest): Promise<Response> {
    log.debug('PutImageManifest');
    const bytes = new Uint8Array(await request.arrayBuffer());
    if (bytes.byteLength > MAX_DOCUMENT_BYTES) {
      return refuse('MANIFEST_INVALID', { detail: 'manifest payload size limit exceeded' });
    }
    const document = await documentOf(bytes, argument, request.headers.get('content-type'));
    if (document instanceof Response) return document;
    const { mediaType, digest } = document.descriptor;
    const [noun, handler] = HANDLERS[mediaType] ?? ['a Manifest', 'manifestHandler'];
    for (const message of [`Putting ${noun}!`, '(*manifestStore).Put', `(*${handler}).Put`]) log.debug(message);
    const missing = missingParts(document, storage, name);
    if (missing.length > 0) return refuseEach('MANIFEST_BLOB_UNKNOWN', missing);
    storage.putManifest(name, digest, new Blob([bytes]));
    if (!isDigest(argument)) storage.tag(name, argument, digest);
    log.debug('Succeeded in putting manifest!');
    const { subject } = document.kind === 'index' ? document.index : document.manifest;
    return answer(201, {
      'content-length': '0',
      location: new URL(`/v2/${name}/manifests/${digest}`, url).href,
      'docker-content-digest': digest,
      ...(subject === undefined ? {} : { 'oci-subject': subject.digest }),
    });
  }

  async function remove({ storage, name, argument, log }: RegistryRequest): Promise<Response> {
    log.debug('DeleteImageManifest');
    if (!deleteEnabled) return refuse('UNSUPPORTED');
    const digest = await findManifest(storage, name, argument);
    if (digest === undefined || storage.manifest(name, digest) === undefined)
      return isDigest(argument) ? refuse('MANIFEST_UNKNOWN') : unknownManifest(name, argument);
    if (isDigest(argument)) await storage.removeManifest(name, digest);
    else storage.untag(name, argument);
    return answer(202, { 'content-length': '0' });
  }

  return [
    {
      pattern: /^\/v2\/(?<name>.+)\/manifests\/(?<argument>[A-Za-z0-9_][\w.:+-]*)$/,
      argumentName: 'reference',
      methods: { GET: get, PUT: put, DELETE: remove },
    },
  ];
}

async function documentOf(
  bytes: Uint8Array<ArrayBuffer>,
  argument: string,
  contentType: string | null,
): Promise<RegistryDocument | Response> {
  try {
    return await readDocument(bytes, isDigest(argument) ? argument : undefined, contentType ?? undefined);
  } catch (error) {
    if (isEngineError(error, 'corrupt')) return refuse('DIGEST_INVALID');
    if (!isEngineError(error)) throw error;
    return refuse('MANIFEST_INVALID', { detail: asEngineError(error).message });
  }
}

function unknownManifest(name: string, argument: string): Response {
  const detail = isDigest(argument) ? { Name: name, Revision: argument } : { Tag: argument };
  return refuse('MANIFEST_UNKNOWN', { detail });
}

async function findManifest(storage: RegistryStorage, name: string, tagOrDigest: string): Promise<Digest | undefined> {
  return isDigest(tagOrDigest) ? tagOrDigest : storage.tagged(name, tagOrDigest);
}

/** The parts of a document that the repository lacks. A subject may be missing (distribution-spec, "Subject"). */
function missingParts(document: RegistryDocument, storage: RegistryStorage, name: string): readonly Digest[] {
  if (document.kind === 'index') {
    const digests = document.index.manifests.map(({ digest }) => digest);
    return digests.filter((digest) => storage.manifest(name, digest) === undefined);
  }
  const { config, layers } = document.manifest;
  const foreign = (layer: Descriptor): boolean => (layer.urls?.length ?? 0) > 0;
  const needed = [config, ...layers.filter((layer) => !foreign(layer))];
  return needed.map(({ digest }) => digest).filter((digest) => !storage.hasLayer(name, digest));
}
