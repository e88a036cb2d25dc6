import type { Command } from '../../command.ts';
import { addressProblem } from '../../container/flag-problems.ts';

export const networkConnect: Command = {
  path: ['network', 'connect'],
  summary: 'Connect a container to a network',
  usage: ['[OPTIONS] NETWORK CONTAINER'],
  arguments: { least: 2, most: 2 },
  flags: [
    { name: 'alias', kind: 'strings', help: 'Add network-scoped alias for the container' },
    { name: 'driver-opt', kind: 'strings', help: 'driver options for the network' },
    {
      name: 'gw-priority',
      kind: 'int',
      help: 'Highest gw-priority provides the default gateway. Accepts positive and negative values.',
    },
    { name: 'ip', kind: 'string', help: 'IPv4 address (e.g., "172.30.100.104")' },
    { name: 'ip6', kind: 'string', help: 'IPv6 address (e.g., "2001:db8::33")' },
    { name: 'link', kind: 'list', help: 'Add link to another container' },
    {
      name: 'link-local-ip',
      kind: 'strings',
      help: 'Add a link-local address for the container',
      problem: addressProblem,
    },
  ],
  async run({ docker }, { flags, operands: [network = '', container = ''] }) {
    const address = flags.text('ip');
    await docker.networks.connect(network, container, {
      aliases: flags.list('alias'),
      ...(address === undefined || address === '' ? {} : { address }),
    });
    return 0;
  },
};
