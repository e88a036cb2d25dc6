/** IPv4 subnets in CIDR notation, and those Docker takes by itself. Addresses are unsigned 32-bit numbers. */

export interface Subnet {
  /** Its lowest address. */
  readonly base: number;
  /** Length of the prefix. */
  readonly bits: number;
}

const ADDRESS_BITS = 32;
/** The network that containers are on by default. */
const BRIDGE: Subnet = { base: addressNumber('172.17.0.0'), bits: 16 };
/** Where Docker looks for room for a network nobody chose a subnet for (its default address pools). */
const DEFAULT_POOLS: readonly Subnet[] = [
  ...Array.from({ length: 14 }, (_, at) => ({ base: addressNumber(`172.${18 + at}.0.0`), bits: 16 })),
  ...Array.from({ length: 16 }, (_, at) => ({ base: addressNumber(`192.168.${at * 16}.0`), bits: 20 })),
];

/** True for four numbers with dots. */
export function isIPv4(text: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255);
}

/** True for an address that Docker's own networks may have. */
export function isOfPools(address: string): boolean {
  const number = isIPv4(address) ? addressNumber(address) : -1;
  return [BRIDGE, ...DEFAULT_POOLS].some(({ base, bits }) => number >= base && number < base + sizeOf(bits));
}

export function addressNumber(text: string): number {
  return text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

export function addressText(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

export function subnetText({ base, bits }: Subnet): string {
  return `${addressText(base)}/${bits}`;
}

/** The subnet an address with a prefix lies in; undefined for what is no CIDR notation of IPv4. */
export function parseSubnet(text: string): Subnet | undefined {
  const [address = '', prefix = ''] = text.split('/', 2);
  const bits = Number(prefix);
  if (!isIPv4(address) || !/^\d{1,2}$/.test(prefix) || bits > ADDRESS_BITS) return undefined;
  const number = addressNumber(address);
  return { base: number - (number % sizeOf(bits)), bits };
}

/** How many addresses a prefix leaves. */
function sizeOf(bits: number): number {
  return 2 ** (ADDRESS_BITS - bits);
}

export function lastAddress({ base, bits }: Subnet): number {
  return base + sizeOf(bits) - 1;
}

export function holds(subnet: Subnet, address: number): boolean {
  return address >= subnet.base && address <= lastAddress(subnet);
}

export function overlap(one: Subnet, other: Subnet): boolean {
  return holds(one, other.base) || holds(other, one.base);
}

/** The first of Docker's pools that overlaps none of those taken. */
export function freeSubnet(taken: readonly Subnet[]): Subnet | undefined {
  return DEFAULT_POOLS.find((pool) => !taken.some((other) => overlap(pool, other)));
}
