/** The pool over threads that run here: what passes between is cloned and comes in a later task, as with real ones. */
import { describe, expect, it } from 'vitest';
import { createEagerClock, createJob, tarOf } from '../../tests/interop/registry-world.ts';
import { equalBytes, readAll, streamOf, type Bytes } from '../base/bytes.ts';
import { gzipLayer } from '../codec/gzip-layer.ts';
import { sha256Hex } from '../codec/sha256.ts';
import { unpackInline } from '../layer/unpack-layer.ts';
import type { UnpackedLayer } from '../layer/unpack-layer.ts';
import { createUnpackPool, type UnpackListener } from './unpack-pool.ts';
import { serveUnpacking, type UnpackOrder } from './unpack-thread.ts';

interface LocalThread {
  readonly listener: UnpackListener;
  orders: number;
  ended: boolean;
}

const sha256Of = async (tar: UnpackedLayer['tar']): Promise<string> =>
  sha256Hex(tar instanceof Blob ? new Uint8Array(await tar.arrayBuffer()) : tar.unpacked);

const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A pool whose clock never wakes unless told to, and the threads it started. */
function world(threads: number) {
  const started: LocalThread[] = [];
  let wake: (() => void) | undefined;
  const clock = {
    sleep: (_: number, signal?: AbortSignal): Promise<void> =>
      new Promise((resolve, reject) => {
        wake = resolve;
        signal?.addEventListener('abort', () => {
          reject(new Error('woken early'));
        });
      }),
  };
  const unpack = createUnpackPool({
    threads,
    clock,
    start: (listener) => {
      const thread: LocalThread = { listener, orders: 0, ended: false };
      started.push(thread);
      const served = later().then(() =>
        serveUnpacking(createEagerClock(), (news) => {
          const message = structuredClone(news);
          setImmediate(() => {
            if (!thread.ended) listener.tells(message);
          });
        }),
      );
      return {
        post(order: UnpackOrder) {
          thread.orders++;
          const message = structuredClone(order);
          void served.then((hear) => {
            hear(message);
          });
        },
        end() {
          thread.ended = true;
        },
      };
    },
  });
  return { started, unpack, wake: () => wake?.() };
}

/** A layer that stays longer than a small one when it is compressed. */
async function packedLayer(name: string): Promise<Bytes> {
  let noise = '';
  for (let n = 1; noise.length < 200_000; n = (n * 48_271) % 0x7fffffff) noise += n.toString(36);
  return readAll(gzipLayer(tarOf({ [name]: noise, small: 'x' })));
}

/** In chunks as a network gives them. */
function arriving(bytes: Bytes, chunkBytes = 10_000): ReadableStream<Uint8Array> {
  const chunks: Bytes[] = [];
  for (let at = 0; at < bytes.byteLength; at += chunkBytes) chunks.push(bytes.subarray(at, at + chunkBytes));
  return streamOf(...chunks);
}

