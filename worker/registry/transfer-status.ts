/** Telling how far one transfer is: a status item that knows its clock. */
import type { Job } from '../base/job.ts';
import type { Clock } from '../base/ports.ts';
import type { ProgressSink } from '../base/progress.ts';

/** The status of one blob (or of the resolving before it), reported whole with each change. */
export class TransferStatus {
  readonly #progress: ProgressSink;
  readonly #clock: Clock;
  readonly #vertex: string;
  readonly #id: string;
  #total: number;
  #startedMs: number | undefined;
  #current = 0;
  #action = '';

  /** `id` is the blob's digest, or what is done in words; `total` in bytes, 0 when there is no telling. */
  constructor(progress: ProgressSink, clock: Clock, vertex: string, id: string, total = 0) {
    this.#progress = progress;
    this.#clock = clock;
    this.#vertex = vertex;
    this.#id = id;
    this.#total = total;
  }

  /** Says what is going on, in Docker's words. */
  report(action: string): void {
    this.#tell(action);
  }

  /** Says that a transfer of `total` bytes begins, whose size was not known before. */
  begin(total: number, action: string): void {
    this.#total = total;
    this.#tell(action);
  }

  /** Says that `bytes` of the total are done. */
  advance(bytes: number, action: string): void {
    this.#current = bytes;
    this.#tell(action);
  }

  /** The job, whose waits before another try are told here in Docker's words, until it goes on with what it did. */
  watch(job: Job): Job {
    return {
      ...job,
      onWait: (waitMs) => this.#send(waitMs > 0 ? retryText(waitMs) : this.#action),
    };
  }

  /** Says how it ended. */
  complete(action: string): void {
    this.#send(action, this.#clock.nowMs());
  }

  #tell(action: string): void {
    this.#action = action;
    this.#send(action);
  }

  #send(action: string, completedMs?: number): void {
    this.#startedMs ??= this.#clock.nowMs();
    const item = {
      id: this.#id,
      vertex: this.#vertex,
      current: this.#current,
      total: this.#total,
      startedMs: this.#startedMs,
      action,
      ...(completedMs === undefined ? {} : { completedMs }),
    };
    this.#progress({ statuses: [item] });
  }
}

function retryText(waitMs: number): string {
  const seconds = Math.ceil(waitMs / 1000);
  return `Retrying in ${seconds} second${seconds === 1 ? '' : 's'}`;
}

/** Passes bytes on unchanged and tells how many passed so far. */
export function countingTransform(onBytes: (total: number) => void): TransformStream<Uint8Array, Uint8Array> {
  let total = 0;
  return new TransformStream({
    transform(chunk, controller) {
      total += chunk.byteLength;
      onBytes(total);
      controller.enqueue(chunk);
    },
  });
}
