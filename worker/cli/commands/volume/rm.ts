import type { Command } from '../../command.ts';
import { forEachName } from '../../each-name.ts';

export const volumeRm: Command = {
  path: ['volume', 'rm'],
  aliases: [['volume', 'remove']],
  summary: 'Remove one or more volumes',
  description: 'Remove one or more volumes. You cannot remove a volume that is in use by a container.',
  usage: ['[OPTIONS] VOLUME [VOLUME...]'],
  arguments: { least: 1, most: Infinity },
  flags: [{ name: 'force', short: 'f', kind: 'bool', help: 'Force the removal of one or more volumes' }],
  run: (context, { flags, operands }) =>
    forEachName(context, operands, (name) => context.docker.volumes.remove(name, flags.bool('force'))),
};
