/** The pool over threads of the test's own, which answer when they are told to. */
import { describe, expect, it } from 'vitest';
import { createEagerClock } from '../../tests/interop/registry-world.ts';
import { readAll, streamOf, type Bytes } from '../base/bytes.ts';
import type { Clock } from '../base/ports.ts';
import { SEGMENT_BYTES, SegmentDeflater } from '../codec/deflate/segment.ts';
import { gzipLayer } from '../codec/gzip-layer.ts';
import { sha256Hex } from '../codec/sha256.ts';
import { createSegmentPool, type ThreadListener } from './segment-pool.ts';

interface FakeThread {
  readonly listener: ThreadListener;
  readonly posted: Bytes[];
  ended: boolean;
  /** Does the segment that has waited longest. */
  work(): void;
}

/** A clock whose sleeps last until the test ends them. */
function sleepingClock(): Pick<Clock, 'sleep'> & { wake(): void } {
  let wakers: (() => void)[] = [];
  return {
    sleep: (_, signal) =>
      new Promise((resolve, reject) => {
        wakers.push(resolve);
        signal?.addEventListener('abort', () => {
          reject(new Error('woken early'));
        });
      }),
    wake() {
      for (const waker of wakers) waker();
      wakers = [];
    },
  };
}

function world(threads: number) {
  const started: FakeThread[] = [];
  const clock = sleepingClock();
  const start = (listener: ThreadListener) => {
    const deflater = new SegmentDeflater();
    const posted: Bytes[] = [];
    const thread: FakeThread = {
      listener,
      posted,
      ended: false,
      work() {
        const segment = posted.shift();
        if (segment !== undefined) listener.packed(deflater.deflate(segment));
      },
    };
    started.push(thread);
    return {
      post: (segment: Bytes) => void posted.push(segment),
      end: () => {
        thread.ended = true;
      },
    };
  };
  return { started, clock, pool: createSegmentPool({ threads, start, clock }) };
}

const segment = (fill: number, sizeBytes = SEGMENT_BYTES): Bytes => new Uint8Array(sizeBytes).fill(fill);
const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a pool of threads that compress', () => {
  it('starts none for what is shorter than a segment', async () => {
    const { started, pool } = world(2);
    expect((await pool.pack(segment(1, 1000))).sizeBytes).toBe(1000);
    expect(started).toEqual([]);
  });

  it('compresses in line until a thread is ready, and gives segments to the one with the least to do', async () => {
    const { started, pool } = world(2);
    const first = await pool.pack(segment(1));
    expect(started.map(({ posted }) => posted.length)).toEqual([0, 0]);
    started[1]?.listener.ready();
    const second = pool.pack(segment(1));
    started[0]?.listener.ready();
    const third = pool.pack(segment(2));
    expect(started.map(({ posted }) => posted.length)).toEqual([1, 1]);
    started[0]?.work();
    expect((await third).sum).not.toBe(first.sum);
    started[1]?.work();
    expect(await second).toEqual(first);
  });

  it('ends its threads when nothing came for a while, and starts others for what comes then', async () => {
    const { started, clock, pool } = world(1);
    await pool.pack(segment(1));
    await pool.pack(segment(2));
    clock.wake();
    await later();
    expect(started.map(({ ended }) => ended)).toEqual([true]);
    await pool.pack(segment(3));
    expect(started).toHaveLength(2);
  });

  it('keeps them while one of them still works', async () => {
    const { started, clock, pool } = world(1);
    await pool.pack(segment(1));
    started[0]?.listener.ready();
    const slow = pool.pack(segment(2));
    clock.wake();
    await later();
    expect(started[0]?.ended).toBe(false);
    started[0]?.work();
    expect((await slow).sizeBytes).toBe(SEGMENT_BYTES);
  });

  it('compresses in line where no thread can be made, and where none comes up', async () => {
    const refused = createSegmentPool({
      threads: 2,
      start: () => {
        throw new Error('a frame in a sandbox');
      },
      clock: createEagerClock(),
    });
    const { started, pool } = world(1);
    const expected = await pool.pack(segment(7));
    started[0]?.listener.broken('the script is not to be had');
    expect(await pool.pack(segment(7))).toEqual(expected);
    expect(await refused.pack(segment(7))).toEqual(expected);
    expect(started[0]?.posted).toEqual([]);
  });

  it('fails the layer whose segments a broken thread had, and does the next in line', async () => {
    const { started, pool } = world(1);
    await pool.pack(segment(1));
    started[0]?.listener.ready();
    const layer = readAll(gzipLayer(streamOf(segment(1, 3 * SEGMENT_BYTES)), pool));
    await later();
    started[0]?.listener.broken('out of memory');
    await expect(layer).rejects.toMatchObject({ code: 'internal' });
    expect((await pool.pack(segment(2))).sizeBytes).toBe(SEGMENT_BYTES);
  });

  it('makes of a layer what is made of it without threads', async () => {
    const { started, pool } = world(2);
    const tar = new Uint8Array(5 * SEGMENT_BYTES + 12_345);
    for (let i = 0; i < tar.byteLength; i += 100) tar[i] = (i * i) >>> 11;
    await pool.pack(segment(1));
    for (const { listener } of started) listener.ready();
    const packing = readAll(gzipLayer(streamOf(tar), pool));
    let done = false;
    const packed = packing.finally(() => (done = true));
    while (!done) {
      // the last thread first: segments come back in another order than they went
      for (const thread of started.toReversed()) thread.work();
      await later();
    }
    expect(await sha256Hex(await packed)).toBe(await sha256Hex(await readAll(gzipLayer(streamOf(tar)))));
  });
});
