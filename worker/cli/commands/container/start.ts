import { CliError, type Command } from '../../command.ts';
import { daemonProblem } from '../../each-name.ts';
import { printLine } from '../../context.ts';
import { startAttached } from '../../container/attached-run.ts';

export const containerStart: Command = {
  path: ['container', 'start'],
  aliases: [['start']],
  summary: 'Start one or more stopped containers',
  usage: ['[OPTIONS] CONTAINER [CONTAINER...]'],
  arguments: { least: 1, most: Infinity },
  flags: [
    { name: 'attach', short: 'a', kind: 'bool', help: 'Attach STDOUT/STDERR and forward signals' },
    { name: 'detach-keys', kind: 'string', help: 'Override the key sequence for detaching a container' },
    { name: 'interactive', short: 'i', kind: 'bool', help: "Attach container's STDIN" },
    { name: 'checkpoint', kind: 'string', help: 'Restore from this checkpoint', hidden: true },
    { name: 'checkpoint-dir', kind: 'string', help: 'Use a custom checkpoint storage directory', hidden: true },
  ],
  async run(context, { flags, operands }) {
    if (flags.bool('attach') || flags.bool('interactive')) {
      if (operands.length > 1) throw new CliError('you cannot start and attach multiple containers at once');
      return startAttached(context, operands[0] ?? '', flags.bool('interactive'));
    }
    const failed: string[] = [];
    for (const name of operands) {
      try {
        await context.docker.containers.start(name);
        await printLine(context, name);
      } catch (error) {
        failed.push(name);
        await context.shell.out.flush();
        await context.shell.err.write(`${daemonProblem(error)}\n`);
      }
    }
    if (failed.length > 0) throw new CliError(`Error: failed to start containers: ${failed.join(', ')}`);
    return 0;
  },
};
