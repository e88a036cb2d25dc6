import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { file, job, tarOf } from '../../tests/fuzz/layer-fixtures.ts';
import { equalBytes, readAll, streamOf } from '../base/bytes.ts';
import { digestOf } from '../codec/sha256.ts';
import { unpackInline } from './unpack-layer.ts';

/** Text that no compressor makes much smaller. */
function noise(length: number): string {
  let text = '';
  for (let n = 1; text.length < length; n = (n * 48_271) % 0x7fffffff) text += n.toString(36);
  return text.slice(0, length);
}

it('keeps a tar that came far smaller in both forms', async () => {
  const tar = await readAll(tarOf([file('holes', '\0'.repeat(400_000)), file('text', noise(1000))]));
  const packed = gzipSync(tar);
  const layer = await unpackInline(streamOf(packed.subarray(0, 500), packed.subarray(500)), job);
  expect(layer.diffID).toBe(await digestOf(tar));
  expect(layer.index.entries.map(({ path }) => path)).toEqual(['/holes', '/text']);
  expect('packed' in layer.tar && equalBytes(layer.tar.packed, packed)).toBe(true);
  expect('packed' in layer.tar && equalBytes(layer.tar.unpacked, tar)).toBe(true);
});

it.each([
  ['came uncompressed', '\0'.repeat(400_000), false],
  ['came hardly smaller', noise(400_000), true],
  ['is short', '\0'.repeat(1000), true],
  ['is long', '\0'.repeat(33 << 20), true],
])('makes a Blob of a tar that %s', async (_, text, compressed) => {
  const tar = await readAll(tarOf([file('a', text)]));
  const { diffID, tar: blob } = await unpackInline(streamOf(compressed ? gzipSync(tar) : tar), job);
  expect(diffID).toBe(await digestOf(tar));
  expect(blob instanceof Blob && (await digestOf(new Uint8Array(await blob.arrayBuffer())))).toBe(diffID);
});
