import { buildError } from '../../build/build-inputs.ts';
import { BUILDER_FLAG } from '../../builders/flags.ts';
import {
  createdBuilders,
  currentBuilder,
  DEFAULT_BUILDER,
  findCreated,
  removeBuilder,
} from '../../builders/instances.ts';
import type { Command } from '../../command.ts';
import type { CliContext } from '../../context.ts';
import { confirmed } from '../../prompt.ts';

export const buildxRm: Command = {
  path: ['buildx', 'rm'],
  otherSpellings: [['builder', 'rm']],
  summary: 'Remove one or more builder instances',
  usage: ['[OPTIONS] [NAME] [NAME...]'],
  arguments: { least: 0, most: Infinity },
  buildx: true,
  flags: [
    { name: 'all-inactive', kind: 'bool', help: 'Remove all inactive builders' },
    BUILDER_FLAG,
    { name: 'force', short: 'f', kind: 'bool', help: 'Do not prompt for confirmation' },
    { name: 'keep-daemon', kind: 'bool', help: 'Keep the BuildKit daemon running' },
    { name: 'keep-state', kind: 'bool', help: 'Keep BuildKit state' },
  ],
  async run(context, { flags, operands }) {
    if (flags.bool('all-inactive')) {
      if (operands.length > 0) throw buildError('cannot specify builder name when --all-inactive is set');
      return removeInactive(context, flags.bool('force'));
    }
    const named = flags.text('builder');
    const asked = operands.length > 0 || named === undefined ? operands : [named];
    // without a name it is the one in use, of which neither answer tells the name
    if (asked.length === 0) return removeEach(context, [{ name: await currentBuilder(context), shown: '' }]);
    return removeEach(context, asked.map((name) => ({ name, shown: name }))); // prettier-ignore
  },
};

const QUESTION =
  'WARNING! This will remove all builders that are not in running state. Are you sure you want to continue?';

async function removeInactive(context: CliContext, force: boolean): Promise<number> {
  if (!force && !(await confirmed(context, QUESTION))) return 0;
  const inactive = (await createdBuilders(context)).filter(({ nodes }) => nodes.every(({ booted }) => !booted));
  return removeEach(
    context,
    inactive.map(({ name }) => ({ name, shown: name })),
  );
}

/** Removes those it can, and tells of each on standard error. */
async function removeEach(
  context: CliContext,
  builders: readonly { readonly name: string; readonly shown: string }[],
): Promise<number> {
  let problems = 0;
  for (const { name, shown } of builders) {
    const problem = await removeOne(context, name);
    if (problem !== undefined) problems++;
    const told = problem === undefined ? `${shown} removed` : `failed to remove ${shown}: ${problem}`;
    await context.shell.err.write(`${told}\n`);
  }
  if (problems > 0) throw buildError('failed to remove one or more builders');
  return 0;
}

/** What is wrong, if anything. */
async function removeOne(context: CliContext, name: string): Promise<string | undefined> {
  if (name === DEFAULT_BUILDER) {
    return 'context builder cannot be removed, run `docker context rm default` to remove this context';
  }
  if ((await findCreated(context, name)) === undefined) return `no builder ${JSON.stringify(name)} found`;
  await removeBuilder(context, name);
  return undefined;
}
