/** Names as a container resolves them: its own, those of `--add-host` and `--link`, and its neighbours' on a network people made. */
import { BRIDGE_GATEWAY } from '../networks/addresses.ts';
import { endpointsOf } from '../networks/endpoints.ts';
import { isPredefined } from '../networks/network-set.ts';
import type { Daemon } from './daemon.ts';
import type { LiveContainer } from './live-container.ts';

const ADDRESS = /^(?:\d+(?:\.\d+){3}|\[.*\])$/;
const SHORT_ID_LENGTH = 12;

/** The address behind a name; undefined where this engine knows none. An address is its own. */
export async function resolveHost(daemon: Daemon, container: LiveContainer, name: string): Promise<string | undefined> {
  if (name === 'localhost' || ADDRESS.test(name)) return name;
  const { hostConfig, config } = container.record;
  if (name === config.Hostname || isNameOf(container, name)) return daemon.addresses.allOf(container.id)[0];
  const added = pairs(hostConfig['ExtraHosts'], /^([^:=]+)[:=](.+)$/).find(([host]) => host === name);
  if (added !== undefined) return added[1] === 'host-gateway' ? BRIDGE_GATEWAY : added[1];
  const linked = pairs(hostConfig['Links'], /^([^:]+)(?::(.+))?$/).find(([target, alias]) =>
    [target, alias].includes(name),
  );
  if (linked !== undefined) return addressOf(daemon, await daemon.containers.lookup(linked[0]));
  return neighbourAddress(daemon, container, name);
}

/** The address of a container that shares a network people made, by its name there. */
async function neighbourAddress(daemon: Daemon, container: LiveContainer, name: string): Promise<string | undefined> {
  const all = await daemon.containers.all();
  for (const { network } of endpointsOf(container.record)) {
    const record = await daemon.networks.lookup(network);
    if (record === undefined || isPredefined(record)) continue;
    const neighbour = all.find((other) =>
      endpointsOf(other.record).some(
        (endpoint) => endpoint.network === network && (endpoint.aliases.includes(name) || isNameOf(other, name)),
      ),
    );
    const address = neighbour && daemon.addresses.of(neighbour.id, record.id);
    if (address !== undefined) return address;
  }
  return undefined;
}

function addressOf(daemon: Daemon, container: LiveContainer | undefined): string | undefined {
  return container === undefined ? undefined : daemon.addresses.allOf(container.id)[0];
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
