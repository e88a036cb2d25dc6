import { isEngineError } from '../../../base/errors.ts';
import { CliError, type Command } from '../../command.ts';
import { printLine } from '../../context.ts';
import { daemonProblem } from '../../each-name.ts';

export const networkRm: Command = {
  path: ['network', 'rm'],
  aliases: [['network', 'remove']],
  summary: 'Remove one or more networks',
  usage: ['NETWORK [NETWORK...]'],
  arguments: { least: 1, most: Infinity },
  flags: [{ name: 'force', short: 'f', kind: 'bool', help: 'Do not error if the network does not exist' }],
  async run(context, { flags, operands }) {
    const problems: string[] = [];
    for (const name of operands) {
      try {
        await context.docker.networks.remove(name);
        await printLine(context, name);
      } catch (error) {
        if (!(flags.bool('force') && isEngineError(error, 'not-found'))) problems.push(daemonProblem(error));
      }
    }
    if (problems.length > 0) throw new CliError([...problems, 'exit status 1'].join('\n'));
    return 0;
  },
};
