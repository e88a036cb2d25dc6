import type { NetworkPool } from '../../../engine/docker/api.ts';
import { addressNumber, holds, isIPv4, parseSubnet } from '../../../engine/docker/networks/subnets.ts';
import { CliError, type Command } from '../../command.ts';
import { labelProblem } from '../../container/flag-problems.ts';
import { keyValues } from '../../container/key-values.ts';
import { printLine } from '../../context.ts';
import type { Flags } from '../../flags.ts';

export const networkCreate: Command = {
  path: ['network', 'create'],
  summary: 'Create a network',
  usage: ['[OPTIONS] NETWORK'],
  arguments: { least: 1, most: 1 },
  flags: [
    { name: 'attachable', kind: 'bool', help: 'Enable manual container attachment' },
    {
      name: 'aux-address',
      kind: 'map',
      help: 'Auxiliary IPv4 or IPv6 addresses used by Network driver',
      default: 'map[]',
    },
    { name: 'config-from', kind: 'string', help: 'The network from which to copy the configuration' },
    { name: 'config-only', kind: 'bool', help: 'Create a configuration only network' },
    { name: 'driver', short: 'd', kind: 'string', help: 'Driver to manage the Network', default: '"bridge"' },
    { name: 'gateway', kind: 'strings', help: 'IPv4 or IPv6 Gateway for the master subnet' },
    { name: 'ingress', kind: 'bool', help: 'Create swarm routing-mesh network' },
    { name: 'internal', kind: 'bool', help: 'Restrict external access to the network' },
    { name: 'ip-range', kind: 'strings', help: 'Allocate container ip from a sub-range' },
    { name: 'ipam-driver', kind: 'string', help: 'IP Address Management Driver', default: '"default"' },
    { name: 'ipam-opt', kind: 'map', help: 'Set IPAM driver specific options', default: 'map[]' },
    { name: 'ipv4', kind: 'bool', help: 'Enable or disable IPv4 address assignment', default: 'true' },
    { name: 'ipv6', kind: 'bool', help: 'Enable or disable IPv6 address assignment' },
    { name: 'label', kind: 'list', help: 'Set metadata on a network', problem: labelProblem },
    { name: 'opt', short: 'o', kind: 'map', help: 'Set driver specific options', default: 'map[]' },
    { name: 'scope', kind: 'string', help: "Control the network's scope" },
    { name: 'subnet', kind: 'strings', help: 'Subnet in CIDR format that represents a network segment' },
  ],
  async run(context, { flags, operands: [name = ''] }) {
    const id = await context.docker.networks.create({
      name,
      driver: flags.text('driver') ?? 'bridge',
      internal: flags.bool('internal'),
      attachable: flags.bool('attachable'),
      configOnly: flags.bool('config-only'),
      ipv6: flags.bool('ipv6'),
      ingress: flags.bool('ingress'),
      scope: flags.text('scope') ?? '',
      labels: keyValues(flags.list('label')),
      options: keyValues(flags.list('opt')),
      pools: poolsOfFlags(flags),
    });
    await printLine(context, id);
    return 0;
  },
};

/** The subnets with the ranges, gateways and addresses that lie in them. Throws {@link CliError} where one lies in none. */
function poolsOfFlags(flags: Flags): readonly NetworkPool[] {
  const subnets = flags.list('subnet');
  const ranges = flags.list('ip-range');
  const gateways = flags.list('gateway');
  if (subnets.length < ranges.length || subnets.length < gateways.length) {
    throw new CliError('every ip-range or gateway must have a corresponding subnet');
  }
  const auxiliary = Object.entries(keyValues(flags.list('aux-address')));
  for (const range of ranges) assertMatch(subnets, range, 'range');
  for (const gateway of gateways) assertMatch(subnets, gateway, 'gateway');
  for (const [, address] of auxiliary) assertMatch(subnets, address, 'aux-address');
  return subnets.map((subnet): NetworkPool => {
    const range = ranges.find((text) => isIn(subnet, text));
    const gateway = gateways.find((text) => isIn(subnet, text));
    const others = auxiliary.filter(([, address]) => isIn(subnet, address));
    return {
      Subnet: subnet,
      ...(range === undefined ? {} : { IPRange: range }),
      ...(gateway === undefined ? {} : { Gateway: gateway }),
      ...(others.length === 0 ? {} : { AuxiliaryAddresses: Object.fromEntries(others) }),
    };
  });
}

function assertMatch(subnets: readonly string[], text: string, what: string): void {
  if (!subnets.some((subnet) => isIn(subnet, text))) throw new CliError(`no matching subnet for ${what} ${text}`);
}

function isIn(subnet: string, text: string): boolean {
  const whole = parseSubnet(subnet);
  const address = text.split('/', 1)[0] ?? '';
  return whole !== undefined && isIPv4(address) && holds(whole, addressNumber(address));
}
