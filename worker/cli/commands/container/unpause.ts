import type { Command } from '../../command.ts';
import { forEachName } from '../../each-name.ts';

export const containerUnpause: Command = {
  path: ['container', 'unpause'],
  aliases: [['unpause']],
  summary: 'Unpause all processes within one or more containers',
  usage: ['CONTAINER [CONTAINER...]'],
  arguments: { least: 1, most: Infinity },
  flags: [],
  run: (context, { operands }) => forEachName(context, operands, (name) => context.docker.containers.unpause(name)),
};
