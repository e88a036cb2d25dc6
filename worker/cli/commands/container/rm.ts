import { CliError, type Command } from '../../command.ts';
import { EngineError, isEngineError } from '../../../base/errors.ts';
import { daemonProblem } from '../../each-name.ts';
import { printLine, type CliContext } from '../../context.ts';

export const containerRm: Command = {
  path: ['container', 'rm'],
  aliases: [['container', 'remove'], ['rm']],
  summary: 'Remove one or more containers',
  usage: ['[OPTIONS] CONTAINER [CONTAINER...]'],
  arguments: { least: 1, most: Infinity },
  flags: [
    { name: 'force', short: 'f', kind: 'bool', help: 'Force the removal of a running container (uses SIGKILL)' },
    { name: 'link', short: 'l', kind: 'bool', help: 'Remove the specified link' },
    { name: 'volumes', short: 'v', kind: 'bool', help: 'Remove anonymous volumes associated with the container' },
  ],
  async run(context, { flags, operands }) {
    const force = flags.bool('force');
    const problems: string[] = [];
    let isRefused = false;
    for (const operand of operands) {
      const name = operand.replace(/^\/+/, '');
      try {
        if (name === '') throw new CliError('container name cannot be empty');
        if (flags.bool('link')) await refuseLink(context, name);
        await context.docker.containers.remove(name, { force, volumes: flags.bool('volumes') });
        await printLine(context, operand);
      } catch (error) {
        problems.push(error instanceof CliError ? error.message : daemonProblem(error));
        // what is not there any more is what `--force` wants
        isRefused ||= !(force && isEngineError(error, 'not-found'));
      }
    }
    if (isRefused) throw new CliError(problems.join('\n'));
    await context.shell.out.flush();
    for (const problem of problems) await context.shell.err.write(`${problem}\n`);
    return 0;
  },
};

/** `docker rm --link` takes a link's name away; no container has a link by name, its own name is none. */
async function refuseLink({ docker }: CliContext, name: string): Promise<never> {
  await docker.containers.inspect(name);
  throw new EngineError('conflict', 'Conflict, cannot remove the default link name of the container');
}
