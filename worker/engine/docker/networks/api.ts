/** Docker's API of networks. */
import { EngineError } from '../../../base/errors.ts';
import type { NetworkRecord } from '../../../store/networks.ts';
import type { Filters, NetworkAPI, NetworkCreate, NetworkPool } from '../api.ts';
import type { Daemon } from '../containers/daemon.ts';
import { assertKnownFilters, matchesExactly, matchesLabels, parseMoment } from '../filters.ts';
import { connect, disconnect, endpointsOf, networkEvent } from './endpoints.ts';
import { inspectNetwork } from './inspect.ts';
import { isPredefined } from './network-set.ts';
import { parseSubnet, subnetText } from './subnets.ts';

const DRIVERS = ['bridge', 'ipvlan', 'macvlan'];
const ONE_OF_A_KIND = ['host', 'null'];
const PREDEFINED_NAMES = ['bridge', 'default', 'host', 'none'];

export function createNetworkAPI(daemon: Daemon): NetworkAPI {
  const { networks, containers } = daemon;
  return {
    create: (options) => createNetwork(daemon, options),
    list: (filters) => listNetworks(daemon, filters),
    inspect: async (name) => inspectNetwork(daemon, await networks.find(name)),
    remove: async (name) => removeNetwork(daemon, await networks.find(name)),
    async connect(name, container, options) {
      const found = await containers.find(container);
      await connect(daemon, await networks.find(name), found, options);
    },
    async disconnect(name, container) {
      const network = await networks.find(name);
      await disconnect(daemon, network, await containers.find(container));
    },
    prune: (filters) => pruneNetworks(daemon, filters),
  };
}

async function createNetwork(daemon: Daemon, options: NetworkCreate): Promise<string> {
  const { name, driver } = options;
  if (name.trim() === '') throw new EngineError('invalid-argument', 'invalid name:');
  if (PREDEFINED_NAMES.includes(name)) {
    throw new EngineError('conflict', `operation is not permitted on predefined ${name} network`);
  }
  assertKind(options);
  const network = await daemon.networks.create({
    name,
    driver,
    internal: options.internal,
    attachable: options.attachable,
    configOnly: options.configOnly,
    labels: options.labels,
    options: options.options,
    pools: options.pools.map(poolRecord),
  });
  networkEvent(daemon, network, 'create');
  return network.id;
}

/** Throws for what needs a swarm, a driver that is not there, or IPv6, for which the engine has no addresses. */
function assertKind({ driver, scope, ingress, ipv6, pools }: NetworkCreate): void {
  if (scope === 'swarm') {
    throw new EngineError('conflict', 'cannot create a swarm scoped network when swarm is not active');
  }
  if (ingress) throw new EngineError('conflict', 'Ingress network can only be global scope network');
  if (driver === 'overlay') {
    throw new EngineError(
      'conflict',
      'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
    );
  }
  if (ONE_OF_A_KIND.includes(driver)) {
    throw new EngineError('conflict', `only one instance of "${driver}" network is allowed`);
  }
  if (!DRIVERS.includes(driver)) throw new EngineError('not-found', `plugin "${driver}" not found`);
  if (ipv6 && !pools.some(({ Subnet }) => Subnet.includes(':'))) {
    throw new EngineError(
      'invalid-argument',
      'could not find an available, non-overlapping IPv6 address pool among the defaults to assign to the network',
    );
  }
  if (driver === 'bridge' && pools.length > 1) {
    throw new EngineError('conflict', "bridge driver doesn't support multiple subnets");
  }
}

function poolRecord({ Subnet, IPRange, Gateway, AuxiliaryAddresses }: NetworkPool): NetworkRecord['pools'][number] {
  const subnet = parseSubnet(Subnet);
  if (subnet === undefined && !Subnet.includes(':')) throw invalidSubnet(Subnet, 'invalid CIDR block notation');
  if (subnet !== undefined && subnetText(subnet) !== Subnet) {
    throw invalidSubnet(Subnet, `it should be ${subnetText(subnet)}`);
  }
  return {
    subnet: Subnet,
    ...(IPRange === undefined ? {} : { range: IPRange }),
    ...(Gateway === undefined ? {} : { gateway: Gateway }),
    ...(AuxiliaryAddresses === undefined ? {} : { auxiliary: AuxiliaryAddresses }),
  };
}

function invalidSubnet(subnet: string, why: string): EngineError {
  return new EngineError('invalid-argument', `invalid network config:\ninvalid subnet ${subnet}: ${why}`);
}

async function listNetworks(daemon: Daemon, filters: Filters) {
  assertKnownFilters(filters, ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type']);
  const unknown = filters.get('type')?.find((type) => type !== 'builtin' && type !== 'custom');
  if (unknown !== undefined) throw new EngineError('invalid-argument', `invalid filter: 'type'='${unknown}'`);
  const used = await usedNetworks(daemon);
  const dangling = (filters.get('dangling') ?? []).map(danglingWanted);
  const wanted = (await daemon.networks.list()).filter(
    (network) =>
      matchesExactly(filters, 'driver', network.driver) &&
      matchesPart(filters, 'id', network.id) &&
      matchesPart(filters, 'name', network.name) &&
      matchesExactly(filters, 'scope', 'local') &&
      matchesExactly(filters, 'type', isPredefined(network) ? 'builtin' : 'custom') &&
      matchesLabels(filters, network.labels) &&
      dangling.every((wish) => wish === (!isPredefined(network) && !used.has(network.name))),
  );
  return Promise.all(wanted.map((network) => inspectNetwork(daemon, network)));
}

function danglingWanted(value: string): boolean {
  if (['true', '1'].includes(value)) return true;
  if (['false', '0'].includes(value)) return false;
  throw new EngineError(
    'invalid-argument',
    'invalid value for filter \'dangling\', must be "true" (or "1"), or "false" (or "0")',
  );
}

function matchesPart(filters: Filters, key: string, text: string): boolean {
  const wanted = filters.get(key) ?? [];
  return wanted.length === 0 || wanted.some((part) => text.includes(part));
}

/** Names of the networks that containers, running or not, are connected to. */
async function usedNetworks({ containers }: Daemon): Promise<ReadonlySet<string>> {
  const all = await containers.all();
  return new Set(all.flatMap(({ record }) => endpointsOf(record)).map(({ network }) => network));
}

async function removeNetwork(daemon: Daemon, network: NetworkRecord): Promise<void> {
  const { id, name } = network;
  if (isPredefined(network)) {
    throw new EngineError('conflict', `${name} is a pre-defined network and cannot be removed`);
  }
  if (daemon.addresses.on(id).length > 0) {
    throw new EngineError('in-use', `error while removing network: network ${name} id ${id} has active endpoints`);
  }
  await daemon.networks.remove(network);
  networkEvent(daemon, network, 'destroy');
}

async function pruneNetworks(daemon: Daemon, filters: Filters) {
  assertKnownFilters(filters, ['label', 'label!', 'until']);
  const nowMs = daemon.clock.nowMs();
  const until = (filters.get('until') ?? []).map((text) => parseMoment(text, nowMs));
  const used = await usedNetworks(daemon);
  const gone: string[] = [];
  for (const network of await daemon.networks.list()) {
    if (isPredefined(network) || used.has(network.name)) continue;
    if (!matchesLabels(filters, network.labels) || until.some((moment) => network.createdMs > moment)) continue;
    await daemon.networks.remove(network);
    networkEvent(daemon, network, 'destroy');
    gone.push(network.name);
  }
  daemon.events.add('network', 'prune', '', { reclaimed: '0' });
  return { NetworksDeleted: gone };
}
