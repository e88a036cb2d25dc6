/** The static files beside the page, as {@link StaticFiles}. */
import { EngineError } from '../base/errors.ts';
import type { StaticFiles } from '../base/ports.ts';
import { fetchTransport } from './fetch-transport.ts';

/** The files below `baseUrl`, which ends in a slash; each is asked for once while the worker lives. Rejects with `network`. */
export function fetchedFiles(baseUrl: string): StaticFiles {
  const known = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  return (path) => {
    const asked = known.get(path) ?? fetchFile(new URL(path, baseUrl));
    known.set(path, asked);
    // one that failed is asked for again
    asked.catch(() => known.delete(path));
    return asked;
  };
}

async function fetchFile(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetchTransport(new Request(url));
  if (!response.ok) {
    throw new EngineError('network', `${url.href} answers ${response.status}.`, { data: { url: url.href } });
  }
  return new Uint8Array(await response.arrayBuffer());
}
