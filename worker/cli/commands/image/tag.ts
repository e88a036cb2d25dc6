import { isEngineError } from '../../../base/errors.ts';
import { parseReference, parseReferenceOrID } from '../../../oci/reference.ts';
import { CliError, type Command } from '../../command.ts';

export const imageTag: Command = {
  path: ['image', 'tag'],
  aliases: [['tag']],
  summary: 'Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE',
  usage: ['SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]'],
  arguments: { least: 2, most: 2 },
  flags: [],
  async run({ docker }, { operands: [source = '', target = ''] }) {
    checkName(source, parseReferenceOrID);
    const reference = checkName(target, parseReference);
    if (reference.digest !== undefined) throw new CliError('refusing to create a tag with a digest reference');
    await docker.images.tag(source, target);
    return 0;
  },
};

/** What the client itself refuses, before it asks the engine. */
function checkName<R>(name: string, parse: (name: string) => R): R {
  try {
    return parse(name);
  } catch (error) {
    if (!isEngineError(error)) throw error;
    // an empty name has a message of its own only where a name may be part of something
    const message = name === '' ? 'invalid reference format' : error.message;
    throw new CliError(`Error parsing reference: ${JSON.stringify(name)} is not a valid repository/tag: ${message}`);
  }
}
