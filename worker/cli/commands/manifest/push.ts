import { utf8 } from '../../../base/bytes.ts';
import { isEngineError } from '../../../base/errors.ts';
import { digestOf } from '../../../codec/sha256.ts';
import { fullReference, parseReference, withDefaultTag } from '../../../oci/reference.ts';
import { credentialsFor } from '../../client-config.ts';
import { CliError, type Command } from '../../command.ts';
import { printLine, type CliContext } from '../../context.ts';
import { experimental } from '../../manifests/experimental.ts';
import { listDocument, readList, removeList } from '../../manifests/local-lists.ts';
import { referenceOf } from '../image/pull.ts';

const SUMMARY = 'Push a manifest list to a repository';

export const manifestPush: Command = {
  path: ['manifest', 'push'],
  summary: SUMMARY,
  description: experimental('push', SUMMARY),
  usage: ['[OPTIONS] MANIFEST_LIST'],
  arguments: { least: 1, most: 1 },
  flags: [
    { name: 'insecure', kind: 'bool', help: 'Allow push to an insecure registry' },
    { name: 'purge', short: 'p', kind: 'bool', help: 'Remove the local manifest list after push' },
  ],
  async run(context, { flags, operands: [list = ''] }) {
    const target = fullReference(withDefaultTag(referenceOf(list)));
    try {
      await printLine(context, await pushList(context, target));
    } catch (error) {
      if (!isEngineError(error) || error.code === 'cancelled' || error.code === 'internal') throw error;
      // the client speaks with registries itself
      throw new CliError(error.message);
    }
    if (flags.bool('purge')) removeList(context, target);
    return 0;
  },
};

/** Gives the digest of the list. */
async function pushList(context: CliContext, target: string): Promise<string> {
  const images = await readList(context, target);
  if (images.length === 0) throw new CliError(`No such manifest: ${target}`);
  const { domain } = parseReference(target);
  for (const { name } of images) {
    const source = parseReference(name).domain;
    if (source !== domain) {
      throw new CliError(
        `cannot use source images from a different registry than the target image: ${source} != ${domain}`,
      );
    }
  }
  const { mediaType, text } = listDocument(images);
  const bytes = utf8(text);
  const credentials = await credentialsFor(context, domain);
  const sources = images.map(({ name, descriptor }) => ({ name, digest: descriptor.digest }));
  await context.docker.images.pushList(
    { target, sources, mediaType, bytes },
    credentials === undefined ? {} : { credentials },
    async (name) => {
      const digest = sources.find((source) => source.name === name)?.digest ?? '';
      await printLine(context, `Pushed ref ${name} with digest: ${digest}`);
    },
    context.job,
  );
  return digestOf(bytes);
}
