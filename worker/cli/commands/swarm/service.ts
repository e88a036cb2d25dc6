/** `docker service`: what asks of a swarm's services, which this engine is no manager of. */
import type { Command } from '../../command.ts';
import { LOG_FLAGS } from '../../container/log-flags.ts';
import { DETACH_FLAG, QUIET_PROGRESS_FLAG, TASK_LIST_FLAGS } from './flags.ts';
import { noSwarm, scaleWithoutSwarm } from './no-swarm.ts';
import { inspectCommand, listCommand, removeCommand } from './object-commands.ts';

export const serviceCommands: readonly Command[] = [
  inspectCommand('service'),
  {
    path: ['service', 'logs'],
    summary: 'Fetch the logs of a service or task',
    usage: ['[OPTIONS] SERVICE|TASK'],
    arguments: { least: 1, most: 1 },
    flags: [
      ...LOG_FLAGS,
      { name: 'no-resolve', kind: 'bool', help: 'Do not map IDs to Names in output' },
      { name: 'no-task-ids', kind: 'bool', help: 'Do not include task IDs in output' },
      { name: 'no-trunc', kind: 'bool', help: 'Do not truncate output' },
      { name: 'raw', kind: 'bool', help: 'Do not neatly format logs' },
    ],
    run: noSwarm,
  },
  listCommand('service'),
  {
    path: ['service', 'ps'],
    summary: 'List the tasks of one or more services',
    usage: ['[OPTIONS] SERVICE [SERVICE...]'],
    arguments: { least: 1, most: Infinity },
    flags: [...TASK_LIST_FLAGS, { name: 'format', kind: 'string', help: 'Pretty-print tasks using a Go template' }],
    run: noSwarm,
  },
  removeCommand('service'),
  {
    path: ['service', 'rollback'],
    summary: "Revert changes to a service's configuration",
    usage: ['[OPTIONS] SERVICE'],
    arguments: { least: 1, most: 1 },
    flags: [DETACH_FLAG, QUIET_PROGRESS_FLAG],
    run: noSwarm,
  },
  {
    path: ['service', 'scale'],
    summary: 'Scale one or multiple replicated services',
    usage: ['SERVICE=REPLICAS [SERVICE=REPLICAS...]'],
    arguments: { least: 1, most: Infinity },
    flags: [DETACH_FLAG],
    run: scaleWithoutSwarm,
  },
];
