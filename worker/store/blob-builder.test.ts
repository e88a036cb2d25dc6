import { describe, expect, it } from 'vitest';
import { concatBytes } from '../base/bytes.ts';
import { createBlobBuilder } from './blob-builder.ts';

describe('a blob builder', () => {
  it('joins chunks of any size in order', async () => {
    const sizes = [1, 0, 3_000_000, 5_000_000, 7, 1_200_000];
    const chunks = sizes.map((size, i) => new Uint8Array(size).fill(i + 1));
    const builder = createBlobBuilder();
    for (const chunk of chunks) builder.append(chunk);
    expect(builder.sizeBytes).toBe(9_200_008);
    const blob = builder.finish();
    expect(Buffer.from(await blob.arrayBuffer()).equals(concatBytes(chunks))).toBe(true);
  });

  it('makes an empty Blob of nothing', () => {
    expect(createBlobBuilder().finish().size).toBe(0);
  });
});
