import type { Command } from '../../command.ts';
import { forEachName } from '../../each-name.ts';

export const containerKill: Command = {
  path: ['container', 'kill'],
  aliases: [['kill']],
  summary: 'Kill one or more running containers',
  usage: ['[OPTIONS] CONTAINER [CONTAINER...]'],
  arguments: { least: 1, most: Infinity },
  flags: [{ name: 'signal', short: 's', kind: 'string', help: 'Signal to send to the container' }],
  run: (context, { flags, operands }) =>
    forEachName(context, operands, (name) => context.docker.containers.kill(name, flags.text('signal') ?? 'KILL')),
};
