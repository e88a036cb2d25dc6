import { fullReference, withDefaultTag, type Reference } from '../../../oci/reference.ts';
import { DEFAULT_PLATFORM } from '../../../oci/platform.ts';
import { isEngineError } from '../../../base/errors.ts';
import { credentialsFor } from '../../client-config.ts';
import { CliError, type Command } from '../../command.ts';
import { printLine, type CliContext } from '../../context.ts';
import { experimental } from '../../manifests/experimental.ts';
import { imageFile, readList, saveImage, type ListedImage } from '../../manifests/local-lists.ts';
import { referenceOf } from '../image/pull.ts';

const SUMMARY = 'Create a local manifest list for annotating and pushing to a registry';

export const manifestCreate: Command = {
  path: ['manifest', 'create'],
  summary: SUMMARY,
  description: experimental('create', SUMMARY),
  usage: ['MANIFEST_LIST MANIFEST [MANIFEST...]'],
  arguments: { least: 2, most: Infinity },
  flags: [
    { name: 'amend', short: 'a', kind: 'bool', help: 'Amend an existing manifest list' },
    { name: 'insecure', kind: 'bool', help: 'Allow communication with an insecure registry' },
  ],
  async run(context, { flags, operands: [list = '', ...names] }) {
    const target = fullReference(withDefaultTag(listReference(list)));
    if (!flags.bool('amend') && (await readList(context, target)).length > 0) {
      throw new CliError('refusing to amend an existing manifest list with no --amend flag');
    }
    for (const name of names) {
      const image = await findImage(context, target, withDefaultTag(referenceOf(name)));
      saveImage(context, imageFile(context, target, image.name), image);
    }
    await printLine(context, `Created manifest list ${target}`);
    return 0;
  },
};

function listReference(list: string): Reference {
  try {
    return referenceOf(list);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    throw new CliError(`error parsing name for manifest list ${list}: ${error.message}`);
  }
}

/** What the list has of an image already, else what its registry says of it. */
async function findImage(context: CliContext, list: string, reference: Reference): Promise<ListedImage> {
  const name = fullReference(reference);
  const known = (await readList(context, list)).find((image) => image.name === name);
  if (known !== undefined) return known;
  const credentials = await credentialsFor(context, reference.domain);
  try {
    const descriptor = await context.docker.images.descriptor(
      name,
      credentials === undefined ? {} : { credentials },
      context.job,
    );
    return { name, descriptor: { ...descriptor, platform: descriptor.platform ?? DEFAULT_PLATFORM } };
  } catch (error) {
    if (!isEngineError(error) || error.code === 'cancelled' || error.code === 'internal') throw error;
    // the client asks registries itself
    throw new CliError(error.message);
  }
}
