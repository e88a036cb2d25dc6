/** `docker run`, and `docker start --attach`: a process whose streams are the terminal's. */
import { CliError, type CommandArguments } from '../command.ts';
import { containerStreams, requireTerminalInput } from '../container-streams.ts';
import { printLine, type CliContext } from '../context.ts';
import type { Flags } from '../flags.ts';
import { createFromFlags } from './create.ts';
import { createOptions, type AttachedStreams } from './create-options.ts';
import { asUsage, runFailure } from './failures.ts';

const NO_STREAMS: AttachedStreams = { stdin: false, stdout: false, stderr: false };

/** Makes a container and starts it; gives its exit code, or 0 where it runs on in the background. */
export async function runContainer(context: CliContext, args: CommandArguments): Promise<number> {
  const { flags, operands } = args;
  const streams = attachedStreams(flags);
  const options = await asUsage('run', () => createOptions(context, flags, operands, streams));
  if (streams.stdin && flags.bool('tty')) requireTerminalInput(context);
  let id: string;
  try {
    id = await createFromFlags(context, args, options);
  } catch (error) {
    throw runFailure(error);
  }
  if (!flags.bool('detach')) return startAndFollow(context, id, { ...streams, tty: flags.bool('tty') }, { flags });
  await printLine(context, id);
  try {
    await context.docker.containers.start(id);
  } catch (error) {
    throw runFailure(error);
  }
  return 0;
}

/** What `--attach` names, or what a process in the foreground has. Throws {@link CliError} for `-d` with `-a`. */
function attachedStreams(flags: Flags): AttachedStreams {
  const named = flags.list('attach').map((stream) => stream.toLowerCase());
  if (flags.bool('detach')) {
    if (named.length > 0) throw new CliError('conflicting options: cannot specify both --attach and --detach');
    return NO_STREAMS;
  }
  if (named.length === 0) return { stdin: flags.bool('interactive'), stdout: true, stderr: true };
  return { stdin: named.includes('stdin'), stdout: named.includes('stdout'), stderr: named.includes('stderr') };
}

/** `docker start -a`: attaches before it starts, and gives the exit code. */
export async function startAttached(context: CliContext, name: string, interactive: boolean): Promise<number> {
  const { Config, Id } = await context.docker.containers.inspect(name);
  const stdin = interactive && Config.OpenStdin;
  if (stdin && Config.Tty) requireTerminalInput(context);
  return startAndFollow(context, Id, { stdin, stdout: true, stderr: true, tty: Config.Tty }, {});
}

async function startAndFollow(
  context: CliContext,
  id: string,
  streams: AttachedStreams & { readonly tty: boolean },
  { flags }: { readonly flags?: Flags },
): Promise<number> {
  const { containers } = context.docker;
  const removes = flags?.bool('rm') === true;
  await context.shell.out.flush();
  const ended = containers.wait(id, removes ? 'removed' : 'next-exit');
  const failed = new AbortController();
  const signal = AbortSignal.any([context.job.signal, failed.signal]);
  const attached = containers.attach(id, containerStreams(context, streams, signal));
  const passOn = (): void => void containers.kill(id, 'INT').catch(() => undefined);
  if (flags !== undefined && passesSignalsOn(flags)) context.job.signal.addEventListener('abort', passOn);
  try {
    await containers.start(id);
    await attached;
    return (await ended).StatusCode;
  } catch (error) {
    failed.abort();
    if (flags === undefined) throw error;
    throw runFailure(error);
  } finally {
    context.job.signal.removeEventListener('abort', passOn);
  }
}

/** A terminal's interrupt is a key for the container; without one the signal itself is handed on. */
function passesSignalsOn(flags: Flags): boolean {
  return !flags.bool('tty') && (!flags.given('sig-proxy') || flags.bool('sig-proxy'));
}
