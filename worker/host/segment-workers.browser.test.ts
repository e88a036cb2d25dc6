/** Layers compressed in the browser's own workers, to the bytes they are compressed to without. */
import { expect, it } from 'vitest';
import { readAll, streamOf } from '../base/bytes.ts';
import { SEGMENT_BYTES } from '../codec/deflate/segment.ts';
import { gzipLayer } from '../codec/gzip-layer.ts';
import { sha256Hex } from '../codec/sha256.ts';
import { createBrowserClock } from './clock.ts';
import { segmentWorkers } from './segment-workers.ts';

it('workers take segments over once they are up, and give what is made without them', async () => {
  const pool = segmentWorkers(createBrowserClock());
  await expect
    .poll(async () => {
      const segment = new Uint8Array(SEGMENT_BYTES);
      await pool.pack(segment);
      // a buffer that went to a worker is no longer here
      return segment.byteLength;
    })
    .toBe(0);
  const tar = new Uint8Array(5 * SEGMENT_BYTES + 777);
  for (let i = 0; i < tar.byteLength; i += 3) tar[i] = (i * i) >>> 9;
  const packed = await readAll(gzipLayer(streamOf(tar), pool));
  expect(await sha256Hex(packed)).toBe(await sha256Hex(await readAll(gzipLayer(streamOf(tar)))));
});
