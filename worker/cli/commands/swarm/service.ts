/** `docker service`: what asks of a swarm's services, which this engine is no manager of. */
import type { Command } from '../../command.ts';
import { LIST_FORMAT_HELP, OBJECT_FORMAT_HELP } from '../../help-texts.ts';
import { inspectWithoutSwarm, noSwarm, scaleWithoutSwarm } from './no-swarm.ts';

export const serviceCommands: readonly Command[] = [
  {
    path: ['service', 'inspect'],
    summary: 'Display detailed information on one or more services',
    usage: ['[OPTIONS] SERVICE [SERVICE...]'],
    arguments: { least: 1, most: Infinity },
    flags: [
      { name: 'format', short: 'f', kind: 'string', help: OBJECT_FORMAT_HELP },
      { name: 'pretty', kind: 'bool', help: 'Print the information in a human friendly format' },
    ],
    run: inspectWithoutSwarm,
  },
  {
    path: ['service', 'logs'],
    summary: 'Fetch the logs of a service or task',
    usage: ['[OPTIONS] SERVICE|TASK'],
    arguments: { least: 1, most: 1 },
    flags: [
      { name: 'details', kind: 'bool', help: 'Show extra details provided to logs' },
      { name: 'follow', short: 'f', kind: 'bool', help: 'Follow log output' },
      { name: 'no-resolve', kind: 'bool', help: 'Do not map IDs to Names in output' },
      { name: 'no-task-ids', kind: 'bool', help: 'Do not include task IDs in output' },
      { name: 'no-trunc', kind: 'bool', help: 'Do not truncate output' },
      { name: 'raw', kind: 'bool', help: 'Do not neatly format logs' },
      {
        name: 'since',
        kind: 'string',
        help: 'Show logs since timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)',
      },
      {
        name: 'tail',
        short: 'n',
        kind: 'string',
        help: 'Number of lines to show from the end of the logs',
        default: '"all"',
      },
      { name: 'timestamps', short: 't', kind: 'bool', help: 'Show timestamps' },
    ],
    run: noSwarm,
  },
  {
    path: ['service', 'ls'],
    aliases: [['service', 'list']],
    summary: 'List services',
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
    path: ['service', 'ps'],
    summary: 'List the tasks of one or more services',
    usage: ['[OPTIONS] SERVICE [SERVICE...]'],
    arguments: { least: 1, most: Infinity },
    flags: [
      { name: 'filter', short: 'f', kind: 'filter', help: 'Filter output based on conditions provided' },
      { name: 'format', kind: 'string', help: 'Pretty-print tasks using a Go template' },
      { name: 'no-resolve', kind: 'bool', help: 'Do not map IDs to Names' },
      { name: 'no-trunc', kind: 'bool', help: 'Do not truncate output' },
      { name: 'quiet', short: 'q', kind: 'bool', help: 'Only display task IDs' },
    ],
    run: noSwarm,
  },
  {
    path: ['service', 'rm'],
    aliases: [['service', 'remove']],
    summary: 'Remove one or more services',
    usage: ['SERVICE [SERVICE...]'],
    arguments: { least: 1, most: Infinity },
    flags: [],
    run: noSwarm,
  },
  {
    path: ['service', 'rollback'],
    summary: "Revert changes to a service's configuration",
    usage: ['[OPTIONS] SERVICE'],
    arguments: { least: 1, most: 1 },
    flags: [
      {
        name: 'detach',
        short: 'd',
        kind: 'bool',
        help: 'Exit immediately instead of waiting for the service to converge',
      },
      { name: 'quiet', short: 'q', kind: 'bool', help: 'Suppress progress output' },
    ],
    run: noSwarm,
  },
  {
    path: ['service', 'scale'],
    summary: 'Scale one or multiple replicated services',
    usage: ['SERVICE=REPLICAS [SERVICE=REPLICAS...]'],
    arguments: { least: 1, most: Infinity },
    flags: [
      {
        name: 'detach',
        short: 'd',
        kind: 'bool',
        help: 'Exit immediately instead of waiting for the service to converge',
      },
    ],
    run: scaleWithoutSwarm,
  },
];
