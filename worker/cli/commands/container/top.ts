import type { Command } from '../../command.ts';
import { alignColumns } from '../../format/text-table.ts';

export const containerTop: Command = {
  path: ['container', 'top'],
  aliases: [['top']],
  summary: 'Display the running processes of a container',
  usage: ['CONTAINER [ps OPTIONS]'],
  arguments: { least: 1, most: Infinity },
  flags: [],
  flagsFirst: true,
  async run(context, { operands: [name = '', ...words] }) {
    const { Titles, Processes } = await context.docker.containers.top(name, words.join(' '));
    const rows = [Titles, ...Processes].map((row) => row.join('\t'));
    await context.shell.out.write(alignColumns(`${rows.join('\n')}\n`, { minWidth: 20, padding: 3 }));
    return 0;
  },
};
