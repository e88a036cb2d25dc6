import { buildError } from '../../build/build-inputs.ts';
import { BUILDER_FLAG } from '../../builders/flags.ts';
import { DEFAULT_BUILDER, findCreated, instancesDirectory, setCurrentBuilder } from '../../builders/instances.ts';
import { checkBuilderName } from '../../builders/names.ts';
import type { Command } from '../../command.ts';

export const buildxUse: Command = {
  path: ['buildx', 'use'],
  otherSpellings: [['builder', 'use']],
  summary: 'Set the current builder instance',
  usage: ['[OPTIONS] NAME'],
  arguments: { least: 0, most: 1 },
  buildx: true,
  flags: [
    BUILDER_FLAG,
    { name: 'default', kind: 'bool', help: 'Set builder as default for current context' },
    { name: 'global', kind: 'bool', help: 'Builder persists context changes' },
  ],
  async run(context, { flags, operands }) {
    const name = operands[0] ?? flags.text('builder') ?? '';
    if (name !== DEFAULT_BUILDER && (await findCreated(context, name)) === undefined) {
      const failed = `failed to find instance ${JSON.stringify(name)}`;
      checkBuilderName(name, failed);
      throw buildError(`${failed}: open ${instancesDirectory(context)}/${name}: no such file or directory`);
    }
    setCurrentBuilder(context, name, flags.bool('global'));
    return 0;
  },
};
