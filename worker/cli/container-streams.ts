/** The terminal's streams as a container gets them. */
import type { ContainerIO } from '../engine/docker/container-io.ts';
import type { Process } from '../shell/kernel/process.ts';
import type { CliContext } from './context.ts';
import { CliError } from './command.ts';

const CHUNK_BYTES = 16_384;

/** Streams for an attachment that ends when the command is interrupted, or `signal` fires. `tty`: the container has a terminal. */
export function containerStreams(
  context: CliContext,
  wanted: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean; readonly tty?: boolean },
  signal: AbortSignal = context.job.signal,
): ContainerIO {
  const { process } = context.shell;
  if (wanted.stdin && wanted.tty === true && process.descriptors.get(0).terminal) context.takeKeys?.();
  return {
    ...(wanted.stdin ? { stdin: descriptorStream(process, 0) } : {}),
    ...(wanted.stdout ? { stdout: (data: Uint8Array) => process.write(1, data) } : {}),
    ...(wanted.stderr ? { stderr: (data: Uint8Array) => process.write(2, data) } : {}),
    ...(context.terminal === undefined ? {} : { terminal: context.terminal }),
    signal,
  };
}

/** What a descriptor gives, as a stream; once it is let go, nothing more is taken from the descriptor. */
function descriptorStream(process: Process, descriptor: number): ReadableStream<Uint8Array> {
  const letGo = new AbortController();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const data = await process.descriptors.get(descriptor).read(CHUNK_BYTES, untilAborted(process, letGo.signal));
        if (data.byteLength === 0) controller.close();
        else controller.enqueue(data.slice());
      },
      cancel: () => letGo.abort(),
    },
    { highWaterMark: 0 },
  );
}

/** A wait of the process that a signal ends, too. */
function untilAborted(process: Process, signal: AbortSignal): Pick<Process, 'block'> {
  return {
    async block(subscribe) {
      await process.block((wake) => {
        const unsubscribe = subscribe(wake);
        signal.addEventListener('abort', wake, { once: true });
        return () => {
          signal.removeEventListener('abort', wake);
          unsubscribe();
        };
      });
      if (signal.aborted) throw new Error('nobody reads any more');
    },
  };
}

/** Throws {@link CliError} where a container's terminal would read what is none. */
export function requireTerminalInput(context: CliContext): void {
  if (!context.shell.process.descriptors.get(0).terminal) throw new CliError('the input device is not a TTY');
}
