/** Ports of containers that are published on the host: who listens where, and which are free. */
import { EngineError } from '../../../base/errors.ts';

export interface PublishedPort {
  readonly container: string;
  readonly hostIP: string;
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: string;
}

/** `-p 80` without a host's port takes one of these, as Linux hands them out. */
const FIRST_FREE_PORT = 32_768;

/** Where a port without an address listens. */
const EVERY_ADDRESS = ['0.0.0.0', '::'];

type Bindings = Readonly<Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[]>>;

export class PublishedPorts {
  readonly #published = new Map<string, readonly PublishedPort[]>();

  /** All ports that are open now. */
  get all(): readonly PublishedPort[] {
    return [...this.#published.values()].flat();
  }

  of(container: string): readonly PublishedPort[] {
    return this.#published.get(container) ?? [];
  }

  /** Opens the ports of a container that starts. Throws `run` where one is taken. */
  publish(container: string, name: string, bindings: Bindings): void {
    const opened: PublishedPort[] = [];
    for (const [port, hosts] of Object.entries(bindings)) {
      const [number = '', protocol = 'tcp'] = port.split('/');
      for (const { HostIp, HostPort } of hosts) {
        const hostPort = HostPort === '' ? this.#freePort(protocol, opened) : firstPort(HostPort);
        const addresses = HostIp === '' ? EVERY_ADDRESS : [HostIp];
        if (this.#isTaken(hostPort, protocol, opened))
          throw portTaken(`${name} (${container})`, addresses[0] ?? '', hostPort);
        for (const hostIP of addresses) {
          opened.push({ container, hostIP, hostPort, containerPort: Number(number), protocol });
        }
      }
    }
    if (opened.length > 0) this.#published.set(container, opened);
  }

  release(container: string): void {
    this.#published.delete(container);
  }

  #freePort(protocol: string, opened: readonly PublishedPort[]): number {
    let port = FIRST_FREE_PORT;
    while (this.#isTaken(port, protocol, opened)) port++;
    return port;
  }

  #isTaken(port: number, protocol: string, opened: readonly PublishedPort[]): boolean {
    return [...this.all, ...opened].some((other) => other.hostPort === port && other.protocol === protocol);
  }
}

/** The first of a range such as `8000-8010`, of which any would do. */
function firstPort(text: string): number {
  return Number(text.split('-', 1)[0]);
}

function portTaken(endpoint: string, hostIP: string, port: number): EngineError {
  return new EngineError(
    'run',
    `driver failed programming external connectivity on endpoint ${endpoint}: Bind for ${hostIP}:${port} failed: port is already allocated`,
    { data: { port } },
  );
}
