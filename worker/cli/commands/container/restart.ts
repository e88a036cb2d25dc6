import type { Command } from '../../command.ts';
import { STOP_FLAGS, stopOptions } from '../../container/stop-options.ts';
import { forEachName } from '../../each-name.ts';

export const containerRestart: Command = {
  path: ['container', 'restart'],
  aliases: [['restart']],
  summary: 'Restart one or more containers',
  usage: ['[OPTIONS] CONTAINER [CONTAINER...]'],
  arguments: { least: 1, most: Infinity },
  flags: STOP_FLAGS,
  run: (context, { flags, operands }) =>
    forEachName(context, operands, (name) => context.docker.containers.restart(name, stopOptions(flags))),
};
