/** `docker node`: what asks of a swarm's nodes, which this engine is no manager of. */
import type { Command } from '../../command.ts';
import { TASK_LIST_FLAGS } from './flags.ts';
import { noSwarm } from './no-swarm.ts';
import { inspectCommand, listCommand } from './object-commands.ts';

export const nodeCommands: readonly Command[] = [
  {
    path: ['node', 'demote'],
    summary: 'Demote one or more nodes from manager in the swarm',
    usage: ['NODE [NODE...]'],
    arguments: { least: 1, most: Infinity },
    flags: [],
    run: noSwarm,
  },
  inspectCommand('node', 'self|NODE'),
  listCommand('node', 'List nodes in the swarm'),
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
    flags: [...TASK_LIST_FLAGS, { name: 'format', kind: 'string', help: 'Pretty-print tasks using a Go template' }],
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
