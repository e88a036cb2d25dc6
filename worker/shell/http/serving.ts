/** What servers have in common: they listen, write their logs in order, and wait for the signal that ends them. */
import type { AppletContext } from '../applets/context.ts';
import { errnoOf } from '../kernel/errno.ts';
import type { ListenerTraits, Server } from '../kernel/listeners.ts';
import type { Process } from '../kernel/process.ts';
import type { SignalName } from '../kernel/signals.ts';
import { encodeText } from '../text.ts';

const DAY_MS = 86_400_000;

/** Listens at a port. False where another does. */
export function listenAt(process: Process, port: number, serve: Server, traits?: ListenerTraits): boolean {
  try {
    process.kernel.listeners.listen(port, process, serve, traits);
    return true;
  } catch (error) {
    if (errnoOf(error) !== 'EADDRINUSE') throw error;
    return false;
  }
}

/** Waits for one of these signals, and gives it; others do what they always do. */
export async function untilSignal(process: Process, signals: readonly SignalName[]): Promise<SignalName> {
  for (const signal of signals) process.dispositions.set(signal, 'handle');
  for (;;) {
    const signal = process.takeSignal();
    if (signal !== undefined) return signal;
    try {
      await process.sleep(DAY_MS);
    } catch (error) {
      if (errnoOf(error) !== 'EINTR') throw error;
    }
  }
}

/** Lines of a log, written one after another by whoever has some, without making them wait. */
export interface LineLog {
  write(line: string): void;
}

/** Writes that a process has begun, by which the next one waits: what is logged first is written first, wherever to. */
const lastWrites = new WeakMap<Process, Promise<void>>();

/** A log on a descriptor of a process. What cannot be written any more is lost, as it is with real logs. */
export function descriptorLog(process: Process, descriptor: number): LineLog {
  return {
    write(line) {
      const before = lastWrites.get(process) ?? Promise.resolve();
      const written = before.then(() => process.write(descriptor, encodeText(`${line}\n`)));
      lastWrites.set(
        process,
        written.catch(() => undefined),
      );
    },
  };
}

/** Resolves once all that a process has logged so far is written. */
export function logsWritten(process: Process): Promise<void> {
  return lastWrites.get(process) ?? Promise.resolve();
}

/** A log at the end of a file, often a link to a standard stream. Throws a system error where it cannot be opened. */
export async function fileLog(context: AppletContext, path: string): Promise<LineLog> {
  const { files, process } = context;
  const description = await files.open(path, { write: true, create: true, append: true }, 0o644);
  return descriptorLog(process, process.descriptors.install(description, 3));
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A time as web servers' access logs have it: `21/Nov/2026:18:18:16 +0000`. */
export function accessTime(ms: number): string {
  const [, year = '', month = '', day = '', time = ''] =
    /^(\d+)-(\d+)-(\d+)T([\d:]+)/.exec(new Date(ms).toISOString()) ?? [];
  return `${day}/${MONTHS[Number(month) - 1] ?? ''}/${year}:${time} +0000`;
}

/** The first line of a request, as a server reads it. */
export function requestLine(request: Request): string {
  const { pathname, search } = new URL(request.url);
  return `${request.method} ${pathname}${search} HTTP/1.1`;
}
