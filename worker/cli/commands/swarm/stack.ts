/** `docker stack`: what asks of stacks of services, which this engine is no manager of. */
import type { Command } from '../../command.ts';
import { LIST_FORMAT_HELP } from '../../help-texts.ts';
import { noSwarm } from './no-swarm.ts';

export const stackCommands: readonly Command[] = [
  {
    path: ['stack', 'config'],
    summary: 'Outputs the final config file, after doing merges and interpolations',
    usage: ['[OPTIONS]'],
    arguments: { least: 0, most: 0 },
    flags: [
      { name: 'compose-file', short: 'c', kind: 'strings', help: 'Path to a Compose file, or "-" to read from stdin' },
      { name: 'skip-interpolation', kind: 'bool', help: 'Skip interpolation and output only merged config' },
    ],
    run: noSwarm,
  },
  {
    path: ['stack', 'deploy'],
    aliases: [['stack', 'up']],
    summary: 'Deploy a new stack or update an existing stack',
    usage: ['[OPTIONS] STACK'],
    arguments: { least: 1, most: 1 },
    flags: [
      { name: 'compose-file', short: 'c', kind: 'strings', help: 'Path to a Compose file, or "-" to read from stdin' },
      {
        name: 'detach',
        short: 'd',
        kind: 'bool',
        help: 'Exit immediately instead of waiting for the stack services to converge',
        default: 'true',
      },
      { name: 'prune', kind: 'bool', help: 'Prune services that are no longer referenced' },
      { name: 'quiet', short: 'q', kind: 'bool', help: 'Suppress progress output' },
      {
        name: 'resolve-image',
        kind: 'string',
        help: 'Query the registry to resolve image digest and supported platforms ("always", "changed", "never")',
        default: '"always"',
      },
      { name: 'with-registry-auth', kind: 'bool', help: 'Send registry authentication details to Swarm agents' },
    ],
    run: noSwarm,
  },
  {
    path: ['stack', 'ls'],
    aliases: [['stack', 'list']],
    summary: 'List stacks',
    usage: ['[OPTIONS]'],
    arguments: { least: 0, most: 0 },
    flags: [{ name: 'format', kind: 'string', help: LIST_FORMAT_HELP }],
    run: noSwarm,
  },
  {
    path: ['stack', 'ps'],
    summary: 'List the tasks in the stack',
    usage: ['[OPTIONS] STACK'],
    arguments: { least: 1, most: 1 },
    flags: [
      { name: 'filter', short: 'f', kind: 'filter', help: 'Filter output based on conditions provided' },
      { name: 'format', kind: 'string', help: LIST_FORMAT_HELP },
      { name: 'no-resolve', kind: 'bool', help: 'Do not map IDs to Names' },
      { name: 'no-trunc', kind: 'bool', help: 'Do not truncate output' },
      { name: 'quiet', short: 'q', kind: 'bool', help: 'Only display task IDs' },
    ],
    run: noSwarm,
  },
  {
    path: ['stack', 'rm'],
    aliases: [
      ['stack', 'remove'],
      ['stack', 'down'],
    ],
    summary: 'Remove one or more stacks',
    usage: ['[OPTIONS] STACK [STACK...]'],
    arguments: { least: 1, most: Infinity },
    flags: [{ name: 'detach', short: 'd', kind: 'bool', help: 'Do not wait for stack removal', default: 'true' }],
    run: noSwarm,
  },
  {
    path: ['stack', 'services'],
    summary: 'List the services in the stack',
    usage: ['[OPTIONS] STACK'],
    arguments: { least: 1, most: 1 },
    flags: [
      { name: 'filter', short: 'f', kind: 'filter', help: 'Filter output based on conditions provided' },
      { name: 'format', kind: 'string', help: LIST_FORMAT_HELP },
      { name: 'quiet', short: 'q', kind: 'bool', help: 'Only display IDs' },
    ],
    run: noSwarm,
  },
];
