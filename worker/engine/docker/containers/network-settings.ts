/** `NetworkSettings` of `docker inspect`: a container's addresses on each of its networks. */
import { utf8 } from '../../../base/bytes.ts';
import { sha256OfSmall } from '../../../codec/sha256.ts';
import type { ContainerRecord, EndpointRecord } from '../../../store/containers.ts';
import type { NetworkRecord } from '../../../store/networks.ts';
import { hardwareAddress } from '../networks/addresses.ts';
import { endpointsOf, networkMode } from '../networks/endpoints.ts';
import { endpointID, prefixOf } from '../networks/inspect.ts';
import { BRIDGE, isPredefined } from '../networks/network-set.ts';
import type { Daemon } from './daemon.ts';
import type { LiveContainer } from './live-container.ts';
import { portMap } from './ports.ts';

const SHORT_ID_LENGTH = 12;
const NO_IPV6 = { IPv6Gateway: '', GlobalIPv6Address: '', GlobalIPv6PrefixLen: 0 };

export async function networkSettings(daemon: Daemon, container: LiveContainer) {
  const { record } = container;
  const sandbox = record.startedMs === undefined ? '' : sha256OfSmall(utf8(`${record.id}/${record.startedMs}`));
  const networks: Record<string, ReturnType<typeof endpointOf>> = {};
  for (const endpoint of [...endpointsOf(record)].sort((a, b) => (a.network < b.network ? -1 : 1))) {
    networks[endpoint.network] = endpointOf(
      daemon,
      container,
      await daemon.networks.lookup(endpoint.network),
      endpoint,
    );
  }
  const bridge = networks[BRIDGE.name];
  return {
    Bridge: '',
    SandboxID: sandbox,
    SandboxKey: sandbox === '' ? '' : `/var/run/docker/netns/${sandboxName(record, sandbox)}`,
    Ports: portMap(daemon, container),
    HairpinMode: false,
    LinkLocalIPv6Address: '',
    LinkLocalIPv6PrefixLen: 0,
    SecondaryIPAddresses: null,
    SecondaryIPv6Addresses: null,
    EndpointID: bridge?.EndpointID ?? '',
    Gateway: bridge?.Gateway ?? '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    IPAddress: bridge?.IPAddress ?? '',
    IPPrefixLen: bridge?.IPPrefixLen ?? 0,
    IPv6Gateway: '',
    MacAddress: bridge?.MacAddress ?? '',
    Networks: networks,
  };
}

function sandboxName(record: ContainerRecord, sandbox: string): string {
  return networkMode(record) === 'host' ? 'default' : sandbox.slice(0, SHORT_ID_LENGTH);
}

function endpointOf(
  daemon: Daemon,
  { record, isRunning }: LiveContainer,
  network: NetworkRecord | undefined,
  { aliases, address: wanted }: EndpointRecord,
) {
  const ip = network && daemon.addresses.of(record.id, network.id);
  const wasStarted = record.startedMs !== undefined && network !== undefined;
  const names = wasStarted && !isPredefined(network) ? dnsNames(record, aliases) : null;
  return {
    IPAMConfig: wanted === undefined ? null : { IPv4Address: wanted },
    Links: null,
    Aliases: aliases.length === 0 ? null : aliases,
    MacAddress: ip === undefined ? '' : hardwareAddress(ip),
    DriverOpts: null,
    NetworkID: wasStarted ? network.id : '',
    EndpointID: wasStarted && isRunning ? endpointID(record.id, network) : '',
    Gateway: ip === undefined ? '' : (network?.pools[0]?.gateway ?? ''),
    IPAddress: ip ?? '',
    IPPrefixLen: ip === undefined || network === undefined ? 0 : prefixOf(network),
    ...NO_IPV6,
    DNSNames: names,
  };
}

/** What others on the network call it. */
function dnsNames({ name, id, config }: ContainerRecord, aliases: readonly string[]): readonly string[] {
  const short = id.slice(0, SHORT_ID_LENGTH);
  const { Hostname: hostname = short } = config;
  return [...new Set([name, ...aliases, short, hostname])];
}