describe('a pool of threads that unpack', () => {
  it('gives what is unpacked without it, its index in its stored form too', async () => {
    const { unpack } = world(2);
    const packed = await packedLayer('file');
    const layer = await unpack(arriving(packed), createJob());
    const expected = await unpackInline(arriving(packed), createJob());
    expect(layer).toMatchObject({ diffID: expected.diffID, index: expected.index });
    expect(await sha256Of(layer.tar)).toBe(await sha256Of(expected.tar));
    expect(layer.storedIndex).toMatchObject({ rows: 2 });
  });

  it('hands a tar over in both forms, where it came far smaller', async () => {
    const { unpack } = world(1);
    const names = Array.from({ length: 9000 }, (_, i) => `${(i * 48_271) % 65_537}`);
    const packed = await readAll(gzipLayer(tarOf(Object.fromEntries(names.map((name) => [name, 'x'.repeat(600)])))));
    expect(packed.byteLength).toBeGreaterThan(64 * 1024);
    const layer = await unpack(arriving(packed), createJob());
    expect('packed' in layer.tar && equalBytes(layer.tar.packed, packed)).toBe(true);
    expect(`sha256:${await sha256Of(layer.tar)}`).toBe(layer.diffID);
  });

  it('leaves the chunks it is given as they are', async () => {
    const { unpack } = world(1);
    const packed = await packedLayer('file');
    const before = packed.slice();
    await unpack(arriving(packed), createJob());
    expect(equalBytes(packed, before)).toBe(true);
  });

  it('starts no thread for a small layer', async () => {
    const { started, unpack } = world(2);
    const layer = await unpack(gzipLayer(tarOf({ a: 'b' })), createJob());
    expect(layer.index.entries.map(({ path }) => path)).toEqual(['/a']);
    expect(started).toEqual([]);
  });

  it('unpacks several at once, one of them where it is asked for, and has the others wait for their turn', async () => {
    const { started, unpack } = world(2);
    const names = ['a', 'b', 'c', 'd', 'e'];
    const layers = await Promise.all(names.map(async (name) => unpack(arriving(await packedLayer(name)), createJob())));
    expect(layers.map(({ index }) => index.entries[0]?.path)).toEqual(['/a', '/b', '/c', '/d', '/e']);
    expect(started).toHaveLength(2);
    for (const { orders } of started) expect(orders).toBeGreaterThan(10);
    const ordersOfOne = Math.ceil((await packedLayer('a')).byteLength / 10_000) + 1;
    expect(started.reduce((sum, { orders }) => sum + orders, 0)).toBeLessThanOrEqual(4 * ordersOfOne + names.length);
  });

  it('fails as the layer does, tells the source to stop, and goes on with another thread', async () => {
    const { started, unpack } = world(1);
    const packed = await packedLayer('file');
    const damaged = packed.slice();
    damaged.fill(7, 50_000, 50_100);
    let cancelled = false;
    // more comes after what is damaged
    const source = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(damaged);
      },
      cancel() {
        cancelled = true;
      },
    });
    await expect(unpack(source, createJob())).rejects.toMatchObject({ code: 'corrupt' });
    expect(cancelled).toBe(true);
    expect(started.map(({ ended }) => ended)).toEqual([true]);
    expect((await unpack(arriving(packed), createJob())).index.entries).toHaveLength(2);
    expect(started).toHaveLength(2);
  });

  it('fails as the source does', async () => {
    const { unpack } = world(1);
    const packed = await packedLayer('file');
    let chunk = 0;
    const breaking = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (chunk === 10) controller.error(new TypeError('the network is gone'));
        else controller.enqueue(packed.subarray(chunk * 10_000, ++chunk * 10_000));
      },
    });
    await expect(unpack(breaking, createJob())).rejects.toThrow('the network is gone');
  });

  it('ends the thread of a layer that is given up', async () => {
    const { started, unpack } = world(1);
    const stop = new AbortController();
    const packed = await packedLayer('file');
    // it never ends
    const endless = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(packed.subarray(0, 100_000));
      },
    });
    const unpacking = unpack(endless, createJob(stop.signal));
    await expect.poll(() => started[0]?.orders).toBe(1);
    stop.abort();
    await expect(unpacking).rejects.toMatchObject({ code: 'cancelled' });
    expect(started[0]?.ended).toBe(true);
    await expect(unpack(arriving(packed), createJob(stop.signal))).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('lets no more than a few chunks wait for a thread that is slow', async () => {
    let posted = 0;
    let listener: UnpackListener | undefined;
    const unpack = createUnpackPool({
      threads: 1,
      clock: createEagerClock(),
      start: (heard) => {
        listener = heard;
        return { post: () => void posted++, end: () => undefined };
      },
    });
    const stop = new AbortController();
    const unpacking = unpack(arriving(await packedLayer('file')), createJob(stop.signal));
    await expect.poll(() => listener).toBeDefined();
    listener?.tells({ kind: 'ready' });
    await expect.poll(() => posted).toBe(4);
    await later();
    expect(posted).toBe(4);
    listener?.tells({ kind: 'taken' });
    await expect.poll(() => posted).toBe(5);
    stop.abort();
    await expect(unpacking).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('unpacks in line where no thread can be made, and where none comes up', async () => {
    const packed = await packedLayer('file');
    const refused = createUnpackPool({
      threads: 2,
      clock: createEagerClock(),
      start: () => {
        throw new Error('a frame in a sandbox');
      },
    });
    expect((await refused(arriving(packed), createJob())).index.entries).toHaveLength(2);
    const missing = createUnpackPool({
      threads: 2,
      clock: createEagerClock(),
      start: (listener) => {
        setImmediate(() => {
          listener.broken('the script is not to be had');
        });
        return { post: () => undefined, end: () => undefined };
      },
    });
    expect((await missing(arriving(packed), createJob())).index.entries).toHaveLength(2);
  });

  it('ends its threads when nothing came for a while, and starts others for what comes then', async () => {
    const { started, unpack, wake } = world(2);
    const packed = await packedLayer('file');
    await unpack(arriving(packed), createJob());
    wake();
    await later();
    expect(started.map(({ ended }) => ended)).toEqual([true]);
    await unpack(arriving(packed), createJob());
    expect(started).toHaveLength(2);
  });
});
