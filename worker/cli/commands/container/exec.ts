import type { Command } from '../../command.ts';
import { containerStreams, requireTerminalInput } from '../../container-streams.ts';
import { readVariables } from '../../container/key-values.ts';
import { variableProblem } from '../../container/flag-problems.ts';

export const containerExec: Command = {
  path: ['container', 'exec'],
  aliases: [['exec']],
  summary: 'Execute a command in a running container',
  usage: ['[OPTIONS] CONTAINER COMMAND [ARG...]'],
  arguments: { least: 2, most: Infinity },
  flags: [
    { name: 'detach', short: 'd', kind: 'bool', help: 'Detached mode: run command in the background' },
    { name: 'detach-keys', kind: 'string', help: 'Override the key sequence for detaching a container' },
    { name: 'env', short: 'e', kind: 'list', help: 'Set environment variables', problem: variableProblem },
    { name: 'env-file', kind: 'list', help: 'Read in a file of environment variables' },
    { name: 'interactive', short: 'i', kind: 'bool', help: 'Keep STDIN open even if not attached' },
    { name: 'privileged', kind: 'bool', help: 'Give extended privileges to the command' },
    { name: 'tty', short: 't', kind: 'bool', help: 'Allocate a pseudo-TTY' },
    { name: 'user', short: 'u', kind: 'string', help: 'Username or UID (format: "<name|uid>[:<group|gid>]")' },
    { name: 'workdir', short: 'w', kind: 'string', help: 'Working directory inside the container' },
  ],
  flagsFirst: true,
  async run(context, { flags, operands: [name = '', ...argv] }) {
    const tty = flags.bool('tty');
    const detach = flags.bool('detach');
    const interactive = flags.bool('interactive');
    if (tty && interactive && !detach) requireTerminalInput(context);
    const user = flags.text('user');
    const workingDirectory = flags.text('workdir');
    await context.shell.out.flush();
    return context.docker.containers.exec(
      name,
      {
        argv,
        env: await readVariables(context, flags.list('env-file'), flags.list('env')),
        ...(user === undefined ? {} : { user }),
        ...(workingDirectory === undefined ? {} : { workingDirectory }),
        tty,
        privileged: flags.bool('privileged'),
        detach,
      },
      containerStreams(context, { stdin: interactive, stdout: true, stderr: true, tty }),
    );
  },
};
