/** `docker stack`: what asks of stacks of services, which this engine is no manager of. */
import type { Command, FlagSpec } from '../../command.ts';
import { LIST_FORMAT_HELP } from '../../help-texts.ts';
import { LIST_FLAGS, QUIET_PROGRESS_FLAG, TASK_LIST_FLAGS } from './flags.ts';
import { noSwarm } from './no-swarm.ts';

const COMPOSE_FILE_FLAG: FlagSpec = {
  name: 'compose-file',
  short: 'c',
  kind: 'strings',
  help: 'Path to a Compose file, or "-" to read from stdin',
};

export const stackCommands: readonly Command[] = [
  {
    path: ['stack', 'config'],
    summary: 'Outputs the final config file, after doing merges and interpolations',
    usage: ['[OPTIONS]'],
    arguments: { least: 0, most: 0 },
    flags: [
      COMPOSE_FILE_FLAG,
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
      COMPOSE_FILE_FLAG,
      {
        name: 'detach',
        short: 'd',
        kind: 'bool',
        help: 'Exit immediately instead of waiting for the stack services to converge',
        default: 'true',
      },
      { name: 'prune', kind: 'bool', help: 'Prune services that are no longer referenced' },
      QUIET_PROGRESS_FLAG,
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
    flags: [...TASK_LIST_FLAGS, { name: 'format', kind: 'string', help: LIST_FORMAT_HELP }],
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
    flags: LIST_FLAGS,
    run: noSwarm,
  },
];
