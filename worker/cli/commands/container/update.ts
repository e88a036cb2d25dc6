import { CliError, type Command } from '../../command.ts';
import { forEachName } from '../../each-name.ts';
import { updatedSettings } from '../../container/update-options.ts';

export const containerUpdate: Command = {
  path: ['container', 'update'],
  aliases: [['update']],
  summary: 'Update configuration of one or more containers',
  usage: ['[OPTIONS] CONTAINER [CONTAINER...]'],
  arguments: { least: 1, most: Infinity },
  flags: [
    {
      name: 'blkio-weight',
      kind: 'uint16',
      help: 'Block IO (relative weight), between 10 and 1000, or 0 to disable',
      default: '0',
    },
    { name: 'cpu-period', kind: 'int', help: 'Limit CPU CFS (Completely Fair Scheduler) period' },
    { name: 'cpu-quota', kind: 'int', help: 'Limit CPU CFS (Completely Fair Scheduler) quota' },
    { name: 'cpu-rt-period', kind: 'int', help: 'Limit the CPU real-time period in microseconds' },
    { name: 'cpu-rt-runtime', kind: 'int', help: 'Limit the CPU real-time runtime in microseconds' },
    { name: 'cpu-shares', short: 'c', kind: 'int', help: 'CPU shares (relative weight)' },
    { name: 'cpus', kind: 'decimal', help: 'Number of CPUs' },
    { name: 'cpuset-cpus', kind: 'string', help: 'CPUs in which to allow execution (0-3, 0,1)' },
    { name: 'cpuset-mems', kind: 'string', help: 'MEMs in which to allow execution (0-3, 0,1)' },
    { name: 'memory', short: 'm', kind: 'bytes', help: 'Memory limit' },
    { name: 'memory-reservation', kind: 'bytes', help: 'Memory soft limit' },
    {
      name: 'memory-swap',
      kind: 'bytesOrNone',
      help: 'Swap limit equal to memory plus swap: -1 to enable unlimited swap',
    },
    { name: 'pids-limit', kind: 'int', help: 'Tune container pids limit (set -1 for unlimited)' },
    { name: 'restart', kind: 'string', help: 'Restart policy to apply when a container exits' },
  ],
  async run(context, { flags, operands }) {
    const changes = updatedSettings(flags);
    if (Object.keys(changes).length === 0) {
      throw new CliError('you must provide one or more flags when using this command');
    }
    return forEachName(context, operands, (name) => context.docker.containers.update(name, changes));
  },
};
