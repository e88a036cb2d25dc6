/** Names as a container resolves them: its own, those of `--add-host` and `--link`, and its neighbours' on a network people made. */
import { BRIDGE_GATEWAY } from './bridge-addresses.ts';
import type { Daemon } from './daemon.ts';
import type { LiveContainer } from './live-container.ts';

const ADDRESS = /^(?:\d+(?:\.\d+){3}|\[.*\])$/;
const SHORT_ID_LENGTH = 12;
/** Docker's own networks, on which containers do not know each other's names. */
const NAMELESS_NETWORKS: ReadonlySet<unknown> = new Set([undefined, '', 'default', 'bridge', 'host', 'none']);

/** The address behind a name; undefined where this engine knows none. An address is its own. */
export async function resolveHost(daemon: Daemon, container: LiveContainer, name: string): Promise<string | undefined> {
  if (name === 'localhost' || ADDRESS.test(name)) return name;
  const { hostConfig, config } = container.record;
  if (name === config.Hostname || isNameOf(container, name)) return daemon.addresses.of(container.id);
  const added = pairs(hostConfig['ExtraHosts'], /^([^:=]+)[:=](.+)$/).find(([host]) => host === name);
  if (added !== undefined) return added[1] === 'host-gateway' ? BRIDGE_GATEWAY : added[1];
  const linked = pairs(hostConfig['Links'], /^([^:]+):(.+)$/).find(([target, alias]) => [target, alias].includes(name));
  if (linked !== undefined) return addressOf(daemon, await daemon.containers.lookup(linked[0]));
  const network = hostConfig['NetworkMode'];
  if (NAMELESS_NETWORKS.has(network)) return undefined;
  const neighbour = (await daemon.containers.all()).find(
    (other) => other.record.hostConfig['NetworkMode'] === network && isNameOf(other, name),
  );
  return addressOf(daemon, neighbour);
}

function addressOf(daemon: Daemon, container: LiveContainer | undefined): string | undefined {
  return container === undefined ? undefined : daemon.addresses.of(container.id);
}

function isNameOf({ id, record }: LiveContainer, name: string): boolean {
  return record.name === name || record.config.Hostname === name || id.slice(0, SHORT_ID_LENGTH) === name;
}

/** The two halves of each text of a list that comes from outside. */
function pairs(list: unknown, pattern: RegExp): (readonly [string, string])[] {
  return (Array.isArray(list) ? list : []).flatMap((entry): (readonly [string, string])[] => {
    const match = pattern.exec(String(entry));
    return match === null ? [] : [[match[1] ?? '', match[2] ?? '']];
  });
}
