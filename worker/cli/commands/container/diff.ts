import type { Command } from '../../command.ts';

export const containerDiff: Command = {
  path: ['container', 'diff'],
  aliases: [['diff']],
  summary: "Inspect changes to files or directories on a container's filesystem",
  usage: ['CONTAINER'],
  arguments: { least: 1, most: 1 },
  flags: [],
  async run(context, { operands: [name = ''] }) {
    const changes = await context.docker.containers.diff(name);
    await context.shell.out.write(changes.map(({ Kind, Path }) => `${Kind} ${Path}\n`).join(''));
    return 0;
  },
};
