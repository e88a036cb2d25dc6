/** The networks of this engine: the three every engine has, and those people made. */
import { hex } from '../../../base/bytes.ts';
import { EngineError } from '../../../base/errors.ts';
import type { Clock, Random } from '../../../base/ports.ts';
import type { Store } from '../../../store/index.ts';
import type { NetworkRecord } from '../../../store/networks.ts';
import { freeSubnet, overlap, parseSubnet, subnetText, addressText, type Subnet } from './subnets.ts';

const BARE = {
  createdMs: 0,
  internal: false,
  attachable: false,
  configOnly: false,
  labels: {},
  options: {},
  pools: [],
  chosen: false,
} as const;

/** The network containers are on when nobody says otherwise. */
export const BRIDGE: NetworkRecord = {
  ...BARE,
  id: '7f8e2c1d5a90b4c36e1f02ad9b87c65e4d3f21a0b9c8d7e6f5a4b3c2d1e0f9a8',
  name: 'bridge',
  driver: 'bridge',
  pools: [{ subnet: '172.17.0.0/16', gateway: '172.17.0.1' }],
  options: {
    'com.docker.network.bridge.default_bridge': 'true',
    'com.docker.network.bridge.enable_icc': 'true',
    'com.docker.network.bridge.enable_ip_masquerade': 'true',
    'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
    'com.docker.network.bridge.name': 'docker0',
    'com.docker.network.driver.mtu': '1500',
  },
};

/** Their IDs were made up once; they tell the networks apart, and mean nothing. */
const PREDEFINED: readonly NetworkRecord[] = [
  BRIDGE,
  { ...BARE, id: '2b6d9f041c7e83a5d0f1b2c3e4a596871029384756abcdef0123456789fedcba', name: 'host', driver: 'host' },
  { ...BARE, id: 'c40a1e7b9d2f5386714e0d9c8b7a6f5e4d3c2b1a09f8e7d6c5b4a39281706f5e', name: 'none', driver: 'null' },
];

export function isPredefined({ name }: NetworkRecord): boolean {
  return PREDEFINED.some((network) => network.name === name);
}

/** A network before it has an ID and, where nobody chose one, a subnet. */
type NewNetwork = Omit<NetworkRecord, 'id' | 'createdMs' | 'chosen'>;

export class NetworkSet {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #random: Random;

  constructor(parts: { readonly store: Store; readonly clock: Clock; readonly random: Random }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#random = parts.random;
  }

  /** By name. */
  async list(): Promise<readonly NetworkRecord[]> {
    const all = [...PREDEFINED, ...(await this.#store.networks.list())];
    return all.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** By name, ID or the beginning of one. */
  async lookup(name: string): Promise<NetworkRecord | undefined> {
    const all = await this.list();
    const wanted = name === 'default' ? BRIDGE.name : name;
    return (
      all.find((network) => network.name === wanted || network.id === wanted) ??
      all.find(({ id }) => wanted !== '' && id.startsWith(wanted))
    );
  }

  /** Throws `not-found` as the daemon words it. */
  async find(name: string): Promise<NetworkRecord> {
    const found = await this.lookup(name);
    if (found === undefined) throw new EngineError('not-found', `network ${name} not found`, { data: { name } });
    return found;
  }

  /** Throws `conflict` for a name in use, `invalid-argument` for a subnet that others have. */
  async create(wanted: NewNetwork): Promise<NetworkRecord> {
    const all = await this.list();
    if (all.some(({ name }) => name === wanted.name)) {
      throw new EngineError('conflict', `network with name ${wanted.name} already exists`, {
        data: { name: wanted.name },
      });
    }
    const record: NetworkRecord = {
      ...wanted,
      id: hex(this.#random.bytes(32)),
      createdMs: this.#clock.nowMs(),
      chosen: wanted.pools.length > 0,
      pools: wanted.configOnly ? wanted.pools : this.#poolsOf(wanted, all),
    };
    await this.#store.networks.put(record);
    return record;
  }

  remove({ id }: NetworkRecord): Promise<void> {
    return this.#store.networks.remove(id);
  }

  #poolsOf({ pools }: NewNetwork, others: readonly NetworkRecord[]): NetworkRecord['pools'] {
    const taken = others.flatMap(subnetsOf);
    const clash = pools.some(({ subnet }) => taken.some((other) => overlap(other, parseSubnet(subnet) ?? other)));
    if (clash) throw new EngineError('invalid-argument', 'Pool overlaps with other one on this address space');
    if (pools.length > 0) return pools;
    const free = freeSubnet(taken);
    if (free === undefined) {
      throw new EngineError('invalid-argument', 'all predefined address pools have been fully subnetted');
    }
    return [{ subnet: subnetText(free), gateway: addressText(free.base + 1) }];
  }
}

/** The IPv4 subnets of a network. */
export function subnetsOf({ pools }: NetworkRecord): readonly Subnet[] {
  return pools.flatMap(({ subnet }) => parseSubnet(subnet) ?? []);
}
