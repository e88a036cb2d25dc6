/**
 * What was fetched of the bundled mirror is kept for use without a network. The service worker does so (vite.config.ts), but on a
 * first visit the engine may fetch before it is in charge: what comes then is put into the very caches it answers from.
 */
import type { Transport } from '../base/ports.ts';

/** Names of the caches, as vite.config.ts has them. */
const BLOBS_CACHE = 'mirror-blobs';
const INDEX_CACHE = 'mirror-index';

/** The transport, with the mirror's files kept as they pass. */
export function keptMirror(transport: Transport): Transport {
  return async (request) => {
    const response = await transport(request);
    const isWhole = request.method === 'GET' && response.status === 200 && !request.headers.has('range');
    if (isWhole) void keep(request.url, response.clone());
    return response;
  };
}

async function keep(url: string, response: Response): Promise<void> {
  try {
    const cache = await caches.open(url.endsWith('/index.json') ? INDEX_CACHE : BLOBS_CACHE);
    if ((await cache.match(url)) === undefined) await cache.put(url, response);
    else await response.body?.cancel();
  } catch {
    // A full disk, a private window, a frame without an origin: then it is fetched again when it is needed.
  }
}
