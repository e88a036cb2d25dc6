import type { Command } from '../../command.ts';

export const buildxLs: Command = {
  path: ['buildx', 'ls'],
  otherSpellings: [['builder', 'ls']],
  summary: 'List builder instances',
  usage: [''],
  arguments: { least: 0, most: 0 },
  buildx: true,
  flags: [{ name: 'format', kind: 'string', help: 'Format the output', default: '"table"' }],
  async run({ shell }) {
    await shell.out.write(
      'NAME/NODE     DRIVER/ENDPOINT   STATUS    BUILDKIT         PLATFORMS\n' +
        'default*      docker                                       \n' +
        ' \\_ default    \\_ default       running   v0.13.2          linux/amd64\n',
    );
    return 0;
  },
};
