import { CliError, type Command } from '../../command.ts';
import { containerStreams, requireTerminalInput } from '../../container-streams.ts';

export const containerAttach: Command = {
  path: ['container', 'attach'],
  aliases: [['attach']],
  summary: 'Attach local standard input, output, and error streams to a running container',
  usage: ['[OPTIONS] CONTAINER'],
  arguments: { least: 1, most: 1 },
  flags: [
    { name: 'detach-keys', kind: 'string', help: 'Override the key sequence for detaching a container' },
    { name: 'no-stdin', kind: 'bool', help: 'Do not attach STDIN' },
    { name: 'sig-proxy', kind: 'bool', help: 'Proxy all received signals to the process', default: 'true' },
  ],
  async run(context, { flags, operands: [name = ''] }) {
    const { containers } = context.docker;
    const { State, Config } = await containers.inspect(name);
    if (!State.Running) throw new CliError('You cannot attach to a stopped container, start it first');
    if (State.Paused) throw new CliError('You cannot attach to a paused container, unpause it first');
    if (State.Restarting) throw new CliError('You cannot attach to a restarting container, wait until it is running');
    const stdin = !flags.bool('no-stdin') && Config.OpenStdin;
    if (stdin && Config.Tty) requireTerminalInput(context);
    const ended = containers.wait(name, 'not-running');
    await containers.attach(name, containerStreams(context, { stdin, stdout: true, stderr: true, tty: Config.Tty }));
    if (context.job.signal.aborted) return 0;
    return (await ended).StatusCode;
  },
};
