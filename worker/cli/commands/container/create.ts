import type { Command } from '../../command.ts';
import { CREATE_FLAGS } from '../../container/create-flags.ts';
import { asUsage } from '../../container/failures.ts';
import { createFromFlags } from '../../container/create.ts';
import { createOptions } from '../../container/create-options.ts';
import { printLine } from '../../context.ts';

export const containerCreate: Command = {
  path: ['container', 'create'],
  aliases: [['create']],
  summary: 'Create a new container',
  usage: ['[OPTIONS] IMAGE [COMMAND] [ARG...]'],
  arguments: { least: 1, most: Infinity },
  flags: [
    ...CREATE_FLAGS,
    {
      name: 'pull',
      kind: 'string',
      help: 'Pull image before creating ("always", "|missing", "never")',
      default: '"missing"',
    },
  ],
  flagsFirst: true,
  async run(context, args) {
    const { flags, operands } = args;
    const attached = { stdin: flags.bool('interactive'), stdout: true, stderr: true };
    const options = await asUsage('create', () => createOptions(context, flags, operands, attached));
    await printLine(context, await createFromFlags(context, args, options));
    return 0;
  },
};
