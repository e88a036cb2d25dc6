import type { Command } from '../../command.ts';
import { credentialsFor } from '../../client-config.ts';
import { familiarReference, fullReference, withDefaultTag } from '../../../oci/reference.ts';
import { experimental } from '../../manifests/experimental.ts';
import { listDocument, readList } from '../../manifests/local-lists.ts';
import { referenceOf } from '../image/pull.ts';

const SUMMARY = 'Display an image manifest, or manifest list';

export const manifestInspect: Command = {
  path: ['manifest', 'inspect'],
  summary: SUMMARY,
  description: experimental('inspect', SUMMARY),
  usage: ['[OPTIONS] [MANIFEST_LIST] MANIFEST'],
  arguments: { least: 1, most: 2 },
  flags: [
    { name: 'insecure', kind: 'bool', help: 'Allow communication with an insecure registry' },
    { name: 'verbose', short: 'v', kind: 'bool', help: 'Output additional info including layers and platform' },
  ],
  async run(context, { operands }) {
    const reference = referenceOf(operands.at(-1) ?? '');
    const kept = await readList(context, fullReference(withDefaultTag(referenceOf(operands[0] ?? ''))));
    if (operands.length === 1 && kept.length > 0) {
      const list: unknown = JSON.parse(listDocument(kept).text);
      await context.shell.out.write(`${JSON.stringify(list, undefined, '\t')}\n`);
      return 0;
    }
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
