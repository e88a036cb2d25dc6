/** `docker secret`: what asks of a swarm's secrets, which this engine is no manager of. */
import type { Command } from '../../command.ts';
import { LIST_FORMAT_HELP, OBJECT_FORMAT_HELP } from '../../help-texts.ts';
import { inspectWithoutSwarm, noSwarm } from './no-swarm.ts';

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
  {
    path: ['secret', 'inspect'],
    summary: 'Display detailed information on one or more secrets',
    usage: ['[OPTIONS] SECRET [SECRET...]'],
    arguments: { least: 1, most: Infinity },
    flags: [
      { name: 'format', short: 'f', kind: 'string', help: OBJECT_FORMAT_HELP },
      { name: 'pretty', kind: 'bool', help: 'Print the information in a human friendly format' },
    ],
    run: inspectWithoutSwarm,
  },
  {
    path: ['secret', 'ls'],
    aliases: [['secret', 'list']],
    summary: 'List secrets',
    usage: ['[OPTIONS]'],
    arguments: { least: 0, most: 0 },
    flags: [
      { name: 'filter', short: 'f', kind: 'filter', help: 'Filter output based on conditions provided' },
      { name: 'format', kind: 'string', help: LIST_FORMAT_HELP },
      { name: 'quiet', short: 'q', kind: 'bool', help: 'Only display IDs' },
    ],
    run: noSwarm,
  },
  {
    path: ['secret', 'rm'],
    aliases: [['secret', 'remove']],
    summary: 'Remove one or more secrets',
    usage: ['SECRET [SECRET...]'],
    arguments: { least: 1, most: Infinity },
    flags: [],
    run: noSwarm,
  },
];
