/** Blobs of the in-page registry: `GET`, `HEAD`, ranges, `DELETE`. */
import type { BlobLike } from '../../base/blob-like.ts';
import { isDigest, parseDigest, type Digest } from '../../oci/digest.ts';
import { asEngineError } from '../../base/errors.ts';
import { answer, answerText, refuse } from './answers.ts';
import type { RegistryRequest, RegistryServerOptions, Route } from './server.ts';

/** A blob never changes: a year. */
const CACHE_CONTROL = 'max-age=31536000';

export function blobRoutes({ deleteEnabled }: Pick<RegistryServerOptions, 'deleteEnabled'>): readonly Route[] {
  async function get({ storage, name, argument, request, log }: RegistryRequest): Promise<Response> {
    log.debug('GetBlob');
    if (!isDigest(argument)) return invalidDigest(argument);
    const content = storage.hasLayer(name, argument) ? storage.blob(argument) : undefined;
    if (content === undefined) return refuse('BLOB_UNKNOWN', { detail: argument });
    return serveBlob(content, argument, request);
  }

  async function remove({ storage, name, argument, log }: RegistryRequest): Promise<Response> {
    log.debug('DeleteBlob');
    if (!deleteEnabled) return refuse('UNSUPPORTED');
    if (!isDigest(argument)) return invalidDigest(argument);
    if (!storage.hasLayer(name, argument)) return refuse('BLOB_UNKNOWN');
    storage.unlinkLayer(name, argument);
    return answer(202, { 'content-length': '0' });
  }

  return [{ pattern: /^\/v2\/(?<name>.+)\/blobs\/(?<argument>[^/]+)$/, methods: { GET: get, DELETE: remove } }];
}

/** Of a digest that is none. */
export function invalidDigest(text: string): Response {
  return refuse('DIGEST_INVALID', { detail: whyInvalid(text) });
}

function whyInvalid(text: string): string {
  try {
    parseDigest(text);
    return '';
  } catch (error) {
    return asEngineError(error).message;
  }
}

function serveBlob(content: BlobLike, digest: Digest, request: Request): Response {
  const headers = {
    'accept-ranges': 'bytes',
    'cache-control': CACHE_CONTROL,
    'content-type': 'application/octet-stream',
    'docker-content-digest': digest,
    etag: `"${digest}"`,
  };
  if (request.headers.get('if-none-match')?.includes(`"${digest}"`) === true) return answer(304, headers);
  const range = parseRange(request.headers.get('range'), content.size);
  if (range === 'unsatisfiable') {
    return answerText(416, 'invalid range: failed to overlap', {
      ...headers,
      'content-type': 'text/plain; charset=utf-8',
      'content-range': `bytes */${content.size}`,
    });
  }
  if (range === undefined) return answer(200, { ...headers, 'content-length': String(content.size) }, content.stream());
  const { start, end } = range;
  return answer(
    206,
    { ...headers, 'content-length': String(end - start), 'content-range': `bytes ${start}-${end - 1}/${content.size}` },
    content.slice(start, end).stream(),
  );
}

/** A `Range` of one piece (RFC 9110, 14.2), its end exclusive; undefined where the whole is wanted. */
function parseRange(
  header: string | null,
  sizeBytes: number,
): { readonly start: number; readonly end: number } | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return undefined;
  const [, from = '', to = ''] = match;
  const start = from === '' ? Math.max(0, sizeBytes - Number(to)) : Number(from);
  const end = from === '' || to === '' ? sizeBytes : Math.min(Number(to) + 1, sizeBytes);
  return start >= end ? 'unsatisfiable' : { start, end };
}
