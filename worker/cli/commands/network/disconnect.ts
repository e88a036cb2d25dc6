import type { Command } from '../../command.ts';

export const networkDisconnect: Command = {
  path: ['network', 'disconnect'],
  summary: 'Disconnect a container from a network',
  usage: ['[OPTIONS] NETWORK CONTAINER'],
  arguments: { least: 2, most: 2 },
  flags: [{ name: 'force', short: 'f', kind: 'bool', help: 'Force the container to disconnect from a network' }],
  async run({ docker }, { operands: [network = '', container = ''] }) {
    await docker.networks.disconnect(network, container);
    return 0;
  },
};
