/** Blobs of the in-page registry: `GET`, `HEAD`, ranges, `DELETE`. */
import { isDigest } from '../../oci/digest.ts';
import { answer, refuse } from './answers.ts';
import { EMPTY_REPOSITORY } from './repositories.ts';
import type { RegistryRequest, RegistryServerOptions, Route } from './server.ts';

export function blobRoutes({ content, repositories }: RegistryServerOptions): readonly Route[] {
  async function get({ name, argument, request }: RegistryRequest): Promise<Response> {
    if (!isDigest(argument)) return refuse('DIGEST_INVALID', 'provided digest did not match uploaded content');
    const repository = (await repositories.get(name)) ?? EMPTY_REPOSITORY;
    const info = repository.blobs.includes(argument) ? await content.info(argument) : undefined;
    if (info === undefined) return refuse('BLOB_UNKNOWN', 'blob unknown to registry');
    const headers = {
      'content-type': 'application/octet-stream',
      'docker-content-digest': argument,
      'accept-ranges': 'bytes',
    };
    const range = parseRange(request.headers.get('range'), info.sizeBytes);
    if (range === 'unsatisfiable') return answer(416, { 'content-range': `bytes */${info.sizeBytes}` });
    const body = request.method === 'HEAD' ? null : await content.read(argument, range === undefined ? {} : { range });
    if (range === undefined) return answer(200, { ...headers, 'content-length': String(info.sizeBytes) }, body);
    return answer(
      206,
      {
        ...headers,
        'content-length': String(range.end - range.start),
        'content-range': `bytes ${range.start}-${range.end - 1}/${info.sizeBytes}`,
      },
      body,
    );
  }

  async function remove({ name, argument }: RegistryRequest): Promise<Response> {
    const repository = (await repositories.get(name)) ?? EMPTY_REPOSITORY;
    if (!isDigest(argument) || !repository.blobs.includes(argument))
      return refuse('BLOB_UNKNOWN', 'blob unknown to registry');
    await repositories.update(name, (record) => ({
      ...record,
      blobs: record.blobs.filter((digest) => digest !== argument),
    }));
    return answer(202);
  }

  return [{ pattern: /^\/v2\/(?<name>.+)\/blobs\/(?<argument>[^/]+)$/, methods: { GET: get, DELETE: remove } }];
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
