import { isEngineError } from '../../../base/errors.ts';
import { CliError, type Command } from '../../command.ts';
import { findNetwork } from '../../networks.ts';

export const networkRm: Command = {
  path: ['network', 'rm'],
  aliases: [['network', 'remove']],
  summary: 'Remove one or more networks',
  usage: ['NETWORK [NETWORK...]'],
  arguments: { least: 1, most: Infinity },
  flags: [{ name: 'force', short: 'f', kind: 'bool', help: 'Do not error if the network does not exist' }],
  run(_context, { flags, operands }) {
    const problems = operands.flatMap((name) => removalProblem(name, flags.bool('force')));
    if (problems.length > 0) return Promise.reject(new CliError([...problems, 'exit status 1'].join('\n')));
    return Promise.resolve(0);
  },
};

/** Every network there is was there from the start, and stays. */
function removalProblem(name: string, force: boolean): string[] {
  try {
    const network = findNetwork(name);
    return [`Error response from daemon: ${network.name} is a pre-defined network and cannot be removed`];
  } catch (error) {
    if (!isEngineError(error, 'not-found')) throw error;
    return force ? [] : [`Error response from daemon: ${error.message}`];
  }
}
