import { CliError, type Command } from '../../command.ts';
import { checkOutputPath, writeArchive } from '../image/save.ts';

export const containerExport: Command = {
  path: ['container', 'export'],
  aliases: [['export']],
  summary: "Export a container's filesystem as a tar archive",
  usage: ['[OPTIONS] CONTAINER'],
  arguments: { least: 1, most: 1 },
  flags: [{ name: 'output', short: 'o', kind: 'string', help: 'Write to a file, instead of STDOUT' }],
  async run(context, { flags, operands: [name = ''] }) {
    const file = flags.text('output') ?? '';
    if (file === '' && context.terminal !== undefined) {
      throw new CliError('cowardly refusing to save to a terminal. Use the -o flag or redirect');
    }
    if (file !== '') checkOutputPath(context, file, 'failed to export container');
    const archive = await context.docker.containers.export(name, context.job);
    await writeArchive(context, archive, file === '' ? undefined : file);
    return 0;
  },
};
