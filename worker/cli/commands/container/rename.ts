import { CliError, type Command } from '../../command.ts';
import { daemonProblem } from '../../each-name.ts';

export const containerRename: Command = {
  path: ['container', 'rename'],
  aliases: [['rename']],
  summary: 'Rename a container',
  usage: ['CONTAINER NEW_NAME'],
  arguments: { least: 2, most: 2 },
  flags: [],
  async run({ docker }, { operands: [from = '', to = ''] }) {
    if (from.trim() === '' || to.trim() === '') throw new CliError('Error: Neither old nor new names may be empty');
    try {
      await docker.containers.rename(from.trim(), to.trim());
    } catch (error) {
      throw new CliError(`${daemonProblem(error)}\nError: failed to rename container named ${from}`);
    }
    return 0;
  },
};
