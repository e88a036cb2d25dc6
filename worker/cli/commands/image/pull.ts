import {
  familiarReference,
  formatReference,
  parseReference,
  withDefaultTag,
  type Reference,
} from '../../../oci/reference.ts';
import { isEngineError } from '../../../base/errors.ts';
import { CliError, type Command } from '../../command.ts';
import { printLine } from '../../context.ts';
import { credentialsFor } from '../../client-config.ts';
import { progressOutput } from '../../progress-output.ts';

export const imagePull: Command = {
  path: ['image', 'pull'],
  aliases: [['pull']],
  summary: 'Download an image from a registry',
  usage: ['[OPTIONS] NAME[:TAG|@DIGEST]'],
  arguments: { least: 1, most: 1 },
  flags: [
    { name: 'all-tags', short: 'a', kind: 'bool', help: 'Download all tagged images in the repository' },
    { name: 'disable-content-trust', kind: 'bool', help: 'Skip image verification', default: 'true' },
    { name: 'platform', kind: 'string', help: 'Set platform if server is multi-platform capable' },
    { name: 'quiet', short: 'q', kind: 'bool', help: 'Suppress verbose output' },
  ],
  async run(context, { flags, operands: [name = ''] }) {
    const reference = referenceOf(name);
    const quiet = flags.bool('quiet');
    const allTags = flags.bool('all-tags');
    if (allTags && reference.tag !== undefined) throw new CliError("tag can't be used with --all-tags/-a");
    const whole = allTags ? reference : withDefaultTag(reference);
    if (!quiet && !allTags && reference.tag === undefined && reference.digest === undefined) {
      await printLine(context, `Using default tag: ${whole.tag ?? ''}`);
    }
    const platform = flags.text('platform');
    const credentials = await credentialsFor(context, reference.domain);
    const progress = progressOutput(context, quiet);
    await context.shell.out.flush();
    await context.docker.images.pull(
      familiarReference(whole),
      {
        allTags,
        ...(platform === undefined ? {} : { platform }),
        ...(credentials === undefined ? {} : { credentials }),
      },
      progress.listener,
      context.job,
    );
    await progress.finish();
    await printLine(context, formatReference(whole));
    return 0;
  },
};

/** A name, or the client's refusal of it. */
export function referenceOf(name: string): Reference {
  try {
    return parseReference(name);
  } catch (error) {
    if (isEngineError(error)) throw new CliError(error.message);
    throw error;
  }
}
