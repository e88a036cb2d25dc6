import type { Command } from '../../command.ts';
import { STOP_FLAGS, stopOptions } from '../../container/stop-options.ts';
import { forEachName } from '../../each-name.ts';

export const containerStop: Command = {
  path: ['container', 'stop'],
  aliases: [['stop']],
  summary: 'Stop one or more running containers',
  usage: ['[OPTIONS] CONTAINER [CONTAINER...]'],
  arguments: { least: 1, most: Infinity },
  flags: STOP_FLAGS,
  run: (context, { flags, operands }) =>
    forEachName(context, operands, (name) => context.docker.containers.stop(name, stopOptions(flags))),
};
