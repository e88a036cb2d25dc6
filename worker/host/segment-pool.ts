/**
 * Layers compressed in threads of their own, a few at a time. None is started before a layer is longer than a segment, and they end
 * when nothing was compressed for a while. Until the first is ready, and where none can be made (a frame in a sandbox), the
 * segments are compressed where they are: the bytes are the same.
 */
import type { Bytes } from '../base/bytes.ts';
import { EngineError } from '../base/errors.ts';
import type { Clock } from '../base/ports.ts';
import { inlinePacker, SEGMENT_BYTES, type PackedSegment, type SegmentPacker } from '../codec/deflate/segment.ts';
import { IdleEnd } from './idle-end.ts';

/** What is heard of a thread. */
export interface ThreadListener {
  /** It takes segments now. */
  ready(): void;
  /** The segment posted longest ago is done. */
  packed(segment: PackedSegment): void;
  /** It could not be started, or broke down. Nothing more comes of it. */
  broken(cause: unknown): void;
}

/** A thread that compresses segments in the order they are posted. */
export interface SegmentThread {
  post(segment: Bytes): void;
  end(): void;
}

export interface SegmentPoolOptions {
  readonly threads: number;
  /** Starts a thread; may throw where there can be none. */
  readonly start: (listener: ThreadListener) => SegmentThread;
  readonly clock: Pick<Clock, 'sleep'>;
}

/** Segments a thread has at once: one to compress, and one to go on with. */
const SEGMENTS_PER_THREAD = 2;

/** A packer over threads. It may be shared by all layers that are compressed at the same time. */
export function createSegmentPool({ threads, start, clock }: SegmentPoolOptions): SegmentPacker {
  const inline = inlinePacker();
  let workers: PoolThread[] | undefined;
  const idle = new IdleEnd(clock, () => {
    for (const worker of workers ?? []) worker.end();
    workers = undefined;
  });

  function startAll(): readonly PoolThread[] {
    workers ??= Array.from({ length: threads }, () => new PoolThread(start));
    return workers;
  }

  return {
    width: threads * SEGMENTS_PER_THREAD,
    async pack(segment) {
      if (segment.byteLength < SEGMENT_BYTES) return inline.pack(segment);
      idle.work();
      const [first, ...others] = startAll().filter((worker) => worker.takesMore);
      try {
        if (first === undefined) return await inline.pack(segment);
        const freest = others.reduce((best, worker) => (worker.underWay < best.underWay ? worker : best), first);
        return await freest.pack(segment);
      } finally {
        if (workers?.every(({ underWay }) => underWay === 0) === true) idle.rest();
      }
    },
  };
}

/** Who waits for a segment. */
interface Waiting {
  readonly resolve: (segment: PackedSegment) => void;
  readonly reject: (error: EngineError) => void;
}

/** One thread, and who waits for what of it. */
class PoolThread {
  #state: 'starting' | 'ready' | 'broken' = 'starting';
  readonly #waiting: Waiting[] = [];
  readonly #thread: SegmentThread | undefined;

  constructor(start: SegmentPoolOptions['start']) {
    try {
      this.#thread = start({
        ready: () => void (this.#state = 'ready'),
        packed: (segment) => this.#waiting.shift()?.resolve(segment),
        broken: (cause) => {
          this.#breakDown(cause);
        },
      });
    } catch {
      this.#state = 'broken';
    }
  }

  get takesMore(): boolean {
    return this.#state === 'ready';
  }

  get underWay(): number {
    return this.#waiting.length;
  }

  pack(segment: Bytes): Promise<PackedSegment> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#thread?.post(segment);
    });
  }

  end(): void {
    this.#thread?.end();
  }

  #breakDown(cause: unknown): void {
    this.#state = 'broken';
    const error = new EngineError('internal', 'A thread that compresses layers broke down.', { cause });
    for (const waiting of this.#waiting.splice(0)) waiting.reject(error);
  }
}
