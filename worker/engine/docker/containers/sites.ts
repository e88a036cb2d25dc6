/** Servers behind published ports: what a browser on this machine could open. */
import type { ListenerTraits } from '../../../shell/kernel/listeners.ts';
import type { Site, SiteAnswer, SiteRequest } from '../../model.ts';
import type { Daemon } from './daemon.ts';
import type { LiveContainer } from './live-container.ts';
import { requestPublished } from './network.ts';

/** What programs of running containers listen at. */
export class ListeningPorts {
  readonly #ports = new Map<string, Map<number, ListenerTraits>>();
  readonly #listeners = new Set<() => void>();

  /** Tells of each program that begins to listen. Returns how to stop. */
  onListen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  add(container: string, port: number, traits: ListenerTraits): void {
    const ports = this.#ports.get(container) ?? new Map<number, ListenerTraits>();
    this.#ports.set(container, ports.set(port, traits));
    for (const listener of this.#listeners) listener();
  }

  traits(container: string, port: number): ListenerTraits | undefined {
    return this.#ports.get(container)?.get(port);
  }

  release(container: string): void {
    this.#ports.delete(container);
  }
}

/** Published ports that somebody listens behind now, by the port. */
export async function listSites(daemon: Daemon): Promise<readonly Site[]> {
  const sites = new Map<number, Site>();
  for (const { container: id, containerPort, hostPort, protocol } of daemon.ports.all) {
    const traits = daemon.listening.traits(id, containerPort);
    const container = protocol === 'tcp' && traits !== undefined ? await daemon.containers.lookup(id) : undefined;
    if (container?.running?.serverAt(containerPort) === undefined) continue;
    sites.set(hostPort, siteOf(container, hostPort, traits?.hasPages ?? false));
  }
  return [...sites.values()].sort((a, b) => a.hostPort - b.hostPort);
}

function siteOf({ record }: LiveContainer, hostPort: number, hasPages: boolean): Site {
  return { hostPort, container: record.id, containerName: record.name, imageName: record.imageName, hasPages };
}

/** Asks a site as a browser on this machine would. Throws `network` where nobody listens. */
export async function askSite(daemon: Daemon, hostPort: number, asked: SiteRequest): Promise<SiteAnswer> {
  const { method, target, headers, body } = asked;
  const request = new Request(new URL(target, `http://localhost:${hostPort}`), {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
  });
  const response = await requestPublished(daemon, hostPort, request);
  return {
    status: response.status,
    headers: [...response.headers],
    body: new Uint8Array(await response.arrayBuffer()),
  };
}
