import { BUILDER_FLAG } from '../../builders/flags.ts';
import { chooseBuilder, isEngineBuilder } from '../../builders/choose.ts';
import { saveBuilder } from '../../builders/instances.ts';
import type { Command } from '../../command.ts';

export const buildxStop: Command = {
  path: ['buildx', 'stop'],
  otherSpellings: [['builder', 'stop']],
  summary: 'Stop builder instance',
  usage: ['[NAME]'],
  arguments: { least: 0, most: 1 },
  buildx: true,
  flags: [BUILDER_FLAG],
  async run(context, { called, flags, operands: [name] }) {
    const builder = await chooseBuilder(context, called, name ?? flags.text('builder'));
    if (!isEngineBuilder(builder)) {
      saveBuilder(context, { ...builder, nodes: builder.nodes.map((node) => ({ ...node, booted: false })) });
    }
    return 0;
  },
};
