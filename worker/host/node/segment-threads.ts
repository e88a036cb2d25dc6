/**
 * Threads of Node that compress segments of layers. Their script is TypeScript, which they read with tsx's loader; where that is not
 * to be had, layers are compressed in line.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../../base/ports.ts';
import type { PackedSegment, SegmentPacker } from '../../codec/deflate/segment.ts';
import { createSegmentPool, type SegmentThread, type ThreadListener } from '../segment-pool.ts';

const MAX_THREADS = 3;
const SCRIPT = new URL('./segment-thread.ts', import.meta.url).href;

/** Compresses with as many threads as there are processors, up to three. */
export function segmentThreads(clock: Clock): SegmentPacker {
  return createSegmentPool({ threads: Math.min(availableParallelism(), MAX_THREADS), start: startThread, clock });
}

function startThread(listener: ThreadListener): SegmentThread {
  const loader = import.meta.resolve('tsx/esm/api');
  const boot = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(SCRIPT)}); })`;
  const thread = new Worker(boot, { eval: true });
  thread.on('message', (message: PackedSegment | 'ready') => {
    if (message === 'ready') listener.ready();
    else listener.packed(message);
  });
  thread.on('error', (cause) => {
    listener.broken(cause);
  });
  return {
    post: (segment) => {
      thread.postMessage(segment, [segment.buffer]);
    },
    end: () => void thread.terminate(),
  };
}
