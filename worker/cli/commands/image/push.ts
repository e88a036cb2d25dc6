import { familiarReference, withDefaultTag } from '../../../oci/reference.ts';
import { credentialsFor } from '../../client-config.ts';
import { CliError, type Command } from '../../command.ts';
import { printLine } from '../../context.ts';
import { progressOutput } from '../../progress-output.ts';
import { referenceOf } from './pull.ts';

export const imagePush: Command = {
  path: ['image', 'push'],
  aliases: [['push']],
  summary: 'Upload an image to a registry',
  usage: ['[OPTIONS] NAME[:TAG]'],
  arguments: { least: 1, most: 1 },
  flags: [
    { name: 'all-tags', short: 'a', kind: 'bool', help: 'Push all tags of an image to the repository' },
    { name: 'disable-content-trust', kind: 'bool', help: 'Skip image signing', default: 'true' },
    { name: 'quiet', short: 'q', kind: 'bool', help: 'Suppress verbose output' },
  ],
  async run(context, { flags, operands: [name = ''] }) {
    const reference = referenceOf(name);
    const allTags = flags.bool('all-tags');
    const quiet = flags.bool('quiet');
    if (allTags && reference.tag !== undefined) throw new CliError("tag can't be used with --all-tags/-a");
    if (reference.digest !== undefined) throw new CliError('cannot push a digest reference');
    const whole = allTags ? reference : withDefaultTag(reference);
    if (!quiet && !allTags && reference.tag === undefined) await printLine(context, 'Using default tag: latest');
    const credentials = await credentialsFor(context, reference.domain);
    const progress = progressOutput(context, quiet);
    await context.shell.out.flush();
    const options = { allTags, ...(credentials === undefined ? {} : { credentials }) };
    await context.docker.images.push(familiarReference(whole), options, progress.listener, context.job);
    await progress.finish();
    if (quiet) await printLine(context, familiarReference(whole));
    return 0;
  },
};
