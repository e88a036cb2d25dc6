import { bootBuilder, standInNote } from '../../builders/boot.ts';
import { BUILDKIT_VERSION, chooseBuilder, isEngineBuilder } from '../../builders/choose.ts';
import { BUILDER_FLAG } from '../../builders/flags.ts';
import type { Builder, BuilderNode } from '../../builders/instances.ts';
import type { Command } from '../../command.ts';
import { formatGoTime, goTimeAt } from '../../format/go-time.ts';
import { alignColumns } from '../../format/text-table.ts';
import { platformsOf, statusOf } from '../../builders/shown.ts';

export const buildxInspect: Command = {
  path: ['buildx', 'inspect'],
  otherSpellings: [['builder', 'inspect']],
  summary: 'Inspect current builder instance',
  usage: ['[NAME]'],
  arguments: { least: 0, most: 1 },
  buildx: true,
  flags: [{ name: 'bootstrap', kind: 'bool', help: 'Ensure builder has booted before inspecting' }, BUILDER_FLAG],
  async run(context, { called, flags, operands: [name] }) {
    const found = await chooseBuilder(context, called, name ?? flags.text('builder'));
    const builder = flags.bool('bootstrap') ? await bootBuilder(context, found) : found;
    await context.shell.out.write(describe(builder));
    return 0;
  },
};

function describe(builder: Builder): string {
  const { name, driver, nodes, activeMs } = builder;
  const active = activeMs === 0 ? [] : [`Last Activity:\t${formatGoTime(goTimeAt(activeMs))}`];
  const head = [`Name:\t${name}`, `Driver:\t${driver}`, ...active];
  const table = (lines: readonly string[]): string =>
    alignColumns(`${lines.join('\n')}\n`, { minWidth: 0, padding: 1 });
  const described = nodes.map((node) => table(nodeLines(builder, node)));
  return `${table(head)}\nNodes:\n${described.join('\n')}`;
}

function nodeLines(builder: Builder, node: BuilderNode): readonly string[] {
  const options = Object.entries(node.driverOptions).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const platforms = platformsOf(node);
  const note = isEngineBuilder(builder) ? [] : [`Note:\t${standInNote(builder)}`];
  return [
    `Name:\t${node.name}`,
    `Endpoint:\t${node.endpoint}`,
    ...(options.length === 0 ? [] : [`Driver Options:\t${options.join(' ')}`]),
    `Status:\t${statusOf(node)}`,
    ...(node.flags.length === 0 ? [] : [`BuildKit daemon flags:\t${node.flags.join(' ')}`]),
    ...(node.booted ? [`BuildKit version:\t${BUILDKIT_VERSION}`] : []),
    ...(platforms.length === 0 ? [] : [`Platforms:\t${platforms.join(', ')}`]),
    ...(node.booted ? note : []),
  ];
}
