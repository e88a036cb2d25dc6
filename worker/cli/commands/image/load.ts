import { CliError, type Command } from '../../command.ts';
import { readInput } from '../../input-files.ts';
import { progressOutput } from '../../progress-output.ts';

export const imageLoad: Command = {
  path: ['image', 'load'],
  aliases: [['load']],
  summary: 'Load an image from a tar archive or STDIN',
  usage: ['[OPTIONS]'],
  arguments: { least: 0, most: 0 },
  flags: [
    { name: 'input', short: 'i', kind: 'string', help: 'Read from tar archive file, instead of STDIN' },
    { name: 'quiet', short: 'q', kind: 'bool', help: 'Suppress the load output' },
  ],
  async run(context, { flags }) {
    const path = flags.text('input');
    if (path === undefined && context.shell.process.descriptors.get(0).terminal) {
      throw new CliError('requested load from stdin, but stdin is empty');
    }
    const progress = progressOutput(context);
    await context.docker.images.load(await readInput(context, path ?? '-'), progress.listener, context.job);
    await progress.finish();
    return 0;
  },
};
