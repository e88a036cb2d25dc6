/**
 * Layers unpacked in threads of their own: of an image several at once, while the engine's own thread goes on. A small layer is
 * unpacked where it is, sooner than another thread has heard of it; so are all where no thread can be made (a frame in a sandbox).
 * Threads are started with the first layer that is for them, and end when none came for a while.
 */
import { ownBytes } from '../base/bytes.ts';
import { EngineError, errorFromWire } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import type { Clock } from '../base/ports.ts';
import { chunkStream } from '../codec/chunk-stream.ts';
import { unpackInline, type UnpackedLayer, type UnpackLayer } from '../layer/unpack-layer.ts';
import { decodeLayerIndex } from '../vfs/layer-index-codec.ts';
import { IdleEnd } from './idle-end.ts';
import type { UnpackNews, UnpackOrder } from './unpack-thread.ts';

/** What is heard of a thread. */
export interface UnpackListener {
  tells(news: UnpackNews): void;
  /** It could not be started, or broke down. Nothing more comes of it. */
  broken(cause: unknown): void;
}

/** A thread that follows `serveUnpacking`. */
export interface UnpackThread {
  post(order: UnpackOrder): void;
  end(): void;
}

export interface UnpackPoolOptions {
  readonly threads: number;
  /** Starts a thread; may throw where there can be none. */
  readonly start: (listener: UnpackListener) => UnpackThread;
  readonly clock: Pick<Clock, 'sleep'>;
}

/** Compressed layers up to this are unpacked where they are. */
const SMALL_BYTES = 64 * 1024;
/** The thread that asks, in the place of one of the pool. */
const HERE = 'here';
/** Chunks that may wait in a thread. */
const CHUNKS_AHEAD = 4;

/**
 * Unpacks layers in threads; as many as there are threads at once, one more where it is asked for, since that waits for layers only,
 * and the others wait for their turn.
 */
export function createUnpackPool({ threads, start, clock }: UnpackPoolOptions): UnpackLayer {
  const free: PoolThread[] = [];
  const waiting: ((place: PoolThread | typeof HERE) => void)[] = [];
  let started = 0;
  let underWay = 0;
  let oneIsHere = false;

  const idle = new IdleEnd(clock, () => {
    for (const thread of free.splice(0)) {
      thread.end();
      started--;
    }
  });

  async function take(): Promise<PoolThread | typeof HERE> {
    const thread = free.pop();
    if (thread !== undefined) return thread;
    if (started < threads) {
      started++;
      return new PoolThread(start);
    }
    if (oneIsHere) return new Promise((resolve) => waiting.push(resolve));
    oneIsHere = true;
    return HERE;
  }

  /** The place is for the next; another thread takes that of one that is gone. */
  function giveBack(place: PoolThread | typeof HERE): void {
    const next = waiting.shift();
    if (place === HERE) {
      if (next === undefined) oneIsHere = false;
      else next(HERE);
    } else if (place.usable) {
      if (next === undefined) free.push(place);
      else next(place);
    } else {
      place.end();
      if (next === undefined) started--;
      else next(new PoolThread(start));
    }
  }

  return async (packed, job) => {
    const { head, rest } = await readHead(packed);
    if (rest === undefined) return unpackInline(joined(head, rest), job);
    idle.work();
    underWay++;
    const place = await take();
    try {
      if (place !== HERE && (await place.ready())) return await place.unpack(head, rest, job);
      return await unpackInline(joined(head, rest), job);
    } finally {
      giveBack(place);
      if (--underWay === 0) idle.rest();
    }
  };
}

type Rest = ReadableStreamDefaultReader<Uint8Array>;

/** How a stream begins, and a reader of the rest; none where it is no longer than a small layer. */
interface Begun {
  readonly head: readonly Uint8Array[];
  readonly rest: Rest | undefined;
}

async function readHead(packed: ReadableStream<Uint8Array>): Promise<Begun> {
  const reader = packed.getReader();
  const head: Uint8Array[] = [];
  for (let bytes = 0; bytes <= SMALL_BYTES;) {
    const { done, value } = await reader.read();
    if (done) return { head, rest: undefined };
    head.push(value);
    bytes += value.byteLength;
  }
  return { head, rest: reader };
}

