import { HUB_ADDRESS, eraseCredentials, registryAddress } from '../client-config.ts';
import type { Command } from '../command.ts';
import { printLine } from '../context.ts';

export const logout: Command = {
  path: ['logout'],
  summary: 'Log out from a registry.',
  description: 'Log out from a registry.\nIf no server is specified, the default is defined by the daemon.',
  usage: ['[SERVER]'],
  arguments: { least: 0, most: 1 },
  flags: [],
  async run(context, { operands: [server] }) {
    const address = registryAddress(server);
    await printLine(context, `Removing login credentials for ${address}`);
    await eraseCredentials(context, address);
    await context.docker.system.logout(address === HUB_ADDRESS ? 'docker.io' : address);
    return 0;
  },
};
