/**
 * What was fetched of the bundled mirror is kept for use without a network. The service worker does so (vite.config.ts), but on a
 * first visit the engine may fetch before it is in charge: what comes then is put into the very caches it answers from.
 */
import { EngineError, isEngineError } from '../base/errors.ts';
import type { Transport } from '../base/ports.ts';
import { NOT_KEPT } from '../registry/errors.ts';

/** Names of the caches, as vite.config.ts has them. */
const BLOBS_CACHE = 'mirror-blobs';
const INDEX_CACHE = 'mirror-index';

/** The transport, with the mirror's files kept as they pass. Throws `network` for one that is not kept while there is no network. */
export function keptMirror(transport: Transport): Transport {
  return async (request) => {
    const response = await transport(request).catch((error: unknown) => {
      throw notKept(request.url, error);
    });
    const isWhole = request.method === 'GET' && response.status === 200 && !request.headers.has('range');
    if (isWhole) void keep(request.url, response.clone());
    return response;
  };
}

/** Says what makes it work the next time. Where the index is missing, nobody knows whether the mirror has the image. */
function notKept(url: string, error: unknown): unknown {
  if (isIndex(url) || navigator.onLine || !isEngineError(error, 'network')) return error;
  return new EngineError(
    'network',
    'this image is bundled but not kept here yet, and this browser is offline (once it is online, “Fetch all images for offline use” under Storage keeps them all)',
    { data: { ...error.data, why: NOT_KEPT }, cause: error },
  );
}

const isIndex = (url: string): boolean => url.endsWith('/index.json');

async function keep(url: string, response: Response): Promise<void> {
  try {
    const cache = await caches.open(isIndex(url) ? INDEX_CACHE : BLOBS_CACHE);
    if ((await cache.match(url)) === undefined) await cache.put(url, response);
    else await response.body?.cancel();
  } catch {
    // A full disk, a private window, a frame without an origin: then it is fetched again when it is needed.
  }
}
