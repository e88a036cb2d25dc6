import type { JsonValue } from '../../../base/json.ts';
import type { NetworkInspect } from '../../../engine/docker/api.ts';
import type { Command } from '../../command.ts';
import type { CliContext } from '../../context.ts';
import { OBJECT_FORMAT_HELP } from '../../help-texts.ts';
import { inspectObjects, type InspectedObject } from '../../inspection.ts';
import { NETWORK_INSPECT } from '../../template/docker-types/network.ts';

export const networkInspect: Command = {
  path: ['network', 'inspect'],
  summary: 'Display detailed information on one or more networks',
  usage: ['[OPTIONS] NETWORK [NETWORK...]'],
  arguments: { least: 1, most: Infinity },
  flags: [
    { name: 'format', short: 'f', kind: 'string', help: OBJECT_FORMAT_HELP },
    { name: 'verbose', short: 'v', kind: 'bool', help: 'Verbose output for diagnostics' },
  ],
  run: (context, { flags, operands }) =>
    inspectObjects(context, operands, flags.text('format') ?? '', (name) => inspectedNetwork(context, name)),
};

/** A network for a template. */
export async function inspectedNetwork({ docker }: CliContext, name: string): Promise<InspectedObject> {
  const network: NetworkInspect = await docker.networks.inspect(name);
  return { type: NETWORK_INSPECT, object: asJson(network) };
}

function asJson({ IPAM, Containers, ...rest }: NetworkInspect): JsonValue {
  const pools = IPAM.Config?.map((pool): JsonValue => ({ ...pool })) ?? null;
  const containers = Object.entries(Containers).map(([id, endpoint]) => [id, { ...endpoint }] as const);
  const { Name, Id, Created, Scope, Driver, EnableIPv6, ...others } = rest;
  return {
    ...{ Name, Id, Created, Scope, Driver, EnableIPv6 },
    IPAM: { Driver: IPAM.Driver, Options: IPAM.Options, Config: pools },
    Internal: others.Internal,
    Attachable: others.Attachable,
    Ingress: others.Ingress,
    ConfigFrom: { ...others.ConfigFrom },
    ConfigOnly: others.ConfigOnly,
    Containers: Object.fromEntries(containers),
    Options: others.Options,
    Labels: others.Labels,
  };
}
