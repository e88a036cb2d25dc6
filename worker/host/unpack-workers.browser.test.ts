/** Layers unpacked in the browser's own workers, to what they are unpacked to without. */
import { expect, it } from 'vitest';
import { equalBytes, readAll, streamOf } from '../base/bytes.ts';
import { createUnstoppableJob } from '../base/job.ts';
import { gzipLayer } from '../codec/gzip-layer.ts';
import { digestOf } from '../codec/sha256.ts';
import { TarWriter } from '../codec/tar-writer.ts';
import { partsStream } from '../codec/byte-parts.ts';
import { unpackInline } from '../layer/unpack-layer.ts';
import { createBrowserClock } from './clock.ts';
import { unpackWorkers } from './unpack-workers.ts';

it('workers unpack what is larger than a small layer, several at once, and the thread that asks one of them', async () => {
  const clock = createBrowserClock();
  const job = createUnstoppableJob('test', clock);
  const unpack = unpackWorkers(clock);
  const writer = new TarWriter();
  for (let i = 0; i < 20_000; i++) {
    writer.add({
      path: `files/${(i * 48_271) % 65_537}`,
      type: 'file',
      mode: 0o644,
      uid: i,
      gid: 0,
      mtimeMs: i * 1000,
    });
  }
  const packed = await readAll(gzipLayer(partsStream(writer.finish())));
  expect(packed.byteLength).toBeGreaterThan(64 * 1024);
  const expected = await unpackInline(streamOf(packed), job);
  const layers = await Promise.all([1, 2, 3, 4].map(() => unpack(streamOf(packed), job)));
  for (const layer of layers) {
    expect(layer.diffID).toBe(expected.diffID);
    expect(layer.index).toEqual(expected.index);
    expect('packed' in layer.tar && equalBytes(layer.tar.packed, packed)).toBe(true);
    expect('packed' in layer.tar && (await digestOf(layer.tar.unpacked))).toBe(expected.diffID);
  }
  // only a thread has it in this form
  expect(layers.some(({ storedIndex }) => storedIndex !== undefined)).toBe(true);
  const cut = packed.subarray(0, packed.byteLength >> 1);
  await expect(unpack(streamOf(cut), job)).rejects.toMatchObject({ code: 'corrupt' });
});
