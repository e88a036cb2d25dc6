import type { Command } from '../../command.ts';
import { OBJECT_FORMAT_HELP } from '../../help-texts.ts';
import { inspectObjects, type InspectedObject } from '../../inspection.ts';
import { findNetwork, NETWORK_INSPECT, type Network } from '../../networks.ts';

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
    inspectObjects(context, operands, flags.text('format') ?? '', (name) =>
      Promise.resolve(inspectedNetwork(findNetwork(name))),
    ),
};

const SUBNET = { Subnet: '172.17.0.0/16', Gateway: '172.17.0.1' };
const BRIDGE_OPTIONS = {
  'com.docker.network.bridge.default_bridge': 'true',
  'com.docker.network.bridge.enable_icc': 'true',
  'com.docker.network.bridge.enable_ip_masquerade': 'true',
  'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
  'com.docker.network.bridge.name': 'docker0',
  'com.docker.network.driver.mtu': '1500',
};

/** A network for a template. */
export function inspectedNetwork({ name, id, driver }: Network): InspectedObject {
  const bridge = name === 'bridge';
  return {
    type: NETWORK_INSPECT,
    object: {
      Name: name,
      Id: id,
      Created: '0001-01-01T00:00:00Z',
      Scope: 'local',
      Driver: driver,
      EnableIPv6: false,
      IPAM: { Driver: 'default', Options: null, Config: bridge ? [SUBNET] : null },
      Internal: false,
      Attachable: false,
      Ingress: false,
      ConfigFrom: { Network: '' },
      ConfigOnly: false,
      Containers: {},
      Options: bridge ? BRIDGE_OPTIONS : {},
      Labels: {},
    },
  };
}
