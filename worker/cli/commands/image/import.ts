import { CliError, type Command } from '../../command.ts';
import { printLine } from '../../context.ts';
import { readInput } from '../../input-files.ts';
import { referenceOf } from './pull.ts';

export const imageImport: Command = {
  path: ['image', 'import'],
  aliases: [['import']],
  summary: 'Import the contents from a tarball to create a filesystem image',
  usage: ['[OPTIONS] file|URL|- [REPOSITORY[:TAG]]'],
  arguments: { least: 1, most: Infinity },
  flags: [
    { name: 'change', short: 'c', kind: 'list', help: 'Apply Dockerfile instruction to the created image' },
    { name: 'message', short: 'm', kind: 'string', help: 'Set commit message for imported image' },
    { name: 'platform', kind: 'string', help: 'Set platform if server is multi-platform capable' },
  ],
  async run(context, { flags, operands: [source = '', name] }) {
    if (/^https?:\/\//.test(source)) {
      throw new CliError('archives at a URL cannot be imported here: download the file, then import it');
    }
    if (name !== undefined) referenceOf(name);
    const platform = flags.text('platform');
    const archive = await readInput(context, source);
    const id = await context.docker.images.import(
      archive,
      {
        changes: flags.list('change'),
        // the daemon is sent the archive, and never knows what the file was called
        message: flags.text('message') ?? 'Imported from -',
        ...(name === undefined ? {} : { reference: name }),
        ...(platform === undefined ? {} : { platform }),
      },
      context.job,
    );
    await printLine(context, id);
    return 0;
  },
};
