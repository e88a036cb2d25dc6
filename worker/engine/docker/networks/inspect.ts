/** A network as the API tells it, and a container's part of it. */
import { utf8 } from '../../../base/bytes.ts';
import { sha256OfSmall } from '../../../codec/sha256.ts';
import type { AddressPool, NetworkRecord } from '../../../store/networks.ts';
import type { NetworkInspect, NetworkPool } from '../api.ts';
import type { Daemon } from '../containers/daemon.ts';
import { GO_ZERO_TIME, goTime } from '../containers/times.ts';
import { hardwareAddress } from './addresses.ts';
import { isPredefined, subnetsOf } from './network-set.ts';

export async function inspectNetwork(daemon: Daemon, network: NetworkRecord): Promise<NetworkInspect> {
  const { pools, createdMs } = network;
  const predefined = isPredefined(network);
  return {
    Name: network.name,
    Id: network.id,
    Created: createdMs === 0 ? GO_ZERO_TIME : goTime(createdMs),
    Scope: 'local',
    Driver: network.driver,
    EnableIPv6: false,
    IPAM: {
      Driver: 'default',
      Options: predefined ? null : {},
      Config: predefined && pools.length === 0 ? null : pools.map(poolOf),
    },
    Internal: network.internal,
    Attachable: network.attachable,
    Ingress: false,
    ConfigFrom: { Network: '' },
    ConfigOnly: network.configOnly,
    Containers: await containersOf(daemon, network),
    Options: network.options,
    Labels: network.labels,
  };
}

function poolOf({ subnet, range, gateway, auxiliary }: AddressPool): NetworkPool {
  return {
    Subnet: subnet,
    ...(range === undefined ? {} : { IPRange: range }),
    ...(gateway === undefined ? {} : { Gateway: gateway }),
    ...(auxiliary === undefined ? {} : { AuxiliaryAddresses: auxiliary }),
  };
}

/** Those that run on it, by ID. */
async function containersOf(daemon: Daemon, network: NetworkRecord): Promise<NetworkInspect['Containers']> {
  const found: Record<string, NetworkInspect['Containers'][string]> = {};
  for (const id of [...daemon.addresses.on(network.id)].sort()) {
    const container = await daemon.containers.lookup(id);
    const address = daemon.addresses.of(id, network.id) ?? '';
    found[id] = {
      Name: container?.record.name ?? '',
      EndpointID: endpointID(id, network),
      MacAddress: hardwareAddress(address),
      IPv4Address: `${address}/${prefixOf(network)}`,
      IPv6Address: '',
    };
  }
  return found;
}

/** Length of the prefix of the network's addresses. */
export function prefixOf(network: NetworkRecord): number {
  return subnetsOf(network)[0]?.bits ?? 0;
}

/** Differs for every container and network, as a random one would, and need not be kept. */
export function endpointID(container: string, { id }: NetworkRecord): string {
  return sha256OfSmall(utf8(`${container}/${id}`));
}
