import { blobOf } from '../base/blob-like.ts';
import { describe, expect, it } from 'vitest';
import { readAll, utf8, utf8Text } from '../base/bytes.ts';
import { BytePartList, partsSize, partsStream } from './byte-parts.ts';

describe('a list of byte parts', () => {
  it('keeps small and large, buffers and Blobs in order', async () => {
    const list = new BytePartList();
    list.addBytes(utf8('one '));
    list.addSlice(new Blob(['--two --']), 2, 6);
    list.addBytes(new Uint8Array(100_000).fill(0x78));
    list.addBytes(utf8(' three'));
    list.addZeros(2);
    list.addSlice(utf8('nothing'), 3, 3);
    const parts = list.finish();
    const text = utf8Text(await readAll(partsStream(parts)));
    expect(text).toBe(`one two ${'x'.repeat(100_000)} three\0\0`);
    expect(partsSize(parts)).toBe(text.length);
    expect(await (await blobOf(parts)).text()).toBe(text);
  });

  it('gathers many small pieces in few parts', () => {
    const list = new BytePartList();
    for (let i = 0; i < 10_000; i++) list.addBytes(new Uint8Array(100).fill(i));
    expect(list.finish().length).toBeLessThan(6);
  });

  it('does not write to what it gave out, nor keep small buffers', async () => {
    const list = new BytePartList();
    const small = utf8('before');
    list.addBytes(small);
    small.fill(0);
    list.addBytes(utf8(' after'));
    expect(utf8Text(await readAll(partsStream(list.finish())))).toBe('before after');
  });

  it('streams in chunks of a bounded size', async () => {
    for await (const chunk of partsStream([new Uint8Array(3_000_000), new Blob([new Uint8Array(3_000_000)])])) {
      expect(chunk.byteLength).toBeLessThanOrEqual(1 << 20);
    }
  });
});
