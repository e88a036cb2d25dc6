/** Addresses of running containers on Docker's bridge network: the lowest free one when they start, given back when they end. */

/** The machine itself, as containers of the bridge see it. */
export const BRIDGE_GATEWAY = '172.17.0.1';

const PREFIX = '172.17';
const FIRST_HOST = 2;

export class BridgeAddresses {
  readonly #owners = new Map<string, string>();

  /** The container's address, taken now unless it has one. */
  take(container: string): string {
    const there = this.of(container);
    if (there !== undefined) return there;
    let host = FIRST_HOST;
    while (this.#owners.has(addressOf(host))) host++;
    this.#owners.set(addressOf(host), container);
    return addressOf(host);
  }

  release(container: string): void {
    const address = this.of(container);
    if (address !== undefined) this.#owners.delete(address);
  }

  /** Undefined while it does not run. */
  of(container: string): string | undefined {
    return [...this.#owners].find(([, owner]) => owner === container)?.[0];
  }

  /** The ID of the container at an address. */
  at(address: string): string | undefined {
    return this.#owners.get(address);
  }
}

function addressOf(host: number): string {
  return `${PREFIX}.${host >> 8}.${host & 0xff}`;
}
