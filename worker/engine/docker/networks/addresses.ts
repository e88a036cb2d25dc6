/** Addresses of running containers on their networks: the lowest free one when they start, given back when they end. */
import { EngineError } from '../../../base/errors.ts';
import type { NetworkRecord } from '../../../store/networks.ts';
import { BRIDGE, subnetsOf } from './network-set.ts';
import { addressNumber, addressText, lastAddress, parseSubnet } from './subnets.ts';

/** The machine itself, as containers of Docker's own bridge see it. */
export const BRIDGE_GATEWAY = '172.17.0.1';

interface Lease {
  readonly container: string;
  readonly network: string;
  readonly address: string;
}

export class NetworkAddresses {
  #leases: readonly Lease[] = [];

  /**
   * The container's address on a network, taken now unless it has one; undefined where the network has no addresses. Throws
   * `conflict` where `wanted` is in use or all are.
   */
  take(container: string, network: NetworkRecord, wanted?: string): string | undefined {
    const there = this.of(container, network.id);
    if (there !== undefined || subnetsOf(network).length === 0) return there;
    const address = wanted ?? this.#lowestFree(network);
    if (address === undefined || !this.#isFree(network, address)) {
      throw new EngineError(
        'conflict',
        address === undefined ? 'no available IPv4 addresses' : 'Address already in use',
      );
    }
    this.#leases = [...this.#leases, { container, network: network.id, address }];
    return address;
  }

  /** Gives one network's address back, or all of a container that has ended. */
  release(container: string, network?: string): void {
    this.#leases = this.#leases.filter(
      (lease) => lease.container !== container || (network !== undefined && lease.network !== network),
    );
  }

  /** On a network (Docker's own bridge by default); undefined while it does not run. */
  of(container: string, network: string = BRIDGE.id): string | undefined {
    return this.#leases.find((lease) => lease.container === container && lease.network === network)?.address;
  }

  /** All addresses of a container, in the order its networks were joined. */
  allOf(container: string): readonly string[] {
    return this.#leases.filter((lease) => lease.container === container).map(({ address }) => address);
  }

  /** The containers that run on a network. */
  on(network: string): readonly string[] {
    return this.#leases.filter((lease) => lease.network === network).map(({ container }) => container);
  }

  /** The ID of the container at an address. */
  at(address: string): string | undefined {
    return this.#leases.find((lease) => lease.address === address)?.container;
  }

  #isFree({ id, pools }: NetworkRecord, address: string): boolean {
    const reserved = pools.flatMap(({ gateway, auxiliary }) => [gateway, ...Object.values(auxiliary ?? {})]);
    if (reserved.includes(address)) return false;
    return !this.#leases.some((lease) => lease.network === id && lease.address === address);
  }

  #lowestFree(network: NetworkRecord): string | undefined {
    for (const { subnet, range, gateway } of network.pools) {
      const pool = parseSubnet(range ?? subnet);
      if (pool === undefined) continue;
      // the first address is the network's, the next its gateway's
      const isWhole = range === undefined || range === subnet;
      let at = isWhole ? pool.base + 1 : pool.base;
      if (gateway === undefined && isWhole) at++;
      for (const end = lastAddress(pool); at < end; at++) {
        if (this.#isFree(network, addressText(at))) return addressText(at);
      }
    }
    return undefined;
  }
}

/** The hardware address Docker gives with an address. */
export function hardwareAddress(address: string): string {
  const number = addressNumber(address);
  const bytes = [24, 16, 8, 0].map((shift) => (Math.floor(number / 2 ** shift) % 256).toString(16).padStart(2, '0'));
  return `02:42:${bytes.join(':')}`;
}
