/**
 * What may be asked of the world outside. A project of one's own asks freely; one that came from a link must not reach a host
 * its reader has not agreed to, whichever way it tries: a base image, ADD, or a program in a RUN.
 */
import { EngineError } from '../base/errors.ts';
import type { Transport } from '../base/ports.ts';

export interface HostGate {
  /** The transport with the gate in front of it. Rejects with `denied`, the host in its data. */
  readonly transport: Transport;
  /** Lets through these hosts alone (`example.com`, `localhost:5000`), and what was given as one's own; undefined lets all through. */
  restrictTo(hosts: readonly string[] | undefined): void;
  /** Called with each host that was refused. Returns how to stop. */
  onRefused(listener: (host: string) => void): () => void;
}

/** A gate that is open at first. `own` says of an address that the page itself is served from there. */
export function createHostGate(transport: Transport, own: (url: URL) => boolean): HostGate {
  let allowed: ReadonlySet<string> | undefined;
  const listeners = new Set<(host: string) => void>();
  return {
    transport(request) {
      const url = new URL(request.url);
      if (allowed === undefined || own(url) || allowed.has(url.host)) return transport(request);
      for (const listener of listeners) listener(url.host);
      return Promise.reject(refused(url));
    },
    restrictTo: (hosts) => void (allowed = hosts && new Set(hosts)),
    onRefused(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function refused({ host, href }: URL): EngineError {
  return new EngineError(
    'denied',
    `This project came from a link, and was not allowed to ask ${host} for anything. Allow the host, then try again.`,
    { data: { host, url: href, why: 'not-allowed' } },
  );
}
