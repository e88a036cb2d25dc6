/** Composition root of a thread of Node that compresses segments of layers, in the order they are posted. */
import { parentPort } from 'node:worker_threads';
import type { Bytes } from '../../base/bytes.ts';
import { SegmentDeflater } from '../../codec/deflate/segment.ts';

const deflater = new SegmentDeflater();
parentPort?.on('message', (data: Bytes) => {
  const segment = deflater.deflate(data);
  parentPort?.postMessage(segment, [segment.packed.buffer]);
});
parentPort?.postMessage('ready');
