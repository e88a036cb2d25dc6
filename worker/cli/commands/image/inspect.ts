import type { JsonValue } from '../../../base/json.ts';
import type { Command } from '../../command.ts';
import type { CliContext } from '../../context.ts';
import { OBJECT_FORMAT_HELP } from '../../help-texts.ts';
import { inspectObjects, type InspectedObject } from '../../inspection.ts';
import { IMAGE_INSPECT } from '../../template/docker-types/image.ts';

export const imageInspect: Command = {
  path: ['image', 'inspect'],
  summary: 'Display detailed information on one or more images',
  usage: ['[OPTIONS] IMAGE [IMAGE...]'],
  arguments: { least: 1, most: Infinity },
  flags: [{ name: 'format', short: 'f', kind: 'string', help: OBJECT_FORMAT_HELP }],
  run: (context, { flags, operands }) =>
    inspectObjects(context, operands, flags.text('format') ?? '', (name) => inspectedImage(context, name)),
};

/** An image for a template. */
export async function inspectedImage({ docker }: CliContext, name: string): Promise<InspectedObject> {
  return { type: IMAGE_INSPECT, object: (await docker.images.inspect(name)) as JsonValue };
}
