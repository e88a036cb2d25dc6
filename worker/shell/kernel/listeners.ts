/** Ports that programs of a container listen at. There are no sockets: a server is a function from request to response. */
import type { Transport } from '../../base/ports.ts';
import { systemError } from './errno.ts';
import type { Process } from './process.ts';

export class Listeners {
  readonly #servers = new Map<number, { readonly process: Process; readonly serve: Transport }>();

  /** Listens for as long as the process lives. Throws EADDRINUSE where another does. */
  listen(port: number, process: Process, serve: Transport): void {
    if (this.at(port) !== undefined) throw systemError('EADDRINUSE');
    this.#servers.set(port, { process, serve });
  }

  /** Who answers at a port; undefined where nobody listens. */
  at(port: number): Transport | undefined {
    const server = this.#servers.get(port);
    return server?.process.exitStatus === undefined ? server?.serve : undefined;
  }
}
