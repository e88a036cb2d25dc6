import type { Command } from '../../command.ts';
import type { JsonValue } from '../../../base/json.ts';
import { CONTAINER_INSPECT } from '../../template/docker-types/container.ts';
import { OBJECT_FORMAT_HELP } from '../../help-texts.ts';
import { inspectObjects } from '../../inspection.ts';

export const containerInspect: Command = {
  path: ['container', 'inspect'],
  summary: 'Display detailed information on one or more containers',
  usage: ['[OPTIONS] CONTAINER [CONTAINER...]'],
  arguments: { least: 1, most: Infinity },
  flags: [
    { name: 'format', short: 'f', kind: 'string', help: OBJECT_FORMAT_HELP },
    { name: 'size', short: 's', kind: 'bool', help: 'Display total file sizes' },
  ],
  run: (context, { flags, operands }) =>
    inspectObjects(context, operands, flags.text('format') ?? '', async (name) => ({
      type: CONTAINER_INSPECT,
      object: (await context.docker.containers.inspect(name, { size: flags.bool('size') })) as JsonValue,
    })),
};
