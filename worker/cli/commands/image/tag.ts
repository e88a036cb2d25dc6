import { isEngineError } from '../../../base/errors.ts';
import { parseReference } from '../../../oci/reference.ts';
import { CliError, type Command } from '../../command.ts';

export const imageTag: Command = {
  path: ['image', 'tag'],
  aliases: [['tag']],
  summary: 'Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE',
  usage: ['SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]'],
  arguments: { least: 2, most: 2 },
  flags: [],
  async run({ docker }, { operands: [source = '', target = ''] }) {
    checkTarget(target);
    await docker.images.tag(source, target);
    return 0;
  },
};

/** What the client itself refuses, before it asks the engine. */
function checkTarget(target: string): void {
  try {
    if (parseReference(target).digest === undefined) return;
  } catch (error) {
    if (!isEngineError(error)) throw error;
    throw new CliError(
      `Error parsing reference: ${JSON.stringify(target)} is not a valid repository/tag: ${error.message}`,
    );
  }
  throw new CliError('refusing to create a tag with a digest reference');
}
