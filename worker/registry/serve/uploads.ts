/** Uploads into the in-page registry: monolithic, in chunks, by mount (distribution-spec, "Pushing Blobs"). */
import { blobOf, type BlobLike } from '../../base/blob-like.ts';
import { hashStream } from '../../codec/sha256.ts';
import { isDigest, type Digest } from '../../oci/digest.ts';
import { answer, refuse } from './answers.ts';
import { invalidDigest } from './blobs.ts';
import type { RegistryRequest, Route } from './server.ts';

export function uploadRoutes(): readonly Route[] {
  async function begin(asked: RegistryRequest): Promise<Response> {
    const { storage, name, url, request, log } = asked;
    const mount = url.searchParams.get('mount');
    const from = url.searchParams.get('from');
    if (mount !== null && isDigest(mount) && from !== null && storage.hasLayer(from, mount)) {
      storage.linkLayer(name, mount);
      return created(asked, mount);
    }
    log.debug('(*linkedBlobStore).Writer');
    const digest = url.searchParams.get('digest');
    if (digest !== null) {
      const content = await request.blob();
      return checked(asked, digest, content, (verified) => {
        storage.putBlob(verified, content);
        storage.linkLayer(name, verified);
      });
    }
    const id = asked.newId();
    storage.openUpload(name, id, asked.now());
    return accepted(asked, id, 0);
  }

  async function append(asked: RegistryRequest): Promise<Response> {
    const { storage, name, argument, request, log } = asked;
    const received = storage.upload(name, argument);
    if (received === undefined) return unknownUpload();
    log.debug('(*linkedBlobStore).Resume');
    const start = /^(?:bytes )?(\d+)-\d+/.exec(request.headers.get('content-range') ?? '')?.[1];
    if (start !== undefined && Number(start) !== received.size) {
      return answer(416, { ...uploadHeaders(asked, argument), range: receivedRange(received.size) });
    }
    const whole = await blobOf([received, await request.blob()]);
    storage.writeUpload(name, argument, whole);
    return accepted(asked, argument, whole.size);
  }

  async function finish(asked: RegistryRequest): Promise<Response> {
    const { storage, name, argument, url, request, log } = asked;
    const received = storage.upload(name, argument);
    if (received === undefined) return unknownUpload();
    log.debug('(*linkedBlobStore).Resume');
    const digest = url.searchParams.get('digest');
    if (digest === null) return refuse('DIGEST_INVALID', { detail: 'digest missing' });
    const last = await request.blob();
    const longer = last.size === 0 ? undefined : await blobOf([received, last]);
    return checked(asked, digest, longer ?? received, (verified) => {
      log.debug('(*blobWriter).Commit');
      if (longer !== undefined) storage.writeUpload(name, argument, longer);
      storage.commitUpload(name, argument, verified);
    });
  }

  async function state(asked: RegistryRequest): Promise<Response> {
    const { storage, name, argument } = asked;
    const received = storage.upload(name, argument);
    if (received === undefined) return unknownUpload();
    return answer(204, { ...uploadHeaders(asked, argument), range: receivedRange(received.size) });
  }

  async function cancel({ storage, name, argument }: RegistryRequest): Promise<Response> {
    if (storage.upload(name, argument) === undefined) return unknownUpload();
    storage.closeUpload(name, argument);
    return answer(204, { 'docker-upload-uuid': argument });
  }

  return [
    { pattern: /^\/v2\/(?<name>.+)\/blobs\/uploads\/?$/, methods: { POST: begin } },
    {
      pattern: /^\/v2\/(?<name>.+)\/blobs\/uploads\/(?<argument>[A-Za-z0-9-_.=]+)$/,
      argumentName: 'uuid',
      methods: { PATCH: append, PUT: finish, GET: state, DELETE: cancel },
    },
  ];
}

/** Takes content in once it has the digest it is said to have. */
async function checked(
  asked: RegistryRequest,
  said: string,
  content: BlobLike,
  take: (digest: Digest) => void,
): Promise<Response> {
  if (!isDigest(said))
    return said === '' ? refuse('DIGEST_INVALID', { detail: 'digest missing' }) : invalidDigest(said);
  const { digest } = await hashStream(content.stream());
  if (digest !== said) return refuse('DIGEST_INVALID');
  take(digest);
  return created(asked, digest);
}

function created({ name, url }: RegistryRequest, digest: Digest): Response {
  const location = new URL(`/v2/${name}/blobs/${digest}`, url).href;
  return answer(201, { 'content-length': '0', location, 'docker-content-digest': digest });
}

function accepted(asked: RegistryRequest, id: string, receivedBytes: number): Response {
  return answer(202, { 'content-length': '0', ...uploadHeaders(asked, id), range: receivedRange(receivedBytes) });
}

function uploadHeaders({ name, url }: RegistryRequest, id: string): Record<string, string> {
  return { location: new URL(`/v2/${name}/blobs/uploads/${id}`, url).href, 'docker-upload-uuid': id };
}

/** `0-0` for nothing yet, as distribution writes it: the header cannot say an empty range. */
function receivedRange(bytes: number): string {
  return `0-${Math.max(0, bytes - 1)}`;
}

function unknownUpload(): Response {
  return refuse('BLOB_UPLOAD_UNKNOWN', { detail: {} });
}
