/** Ports that programs of a container listen at. There are no sockets: a server is a function from request to response. */
import { systemError } from './errno.ts';
import type { Process } from './process.ts';

/** Who asks, as a server's log tells it. */
export interface Peer {
  readonly address: string;
  readonly port: number;
}

/** Answers a request. What it throws is a bug: refusals are responses. */
export type Server = (request: Request, peer: Peer) => Promise<Response>;

/** What a server says of itself when it begins to listen. */
export interface ListenerTraits {
  /** It has pages for people, which a preview may show. */
  readonly hasPages: boolean;
}

interface Listener {
  readonly process: Process;
  readonly serve: Server;
}

const PAGES: ListenerTraits = { hasPages: true };

export class Listeners {
  readonly #servers = new Map<number, Listener>();
  readonly #onListen: (port: number, traits: ListenerTraits) => void;

  constructor(onListen: (port: number, traits: ListenerTraits) => void) {
    this.#onListen = onListen;
  }

  /** Listens for as long as the process lives. Throws EADDRINUSE where another does. */
  listen(port: number, process: Process, serve: Server, traits: ListenerTraits = PAGES): void {
    if (this.at(port) !== undefined) throw systemError('EADDRINUSE');
    this.#servers.set(port, { process, serve });
    this.#onListen(port, traits);
  }

  /** The process listens no more. */
  close(port: number, process: Process): void {
    if (this.#servers.get(port)?.process === process) this.#servers.delete(port);
  }

  /** Who listens, by port. */
  all(): { readonly port: number; readonly process: Process }[] {
    return [...this.#servers]
      .filter(([, { process }]) => process.exitStatus === undefined)
      .map(([port, { process }]) => ({ port, process }))
      .sort((a, b) => a.port - b.port);
  }

  /** Who answers at a port; undefined where nobody listens. */
  at(port: number): Server | undefined {
    const server = this.#servers.get(port);
    return server?.process.exitStatus === undefined ? server?.serve : undefined;
  }
}
