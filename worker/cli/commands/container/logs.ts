import { CliError, type Command } from '../../command.ts';
import type { LogOptions } from '../../../engine/docker/api.ts';
import { LOG_FLAGS } from '../../container/log-flags.ts';
import { containerStreams } from '../../container-streams.ts';
import { isEngineError } from '../../../base/errors.ts';
import { parseMoment } from '../../../engine/docker/filters.ts';

export const containerLogs: Command = {
  path: ['container', 'logs'],
  aliases: [['logs']],
  summary: 'Fetch the logs of a container',
  usage: ['[OPTIONS] CONTAINER'],
  arguments: { least: 1, most: 1 },
  flags: [
    ...LOG_FLAGS,
    {
      name: 'until',
      kind: 'string',
      help: 'Show logs before a timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)',
    },
  ],
  async run(context, { flags, operands: [name = ''] }) {
    // a container that is not there is told before a time that is none
    await context.docker.containers.inspect(name);
    const nowMs = context.clock.nowMs();
    const since = flags.text('since');
    const until = flags.text('until');
    const tail = flags.text('tail') ?? 'all';
    const options: LogOptions = {
      follow: flags.bool('follow'),
      timestamps: flags.bool('timestamps'),
      details: flags.bool('details'),
      ...(/^\d+$/.test(tail) ? { tail: Number(tail) } : {}),
      ...(since === undefined || since === '' ? {} : { sinceMs: momentOf('since', since, nowMs) }),
      ...(until === undefined || until === '' ? {} : { untilMs: momentOf('until', until, nowMs) }),
    };
    await context.shell.out.flush();
    await context.docker.containers.logs(
      name,
      options,
      containerStreams(context, { stdin: false, stdout: true, stderr: true }),
    );
    return 0;
  },
};

function momentOf(name: string, text: string, nowMs: number): number {
  try {
    return parseMoment(text, nowMs);
  } catch (error) {
    if (!isEngineError(error)) throw error;
    throw new CliError(`invalid value for "${name}": ${error.message}`);
  }
}
