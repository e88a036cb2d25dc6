import { CliError, type Command } from '../../command.ts';
import { keyValues } from '../../container/key-values.ts';
import { labelProblem } from '../../container/flag-problems.ts';
import { printLine } from '../../context.ts';

export const volumeCreate: Command = {
  path: ['volume', 'create'],
  summary: 'Create a volume',
  usage: ['[OPTIONS] [VOLUME]'],
  arguments: { least: 0, most: 1 },
  flags: [
    { name: 'driver', short: 'd', kind: 'string', help: 'Specify volume driver name', default: '"local"' },
    { name: 'label', kind: 'list', help: 'Set metadata for a volume', problem: labelProblem },
    { name: 'opt', short: 'o', kind: 'map', help: 'Set driver specific options', default: 'map[]' },
    { name: 'name', kind: 'string', help: 'Specify volume name', hidden: true },
  ],
  async run(context, { flags, operands: [name] }) {
    const old = flags.text('name');
    if (old !== undefined && name !== undefined) {
      throw new CliError(
        'conflicting options: cannot specify a volume-name through both --name and as a positional arg',
      );
    }
    const given = name ?? old;
    const volume = await context.docker.volumes.create({
      ...(given === undefined ? {} : { name: given }),
      driver: flags.text('driver') ?? 'local',
      labels: keyValues(flags.list('label')),
      options: keyValues(flags.list('opt')),
    });
    await printLine(context, volume.Name);
    return 0;
  },
};
