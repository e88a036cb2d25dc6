import { CliError, type Command } from '../../command.ts';
import { daemonProblem } from '../../each-name.ts';
import { printLine } from '../../context.ts';

export const containerWait: Command = {
  path: ['container', 'wait'],
  aliases: [['wait']],
  summary: 'Block until one or more containers stop, then print their exit codes',
  usage: ['CONTAINER [CONTAINER...]'],
  arguments: { least: 1, most: Infinity },
  flags: [],
  async run(context, { operands }) {
    const problems: string[] = [];
    for (const name of operands) {
      try {
        const { StatusCode } = await context.docker.containers.wait(name, 'not-running');
        await printLine(context, String(StatusCode));
      } catch (error) {
        problems.push(daemonProblem(error));
      }
    }
    if (problems.length > 0) throw new CliError(problems.join('\n'));
    return 0;
  },
};
