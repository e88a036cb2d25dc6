/** `docker secret`: what asks of a swarm's secrets, which this engine is no manager of. */
import type { Command } from '../../command.ts';
import { noSwarm } from './no-swarm.ts';
import { inspectCommand, listCommand, removeCommand } from './object-commands.ts';

export const secretCommands: readonly Command[] = [
  {
    path: ['secret', 'create'],
    summary: 'Create a secret from a file or STDIN as content',
    usage: ['[OPTIONS] SECRET [file|-]'],
    arguments: { least: 1, most: 2 },
    flags: [
      { name: 'driver', short: 'd', kind: 'string', help: 'Secret driver' },
      { name: 'label', short: 'l', kind: 'list', help: 'Secret labels' },
      { name: 'template-driver', kind: 'string', help: 'Template driver' },
    ],
    run: noSwarm,
  },
  inspectCommand('secret'),
  listCommand('secret'),
  removeCommand('secret'),
];
