/** `docker config`: what asks of a swarm's configs, which this engine is no manager of. */
import type { Command } from '../../command.ts';
import { noSwarm } from './no-swarm.ts';
import { inspectCommand, listCommand, removeCommand } from './object-commands.ts';

export const configCommands: readonly Command[] = [
  {
    path: ['config', 'create'],
    summary: 'Create a config from a file or STDIN',
    usage: ['[OPTIONS] CONFIG file|-'],
    arguments: { least: 2, most: 2 },
    flags: [
      { name: 'label', short: 'l', kind: 'list', help: 'Config labels' },
      { name: 'template-driver', kind: 'string', help: 'Template driver' },
    ],
    run: noSwarm,
  },
  inspectCommand('config'),
  listCommand('config'),
  removeCommand('config'),
];
