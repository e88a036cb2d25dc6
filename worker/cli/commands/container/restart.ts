import type { Command } from '../../command.ts';
import { stopOptions } from '../../container/stop-options.ts';
import { forEachName } from '../../each-name.ts';

export const containerRestart: Command = {
  path: ['container', 'restart'],
  aliases: [['restart']],
  summary: 'Restart one or more containers',
  usage: ['[OPTIONS] CONTAINER [CONTAINER...]'],
  arguments: { least: 1, most: Infinity },
  flags: [
    { name: 'signal', short: 's', kind: 'string', help: 'Signal to send to the container' },
    { name: 'timeout', short: 't', kind: 'int', help: 'Seconds to wait before killing the container' },
    { name: 'time', kind: 'int', help: 'Seconds to wait before killing the container', hidden: true },
  ],
  run: (context, { flags, operands }) =>
    forEachName(context, operands, (name) => context.docker.containers.restart(name, stopOptions(flags))),
};
