import { CliError, type Command } from '../../command.ts';

export const volumeUpdate: Command = {
  path: ['volume', 'update'],
  summary: 'Update a volume (cluster volumes only)',
  usage: ['[OPTIONS] [VOLUME]'],
  arguments: { least: 1, most: 1 },
  flags: [
    {
      name: 'availability',
      kind: 'string',
      help: 'Cluster Volume availability ("active", "pause", "drain")',
      default: '"active"',
      // of clusters, which help tells only where there is one
      hidden: true,
    },
  ],
  async run(context, { operands: [name = ''] }) {
    await context.docker.volumes.inspect(name);
    throw new CliError('can only update cluster volumes');
  },
};