function joined(head: readonly Uint8Array[], rest: Rest | undefined): ReadableStream<Uint8Array> {
  return chunkStream(chunksOf(head, rest));
}

async function* chunksOf(head: readonly Uint8Array[], rest: Rest | undefined): AsyncGenerator<Uint8Array, void> {
  try {
    yield* head;
    for (let next = await rest?.read(); next?.done === false; next = await rest?.read()) yield next.value;
  } finally {
    await rest?.cancel();
  }
}

/** What comes of the layer that a thread has. */
interface UnderWay {
  readonly resolve: (layer: UnpackedLayer) => void;
  readonly reject: (error: unknown) => void;
}

/** One thread, and the layer it has. */
class PoolThread {
  #state: 'starting' | 'ready' | 'gone' = 'starting';
  readonly #started: Promise<void>;
  #settled: (() => void) | undefined;
  #thread: UnpackThread | undefined;
  #underWay: UnderWay | undefined;
  #ahead = 0;
  #room: (() => void) | undefined;

  constructor(start: UnpackPoolOptions['start']) {
    this.#started = new Promise((resolve) => (this.#settled = resolve));
    try {
      this.#thread = start({
        tells: (news) => {
          this.#hear(news);
        },
        broken: (cause) => {
          this.#fail(new EngineError('internal', 'A thread that unpacks layers broke down.', { cause }));
        },
      });
    } catch (cause) {
      this.#fail(cause);
    }
  }

  get usable(): boolean {
    return this.#state === 'ready';
  }

  /** Whether it is there, once it can be told. */
  async ready(): Promise<boolean> {
    await this.#started;
    return this.usable;
  }

  end(): void {
    this.#state = 'gone';
    this.#thread?.end();
  }

  /** Has the thread unpack a layer. A layer that is given up, or fails, takes the thread with it. */
  async unpack(head: readonly Uint8Array[], rest: Rest, job: Job): Promise<UnpackedLayer> {
    const outcome = new Promise<UnpackedLayer>((resolve, reject) => (this.#underWay = { resolve, reject }));
    const stop = (): void => {
      this.#fail(new EngineError('cancelled', 'Cancelled.', { cause: job.signal.reason }));
    };
    job.signal.addEventListener('abort', stop);
    try {
      this.#ahead = 0;
      const work = Promise.all([outcome, this.#feed(head, rest)]);
      if (job.signal.aborted) stop();
      const [layer] = await work;
      return layer;
    } catch (error) {
      this.#fail(error);
      // one that failed says so again
      await rest.cancel(error).catch(() => undefined);
      throw error;
    } finally {
      job.signal.removeEventListener('abort', stop);
      this.#underWay = undefined;
    }
  }

  async #feed(head: readonly Uint8Array[], rest: Rest): Promise<void> {
    for await (const chunk of chunksOf(head, rest)) {
      if (this.#ahead >= CHUNKS_AHEAD) await new Promise<void>((resolve) => (this.#room = resolve));
      if (!this.usable) return;
      this.#ahead++;
      // a copy: who else reads the stream has the same chunk
      this.#thread?.post({ kind: 'chunk', bytes: ownBytes(chunk.slice()) });
    }
    if (this.usable) this.#thread?.post({ kind: 'end' });
  }

  #hear(news: UnpackNews): void {
    switch (news.kind) {
      case 'ready':
        this.#state = 'ready';
        this.#settled?.();
        return;
      case 'taken':
        this.#ahead--;
        this.#makeRoom();
        return;
      case 'unpacked': {
        const { storedIndex, ...layer } = news.layer;
        this.#underWay?.resolve({ ...layer, storedIndex, index: decodeLayerIndex(storedIndex) });
        return;
      }
      case 'failed':
        this.#fail(errorFromWire(news.error));
    }
  }

  #fail(error: unknown): void {
    this.#state = 'gone';
    this.#settled?.();
    this.#underWay?.reject(error);
    this.#makeRoom();
  }

  #makeRoom(): void {
    this.#room?.();
    this.#room = undefined;
  }
}
