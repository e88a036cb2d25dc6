import type { Command } from '../../command.ts';
import { OBJECT_FORMAT_HELP } from '../../help-texts.ts';
import { VOLUME_INSPECT } from '../../template/docker-types/volume.ts';
import { inspectObjects } from '../../inspection.ts';

export const volumeInspect: Command = {
  path: ['volume', 'inspect'],
  summary: 'Display detailed information on one or more volumes',
  usage: ['[OPTIONS] VOLUME [VOLUME...]'],
  arguments: { least: 1, most: Infinity },
  flags: [{ name: 'format', short: 'f', kind: 'string', help: OBJECT_FORMAT_HELP }],
  run: (context, { flags, operands }) =>
    inspectObjects(context, operands, flags.text('format') ?? '', async (name) => ({
      type: VOLUME_INSPECT,
      object: { ...(await context.docker.volumes.inspect(name)) },
    })),
};
