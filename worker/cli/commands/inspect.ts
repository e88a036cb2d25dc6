import { isEngineError } from '../../base/errors.ts';
import type { JsonValue } from '../../base/json.ts';
import { CliError, type Command } from '../command.ts';
import type { CliContext } from '../context.ts';
import { OBJECT_FORMAT_HELP } from '../help-texts.ts';
import { inspectObjects, type InspectedObject } from '../inspection.ts';
import { CONTAINER_INSPECT } from '../template/docker-types/container.ts';
import { VOLUME_INSPECT } from '../template/docker-types/volume.ts';
import { inspectedImage } from './image/inspect.ts';
import { inspectedNetwork } from './network/inspect.ts';

type Finder = (context: CliContext, name: string, size: boolean) => Promise<InspectedObject>;

/** The kinds of objects there are, in the order they are tried. */
const FINDERS: Readonly<Record<string, Finder>> = {
  container: async ({ docker }, name, size) => ({
    type: CONTAINER_INSPECT,
    object: (await docker.containers.inspect(name, { size })) as JsonValue,
  }),
  image: (context, name) => inspectedImage(context, name),
  network: inspectedNetwork,
  volume: async ({ docker }, name) => ({
    type: VOLUME_INSPECT,
    object: { ...(await docker.volumes.inspect(name)) },
  }),
};

/** Kinds that Docker knows and that need a swarm. */
const SWARM_TYPES = ['config', 'node', 'plugin', 'secret', 'service', 'task'];

export const inspect: Command = {
  path: ['inspect'],
  summary: 'Return low-level information on Docker objects',
  usage: ['[OPTIONS] NAME|ID [NAME|ID...]'],
  arguments: { least: 1, most: Infinity },
  flags: [
    { name: 'format', short: 'f', kind: 'string', help: OBJECT_FORMAT_HELP },
    { name: 'size', short: 's', kind: 'bool', help: 'Display total file sizes if the type is container' },
    { name: 'type', kind: 'string', help: 'Only inspect objects of the given type' },
  ],
  run(context, { flags, operands }) {
    const type = flags.text('type');
    const size = flags.bool('size');
    const format = flags.text('format') ?? '';
    if (type === undefined) {
      return inspectObjects(context, operands, format, (name) => findAnything(context, name, size));
    }
    const finder = FINDERS[type];
    if (finder === undefined) throw unknownType(type);
    return inspectObjects(context, operands, format, (name) => finder(context, name, size));
  },
};

function unknownType(type: string): CliError {
  const known = [...Object.keys(FINDERS), ...SWARM_TYPES].sort();
  if (known.includes(type)) return new CliError(`there is no swarm here, and so no ${type}`);
  return new CliError(
    `unknown type: ${JSON.stringify(type)}: must be one of ${known.map((name) => JSON.stringify(name)).join(', ')}`,
  );
}

/** The first object of any kind that has the name. */
async function findAnything(context: CliContext, name: string, size: boolean): Promise<InspectedObject> {
  if (name === '') throw new CliError('invalid container name or ID: value is empty');
  for (const [kind, finder] of Object.entries(FINDERS)) {
    try {
      const found = await finder(context, name, size);
      if (size && kind !== 'container') await context.shell.err.write(`WARNING: --size ignored for ${kind}\n`);
      return found;
    } catch (error) {
      const missing = isEngineError(error, 'not-found') || isEngineError(error, 'invalid-reference');
      if (!missing && !isEngineError(error, 'invalid-argument')) throw error;
    }
  }
  throw new CliError(`Error: No such object: ${name}`);
}
