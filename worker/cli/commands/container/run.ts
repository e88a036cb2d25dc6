import type { Command } from '../../command.ts';
import { CREATE_FLAGS } from '../../container/create-flags.ts';
import { runContainer } from '../../container/attached-run.ts';

export const containerRun: Command = {
  path: ['container', 'run'],
  aliases: [['run']],
  summary: 'Create and run a new container from an image',
  usage: ['[OPTIONS] IMAGE [COMMAND] [ARG...]'],
  arguments: { least: 1, most: Infinity },
  flags: [
    ...CREATE_FLAGS,
    { name: 'detach', short: 'd', kind: 'bool', help: 'Run container in background and print container ID' },
    { name: 'detach-keys', kind: 'string', help: 'Override the key sequence for detaching a container' },
    {
      name: 'pull',
      kind: 'string',
      help: 'Pull image before running ("always", "missing", "never")',
      default: '"missing"',
    },
    { name: 'sig-proxy', kind: 'bool', help: 'Proxy received signals to the process', default: 'true' },
  ],
  flagsFirst: true,
  run: (context, args) => runContainer(context, args),
};
