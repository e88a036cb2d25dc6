/**
 * How requests find their server: from the machine by published ports, between containers by address and by name. There are no
 * sockets; a server is a function, and what is not of this engine goes out by the browser's own fetch.
 */
import { EngineError } from '../../../base/errors.ts';
import type { Transport } from '../../../base/ports.ts';
import type { HostResolver } from '../../../shell/process.ts';
import type { Peer, Server } from '../../../shell/kernel/listeners.ts';
import { BRIDGE_GATEWAY } from '../networks/addresses.ts';
import { isOfPools } from '../networks/subnets.ts';
import type { Daemon } from './daemon.ts';
import type { LiveContainer } from './live-container.ts';
import { resolveHost } from './name-resolution.ts';

/** Where clients' ports begin on Linux. */
const FIRST_EPHEMERAL_PORT = 32_768;
const EPHEMERAL_PORTS = 28_232;
const LOOPBACK_PEER = '127.0.0.1';

/** What the machine reaches: published ports, containers by address, and what lies outside. */
export function machineNetwork(daemon: Daemon): Transport {
  return async (request) => {
    const { host, port, secure } = addressed(request);
    const found =
      isLoopback(host) || host === BRIDGE_GATEWAY
        ? await atHostPort(daemon, port)
        : await atAddress(daemon, host, port);
    // a port of this machine that no container publishes may be open on the person's own
    if (found === undefined && !isOfBridge(host)) return daemon.outside(request);
    return ask(daemon, found, request, { host, port, secure, from: BRIDGE_GATEWAY });
  };
}

/** What a container reaches: itself, its neighbours, ports that the machine has published, and what lies outside. */
export function containerNetwork(daemon: Daemon, container: LiveContainer): Transport {
  return async (request) => {
    const mode = container.record.hostConfig['NetworkMode'];
    if (mode === 'host') return machineNetwork(daemon)(request);
    const { host: name, port, secure } = addressed(request);
    const host = await resolveHost(daemon, container, name);
    if (host === undefined && !name.includes('.')) throw unresolved(name);
    if (host !== undefined) {
      if (isLoopback(host)) {
        return ask(daemon, container.running?.serverAt(port), request, {
          host: name,
          port,
          secure,
          from: LOOPBACK_PEER,
        });
      }
      const found = host === BRIDGE_GATEWAY ? await atHostPort(daemon, port) : await atAddress(daemon, host, port);
      const from = daemon.addresses.allOf(container.id)[0] ?? BRIDGE_GATEWAY;
      if (found !== undefined || isOfBridge(host))
        return ask(daemon, found, request, { host: name, port, secure, from });
    }
    if (mode === 'none') throw unresolved(name);
    return daemon.outside(request);
  };
}

/** The hosts of this engine that a container finds, and whether they are up. */
export function containerResolver(daemon: Daemon, container: LiveContainer): HostResolver {
  return async (host) => {
    const found = await resolveHost(daemon, container, host);
    if (found === undefined) return undefined;
    const address = found === 'localhost' ? LOOPBACK_PEER : found;
    const answers = isLoopback(address) || address === BRIDGE_GATEWAY || daemon.addresses.at(address) !== undefined;
    return answers || isOfPools(address) ? { address, answers } : undefined;
  };
}

/** Sends a request to whoever listens behind a published port. Throws `network` where nobody does. */
export async function requestPublished(daemon: Daemon, hostPort: number, request: Request): Promise<Response> {
  const how = { host: 'localhost', port: hostPort, secure: false, from: BRIDGE_GATEWAY };
  return ask(daemon, await atHostPort(daemon, hostPort), request, how);
}

interface Asking {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** The address it comes from. */
  readonly from: string;
}

function ask(daemon: Daemon, server: Server | undefined, request: Request, how: Asking): Promise<Response> {
  const { host, port, secure, from } = how;
  if (server === undefined) throw refused(host, port);
  if (secure) {
    throw new EngineError('network', `Get "${request.url}": http: server gave HTTP response to HTTPS client`, {
      data: { why: 'plain', host, port },
    });
  }
  return server(request, peerAt(daemon, from));
}

function peerAt({ random }: Daemon, address: string): Peer {
  const [high = 0, low = 0] = random.bytes(2);
  return { address, port: FIRST_EPHEMERAL_PORT + (((high << 8) | low) % EPHEMERAL_PORTS) };
}

async function atHostPort(daemon: Daemon, port: number): Promise<Server | undefined> {
  const published = daemon.ports.all.find((one) => one.hostPort === port && one.protocol === 'tcp');
  if (published !== undefined)
    return (await daemon.containers.lookup(published.container))?.running?.serverAt(published.containerPort);
  // a container that shares the machine's network listens at the machine's ports
  for (const { record, running } of await daemon.containers.all()) {
    const server = record.hostConfig['NetworkMode'] === 'host' ? running?.serverAt(port) : undefined;
    if (server !== undefined) return server;
  }
  return undefined;
}

async function atAddress(daemon: Daemon, host: string, port: number): Promise<Server | undefined> {
  const id = daemon.addresses.at(host);
  return id === undefined ? undefined : (await daemon.containers.lookup(id))?.running?.serverAt(port);
}

function addressed(request: Request): { readonly host: string; readonly port: number; readonly secure: boolean } {
  const { hostname, port, protocol } = new URL(request.url);
  const secure = protocol === 'https:';
  return { host: hostname, port: port === '' ? (secure ? 443 : 80) : Number(port), secure };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host === '0.0.0.0' || /^127(?:\.\d+){3}$/.test(host);
}

/** Addresses that no other machine has. */
function isOfBridge(host: string): boolean {
  return /^172\.17(?:\.\d+){2}$/.test(host);
}

function refused(host: string, port: number): EngineError {
  return new EngineError('network', `Failed to connect to ${host} port ${port}: Connection refused`, {
    data: { why: 'refused', host, port },
  });
}

function unresolved(host: string): EngineError {
  return new EngineError('network', `Could not resolve host: ${host}`, { data: { why: 'unresolved', host } });
}
