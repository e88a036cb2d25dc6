/** Those who are attached to a container's standard streams, and what they type. */
import type { ContainerIO } from '../container-io.ts';

/** One who is attached. */
interface Attachment {
  readonly io: ContainerIO;
  readonly detach: () => void;
}

/** Keys a process has not read yet, from whoever is attached. */
class StdinPipe {
  readonly stream: ReadableStream<Uint8Array>;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;

  constructor() {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>(undefined, undefined, {
      highWaterMark: 4,
    });
    this.stream = readable;
    this.#writer = writable.getWriter();
    this.#writer.closed.catch(() => undefined);
  }

  /** False when nobody reads any more. */
  async write(data: Uint8Array): Promise<boolean> {
    try {
      await this.#writer.ready;
      await this.#writer.write(data);
      return true;
    } catch {
      return false;
    }
  }

  close(): void {
    this.#writer.close().catch(() => undefined);
  }
}

export class Attachments {
  readonly #attached = new Set<Attachment>();
  #stdin: StdinPipe | undefined;

  /** What the next process reads; the pipe is made by whoever comes first, the process or one who attaches. */
  openStdin(): ReadableStream<Uint8Array> {
    this.#stdin ??= new StdinPipe();
    return this.#stdin.stream;
  }

  /** The process is over: what was not read is lost, and all are let go. */
  end(): void {
    this.#stdin = undefined;
    for (const { detach } of [...this.#attached]) detach();
  }

  /**
   * Connects `io` until the process ends or the caller's signal fires. `closesStdin`: the end of what is typed is the end
   * of the container's standard input.
   */
  attach(io: ContainerIO, options: { readonly stdin: boolean; readonly closesStdin: boolean }): Promise<void> {
    return new Promise((resolve) => {
      const reader = options.stdin ? io.stdin?.getReader() : undefined;
      const attachment: Attachment = {
        io,
        detach: () => {
          if (!this.#attached.delete(attachment)) return;
          io.signal?.removeEventListener('abort', attachment.detach);
          reader?.cancel().catch(() => undefined);
          resolve();
        },
      };
      this.#attached.add(attachment);
      io.signal?.addEventListener('abort', attachment.detach, { once: true });
      if (io.signal?.aborted === true) attachment.detach();
      else if (reader !== undefined) void this.#pump(reader, options.closesStdin);
    });
  }

  /** Hands what a process printed to all who are attached, and waits for the slowest. */
  async print(stream: 1 | 2, data: Uint8Array): Promise<void> {
    await Promise.all(
      [...this.#attached].map(async (attachment) => {
        const sink = stream === 1 ? attachment.io.stdout : attachment.io.stderr;
        try {
          await sink?.(data);
        } catch {
          // who cannot be written to any more is no longer attached; the process goes on
          attachment.detach();
        }
      }),
    );
  }

  async #pump(reader: ReadableStreamDefaultReader<Uint8Array>, closesStdin: boolean): Promise<void> {
    this.openStdin();
    const pipe = this.#stdin;
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        if (pipe === undefined || !(await pipe.write(next.value))) return;
      }
    } catch {
      // the reader was let go because the process is over
    }
    if (closesStdin) pipe?.close();
  }
}
