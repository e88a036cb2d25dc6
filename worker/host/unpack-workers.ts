/** Web Workers that unpack layers: for the engine's own worker, which starts them beside itself. */
import type { Clock } from '../base/ports.ts';
import type { UnpackLayer } from '../layer/unpack-layer.ts';
import unpackAddress from '../unpack.worker.ts?worker&url';
import { createUnpackPool, type UnpackListener, type UnpackThread } from './unpack-pool.ts';
import type { UnpackNews } from './unpack-thread.ts';

/** As many as layers are fetched at once. */
const MAX_THREADS = 3;

/**
 * Unpacks with a worker for each processor but the one that the engine and the page are at, three at most: each of them compiles the
 * same code for itself, which costs more than it gives where there is no processor for it.
 */
export function unpackWorkers(clock: Clock): UnpackLayer {
  const threads = Math.min(Math.max(navigator.hardwareConcurrency - 1, 1), MAX_THREADS);
  return createUnpackPool({ threads, start: startWorker, clock });
}

function startWorker(listener: UnpackListener): UnpackThread {
  const address = new URL(unpackAddress, import.meta.url);
  const worker = new Worker(address, { type: 'module', name: 'strata layers' });
  worker.onmessage = ({ data }: MessageEvent<UnpackNews>) => {
    listener.tells(data);
  };
  worker.onerror = (event) => {
    // told to whoever waits for its layer; where it could not even start, the layer is unpacked without it
    event.preventDefault();
    listener.broken(event.message);
  };
  return {
    post: (order) => {
      worker.postMessage(order, order.kind === 'chunk' ? [order.bytes.buffer] : []);
    },
    end: () => {
      worker.terminate();
    },
  };
}
