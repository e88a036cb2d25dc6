import type { Command } from '../../command.ts';
import { printLine } from '../../context.ts';

export const buildxVersion: Command = {
  path: ['buildx', 'version'],
  otherSpellings: [['builder', 'version']],
  summary: 'Show buildx version information',
  usage: [''],
  arguments: { least: 0, most: 0 },
  buildx: true,
  flags: [],
  async run(context) {
    await printLine(context, 'github.com/docker/buildx 0.13.1 788433953af10f2a698f5c07611dddce2e08c7a0');
    return 0;
  },
};
