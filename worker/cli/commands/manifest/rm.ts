import { fullReference, withDefaultTag } from '../../../oci/reference.ts';
import { CliError, type Command } from '../../command.ts';
import { experimental } from '../../manifests/experimental.ts';
import { readList, removeList } from '../../manifests/local-lists.ts';
import { referenceOf } from '../image/pull.ts';

const SUMMARY = 'Delete one or more manifest lists from local storage';

export const manifestRm: Command = {
  path: ['manifest', 'rm'],
  summary: SUMMARY,
  description: experimental('rm', SUMMARY),
  usage: ['MANIFEST_LIST [MANIFEST_LIST...]'],
  arguments: { least: 1, most: Infinity },
  flags: [],
  async run(context, { operands }) {
    const missing: string[] = [];
    for (const name of operands) {
      const list = fullReference(withDefaultTag(referenceOf(name)));
      if ((await readList(context, list)).length === 0) missing.push(`No such manifest: ${list}`);
      else removeList(context, list);
    }
    if (missing.length > 0) throw new CliError(missing.join('\n'));
    return 0;
  },
};
