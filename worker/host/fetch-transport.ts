/**
 * The browser's `fetch` as a {@link Transport}. A browser tells a page one thing about every failure, "Failed to fetch";
 * which of the causes it was decides what a person can do, so it is found out here.
 */
import { EngineError } from '../base/errors.ts';
import type { Transport } from '../base/ports.ts';

/** Throws `cors` when the server answers but not to this page, `network` when it does not answer, `cancelled`. */
export const fetchTransport: Transport = async (request) => {
  // the browser says itself who it is; another word for it would need every server's leave (CORS)
  request.headers.delete('user-agent');
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw new EngineError('cancelled', 'Cancelled.', { cause: error });
    throw await explained(request, error);
  }
};

async function explained(request: Request, cause: unknown): Promise<EngineError> {
  const url = new URL(request.url);
  const data = { url: request.url, host: url.host };
  if (!navigator.onLine) {
    return new EngineError('network', `${url.host} cannot be reached: this browser is offline.`, { data, cause });
  }
  if (isMixedContent(url)) {
    return new EngineError(
      'network',
      `${url.host} is asked by plain http, which a browser refuses from an https page. Serve it by https, or open Strata from http://localhost.`,
      { data, cause },
    );
  }
  if (url.origin !== self.location.origin && (await answersAtAll(url))) {
    return new EngineError(
      'cors',
      `${url.host} is there, but does not let this page read its answers. Its operator must allow the origin ${self.location.origin} (Access-Control-Allow-Origin).`,
      { data: { ...data, origin: self.location.origin }, cause },
    );
  }
  return new EngineError(
    'network',
    `${url.host} does not answer. Check the name and the port, and that the server runs and has a certificate this browser trusts.`,
    { data, cause },
  );
}

/** Browsers let an https page ask plain http of the machine itself only. */
function isMixedContent(url: URL): boolean {
  const isLocal = /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
  return self.location.protocol === 'https:' && url.protocol === 'http:' && !isLocal;
}

/** Asks without wanting to read the answer, which needs nobody's permission: an opaque answer says the server is there. */
async function answersAtAll(url: URL): Promise<boolean> {
  try {
    await fetch(url, { method: 'HEAD', mode: 'no-cors', credentials: 'omit', cache: 'no-store' });
    return true;
  } catch {
    return false;
  }
}
