/** Web Workers that compress segments of layers: for the engine's own worker, which starts them beside itself. */
import type { PackedSegment, SegmentPacker } from '../codec/deflate/segment.ts';
import type { Clock } from '../base/ports.ts';
import segmentAddress from '../segment.worker.ts?worker&url';
import { createSegmentPool, type SegmentThread, type ThreadListener } from './segment-pool.ts';

/** More would wait for the one thread that reads, hashes and sends. */
const MAX_THREADS = 3;

/** Compresses with as many workers as there are processors, up to three. */
export function segmentWorkers(clock: Clock): SegmentPacker {
  const threads = Math.min(navigator.hardwareConcurrency, MAX_THREADS);
  return createSegmentPool({ threads, start: startWorker, clock });
}

function startWorker(listener: ThreadListener): SegmentThread {
  const address = new URL(segmentAddress, import.meta.url);
  const worker = new Worker(address, { type: 'module', name: 'strata segments' });
  worker.onmessage = ({ data }: MessageEvent<PackedSegment | 'ready'>) => {
    if (data === 'ready') listener.ready();
    else listener.packed(data);
  };
  worker.onerror = (event) => {
    // told to who waits for its segments; where it could not even start, nobody does
    event.preventDefault();
    listener.broken(event.message);
  };
  return {
    post: (segment) => {
      worker.postMessage(segment, [segment.buffer]);
    },
    end: () => {
      worker.terminate();
    },
  };
}
