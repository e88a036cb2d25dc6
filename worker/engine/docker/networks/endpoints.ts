/** Containers on networks: which they are on, joining when they start, leaving when they end. */
import { EngineError } from '../../../base/errors.ts';
import type { ContainerRecord, EndpointRecord } from '../../../store/containers.ts';
import type { NetworkRecord } from '../../../store/networks.ts';
import type { Daemon } from '../containers/daemon.ts';
import type { LiveContainer } from '../containers/live-container.ts';
import { BRIDGE, isPredefined, subnetsOf } from './network-set.ts';
import { addressNumber, holds, isIPv4 } from './subnets.ts';

/** The network a container was made for; `container:NAME` where it shares another's. */
export function networkMode({ hostConfig }: Pick<ContainerRecord, 'hostConfig'>): string {
  const mode = hostConfig['NetworkMode'];
  return typeof mode !== 'string' || mode === '' || mode === 'default' ? BRIDGE.name : mode;
}

/** The networks a container is connected to, by name. */
export function endpointsOf(record: ContainerRecord): readonly EndpointRecord[] {
  if (record.networks !== undefined) return record.networks;
  const mode = networkMode(record);
  return mode.startsWith('container:') ? [] : [{ network: mode, aliases: [] }];
}

/** Throws as the daemon does where a new container cannot be on a network as it asked. One that is not there is told at its start. */
export async function assertEndpoints(daemon: Daemon, endpoints: readonly EndpointRecord[]): Promise<void> {
  for (const { network: name, address } of endpoints) {
    const network = await daemon.networks.lookup(name);
    if (network !== undefined && address !== undefined) assertAddress(network, address);
  }
}

/** Gives a container that starts its addresses. Throws `not-found` where a network is gone, `conflict` for an address in use. */
export async function joinNetworks(daemon: Daemon, container: LiveContainer): Promise<void> {
  const [, shared] = /^container:(.*)$/.exec(networkMode(container.record)) ?? [];
  if (shared !== undefined) await daemon.containers.find(shared);
  for (const endpoint of endpointsOf(container.record)) {
    join(daemon, container, await daemon.networks.find(endpoint.network), endpoint);
  }
}

function join(daemon: Daemon, { id }: LiveContainer, network: NetworkRecord, { address }: EndpointRecord): void {
  if (address !== undefined) assertAddress(network, address);
  daemon.addresses.take(id, network, address);
  networkEvent(daemon, network, 'connect', { container: id });
}

/** Takes the addresses of a container that has ended back. */
export async function leaveNetworks(daemon: Daemon, container: LiveContainer): Promise<void> {
  daemon.addresses.release(container.id);
  for (const { network: name } of endpointsOf(container.record)) {
    const network = await daemon.networks.lookup(name);
    if (network !== undefined) networkEvent(daemon, network, 'disconnect', { container: container.id });
  }
}

/** Connects a container, running or not. Throws as the daemon words it. */
export async function connect(
  daemon: Daemon,
  network: NetworkRecord,
  container: LiveContainer,
  { aliases, address }: { readonly aliases: readonly string[]; readonly address?: string },
): Promise<void> {
  const { record } = container;
  assertOwnNetworks(record, network);
  if (address !== undefined) assertAddress(network, address);
  const endpoints = endpointsOf(record);
  const isThere = endpoints.some(({ network: name }) => name === network.name);
  if (isThere && container.isRunning) {
    throw new EngineError('conflict', `endpoint with name ${record.name} already exists in network ${network.name}`);
  }
  const endpoint = { network: network.name, aliases, ...(address === undefined ? {} : { address }) };
  if (container.isRunning) join(daemon, container, network, endpoint);
  await container.update({ networks: [...endpoints.filter(({ network: name }) => name !== network.name), endpoint] });
}

/** Throws `invalid-argument` where the container is not on the network. */
export async function disconnect(daemon: Daemon, network: NetworkRecord, container: LiveContainer): Promise<void> {
  const { record, id } = container;
  if (network.name === 'host') throw hostNetwork();
  const endpoints = endpointsOf(record);
  const rest = endpoints.filter(({ network: name }) => name !== network.name);
  if (rest.length === endpoints.length) {
    throw new EngineError('invalid-argument', `container ${id} is not connected to network ${network.name}`);
  }
  await container.update({ networks: rest });
  if (container.isRunning) daemon.addresses.release(id, network.id);
  networkEvent(daemon, network, 'disconnect', { container: id });
}

/** What happens to a network, with its name and driver. */
export function networkEvent(
  daemon: Daemon,
  { id, name, driver }: NetworkRecord,
  action: string,
  more: Readonly<Record<string, string>> = {},
): void {
  daemon.events.add('network', action, id, { ...more, name, type: driver });
}

function assertOwnNetworks(record: ContainerRecord, { name }: NetworkRecord): void {
  const mode = networkMode(record);
  if (mode === 'host' || mode.startsWith('container:')) {
    throw new EngineError(
      'conflict',
      'container sharing network namespace with another container or host cannot be connected to any other network',
    );
  }
  if (name === 'host') throw hostNetwork();
  if (name === 'none' || endpointsOf(record).some(({ network }) => network === 'none')) {
    throw new EngineError(
      'conflict',
      'container cannot be connected to multiple networks with one of the networks in private (none) mode',
    );
  }
}

function hostNetwork(): EngineError {
  return new EngineError('conflict', 'container cannot be disconnected from host network or connected to host network');
}

/** Addresses can be asked for where a person chose the subnet, and in it. */
function assertAddress(network: NetworkRecord, address: string): void {
  const problems: string[] = [];
  if (!isIPv4(address)) problems.push(`invalid IPv4 address: ${address}`);
  if (isPredefined(network)) problems.push('user specified IP address is supported on user defined networks only');
  if (!network.chosen) {
    problems.push(
      'user specified IP address is supported only when connecting to networks with user configured subnets',
    );
  } else if (!isIPv4(address) || !subnetsOf(network).some((subnet) => holds(subnet, addressNumber(address)))) {
    problems.push(`no configured subnet or ip-range contain the IP address ${address}`);
  }
  const [first, ...more] = problems;
  if (first === undefined) return;
  const told = more.length === 0 ? first : problems.map((problem) => `* ${problem}`).join('\n');
  throw new EngineError(
    'invalid-argument',
    `invalid config for network ${network.name}: invalid endpoint settings:\n${told}`,
  );
}
