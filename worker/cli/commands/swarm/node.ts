/** `docker node`: what asks of a swarm's nodes, which this engine is no manager of. */
import type { Command } from '../../command.ts';
import { LIST_FORMAT_HELP, OBJECT_FORMAT_HELP } from '../../help-texts.ts';
import { inspectWithoutSwarm, noSwarm } from './no-swarm.ts';

export const nodeCommands: readonly Command[] = [
  {
    path: ['node', 'demote'],
    summary: 'Demote one or more nodes from manager in the swarm',
    usage: ['NODE [NODE...]'],
    arguments: { least: 1, most: Infinity },
    flags: [],
    run: noSwarm,
  },
  {
    path: ['node', 'inspect'],
    summary: 'Display detailed information on one or more nodes',
    usage: ['[OPTIONS] self|NODE [NODE...]'],
    arguments: { least: 1, most: Infinity },
    flags: [
      { name: 'format', short: 'f', kind: 'string', help: OBJECT_FORMAT_HELP },
      { name: 'pretty', kind: 'bool', help: 'Print the information in a human friendly format' },
    ],
    run: inspectWithoutSwarm,
  },
  {
    path: ['node', 'ls'],
    aliases: [['node', 'list']],
    summary: 'List nodes in the swarm',
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
    path: ['node', 'promote'],
    summary: 'Promote one or more nodes to manager in the swarm',
    usage: ['NODE [NODE...]'],
    arguments: { least: 1, most: Infinity },
    flags: [],
    run: noSwarm,
  },
  {
    path: ['node', 'ps'],
    summary: 'List tasks running on one or more nodes, defaults to current node',
    usage: ['[OPTIONS] [NODE...]'],
    arguments: { least: 0, most: Infinity },
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
    path: ['node', 'rm'],
    aliases: [['node', 'remove']],
    summary: 'Remove one or more nodes from the swarm',
    usage: ['[OPTIONS] NODE [NODE...]'],
    arguments: { least: 1, most: Infinity },
    flags: [{ name: 'force', short: 'f', kind: 'bool', help: 'Force remove a node from the swarm' }],
    run: noSwarm,
  },
  {
    path: ['node', 'update'],
    summary: 'Update a node',
    usage: ['[OPTIONS] NODE'],
    arguments: { least: 1, most: 1 },
    flags: [
      { name: 'availability', kind: 'string', help: 'Availability of the node ("active", "pause", "drain")' },
      { name: 'label-add', kind: 'list', help: 'Add or update a node label ("key=value")' },
      { name: 'label-rm', kind: 'list', help: 'Remove a node label if exists' },
      { name: 'role', kind: 'string', help: 'Role of the node ("worker", "manager")' },
    ],
    run: noSwarm,
  },
];
