/** `docker logs`: what was printed, and what is being printed. */
import { concatBytes, utf8 } from '../../../base/bytes.ts';
import { EngineError } from '../../../base/errors.ts';
import type { LogEntry } from '../../../store/containers.ts';
import type { LogOptions } from '../api.ts';
import type { ContainerIO } from '../container-io.ts';
import { logDriver } from './check-log-config.ts';
import { logDetails } from './log-details.ts';
import type { LiveContainer } from './live-container.ts';
import { goTime } from './times.ts';

/** Prints the log on the streams it came from; with `follow`, until the container has ended or the caller is gone. Throws `invalid-argument` where the driver keeps none. */
export async function printLogs(container: LiveContainer, options: LogOptions, io: ContainerIO): Promise<void> {
  if (logDriver(container.record.hostConfig) === 'none') {
    throw new EngineError('invalid-argument', 'configured logging driver does not support reading');
  }
  const { log } = container;
  await log.open();
  const isWanted = ({ timeMs }: LogEntry): boolean =>
    timeMs >= (options.sinceMs ?? -Infinity) && timeMs <= (options.untilMs ?? Infinity);
  const details = options.details === true ? `${logDetails(container.record)} ` : '';
  const print = async (entries: readonly LogEntry[]): Promise<void> => {
    for (const entry of entries) {
      if (io.signal?.aborted === true) return;
      const time = options.timestamps ? `${goTime(entry.timeMs)} ` : '';
      await (entry.stream === 1 ? io.stdout : io.stderr)?.(concatBytes([utf8(time + details), entry.data]));
    }
  };
  let next = log.end;
  await print(lastOf(log.from(0).filter(isWanted), options.tail));
  if (!options.follow) return;
  const gone = whenAborted(io.signal);
  while (io.signal?.aborted !== true) {
    const { grown, stop } = whenGrown(container, next);
    const ended = container.isRunning ? container.wait('not-running') : Promise.resolve();
    await Promise.race([grown, ended, gone]);
    stop();
    const entries = log.from(next);
    next = log.end;
    await print(entries.filter(isWanted));
    if (!container.isRunning && next === log.end) return;
  }
}

function lastOf(entries: readonly LogEntry[], tail: number | undefined): readonly LogEntry[] {
  return tail === undefined ? entries : entries.slice(Math.max(0, entries.length - tail));
}

function whenGrown({ log }: LiveContainer, next: number): { grown: Promise<void>; stop: () => void } {
  if (log.end > next) return { grown: Promise.resolve(), stop: () => undefined };
  let stop = (): void => undefined;
  const grown = new Promise<void>((resolve) => {
    stop = log.follow(resolve);
  });
  return { grown, stop: () => stop() };
}

function whenAborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
}
