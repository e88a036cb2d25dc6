/** `docker config`: what asks of a swarm's configs, which this engine is no manager of. */
import type { Command } from '../../command.ts';
import { LIST_FORMAT_HELP, OBJECT_FORMAT_HELP } from '../../help-texts.ts';
import { inspectWithoutSwarm, noSwarm } from './no-swarm.ts';

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
  {
    path: ['config', 'inspect'],
    summary: 'Display detailed information on one or more configs',
    usage: ['[OPTIONS] CONFIG [CONFIG...]'],
    arguments: { least: 1, most: Infinity },
    flags: [
      { name: 'format', short: 'f', kind: 'string', help: OBJECT_FORMAT_HELP },
      { name: 'pretty', kind: 'bool', help: 'Print the information in a human friendly format' },
    ],
    run: inspectWithoutSwarm,
  },
  {
    path: ['config', 'ls'],
    aliases: [['config', 'list']],
    summary: 'List configs',
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
    path: ['config', 'rm'],
    aliases: [['config', 'remove']],
    summary: 'Remove one or more configs',
    usage: ['CONFIG [CONFIG...]'],
    arguments: { least: 1, most: Infinity },
    flags: [],
    run: noSwarm,
  },
];
