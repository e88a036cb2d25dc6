/** Composition root of a worker that compresses segments of layers, in the order they are posted. */
import type { Bytes } from './base/bytes.ts';
import { SegmentDeflater } from './codec/deflate/segment.ts';

const deflater = new SegmentDeflater();
self.onmessage = ({ data }: MessageEvent<Bytes>) => {
  const segment = deflater.deflate(data);
  self.postMessage(segment, { transfer: [segment.packed.buffer] });
};
self.postMessage('ready');
