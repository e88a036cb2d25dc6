import type { Command } from '../../command.ts';
import { printLine } from '../../context.ts';
import { referenceOf } from '../image/pull.ts';

export const containerCommit: Command = {
  path: ['container', 'commit'],
  aliases: [['commit']],
  summary: "Create a new image from a container's changes",
  usage: ['[OPTIONS] CONTAINER [REPOSITORY[:TAG]]'],
  arguments: { least: 1, most: 2 },
  flags: [
    { name: 'author', short: 'a', kind: 'string', help: 'Author (e.g., "John Hannibal Smith <hannibal@a-team.com>")' },
    { name: 'change', short: 'c', kind: 'list', help: 'Apply Dockerfile instruction to the created image' },
    { name: 'message', short: 'm', kind: 'string', help: 'Commit message' },
    { name: 'pause', short: 'p', kind: 'bool', help: 'Pause container during commit', default: 'true' },
  ],
  async run(context, { flags, operands: [name = '', reference] }) {
    if (reference !== undefined) referenceOf(reference);
    const id = await context.docker.containers.commit(
      name,
      {
        ...(reference === undefined || reference === '' ? {} : { reference }),
        author: flags.text('author') ?? '',
        message: flags.text('message') ?? '',
        changes: flags.list('change'),
        pause: flags.given('pause') ? flags.bool('pause') : true,
      },
      context.job,
    );
    await printLine(context, id);
    return 0;
  },
};
