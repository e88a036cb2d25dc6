import type { Command } from '../../command.ts';
import { credentialsFor } from '../../client-config.ts';
import { familiarReference, withDefaultTag } from '../../../oci/reference.ts';
import { referenceOf } from '../image/pull.ts';

export const manifestInspect: Command = {
  path: ['manifest', 'inspect'],
  summary: 'Display an image manifest, or manifest list',
  description: `Display an image manifest, or manifest list

EXPERIMENTAL:
  docker manifest inspect is an experimental feature.
  Experimental features provide early access to product functionality. These
  features may change between releases without warning, or can be removed from a
  future release. Learn more about experimental features in our documentation:
  https://docs.docker.com/go/experimental/`,
  usage: ['[OPTIONS] [MANIFEST_LIST] MANIFEST'],
  arguments: { least: 1, most: 2 },
  flags: [
    { name: 'insecure', kind: 'bool', help: 'Allow communication with an insecure registry' },
    { name: 'verbose', short: 'v', kind: 'bool', help: 'Output additional info including layers and platform' },
  ],
  async run(context, { operands }) {
    const reference = referenceOf(operands.at(-1) ?? '');
    const credentials = await credentialsFor(context, reference.domain);
    const manifest = await context.docker.images.manifest(
      familiarReference(withDefaultTag(reference)),
      credentials === undefined ? {} : { credentials },
      context.job,
    );
    await context.shell.out.write(`${JSON.stringify(manifest, undefined, '\t')}\n`);
    return 0;
  },
};
