import { describe, expect, it } from 'vitest';
import { asBlob, blobOf, lateBlob } from './blob-like.ts';
import { readAll, utf8, utf8Text } from './bytes.ts';

describe('bytes that are had later', () => {
  const text = 'what is read in slices';
  const late = (): ReturnType<typeof lateBlob> => lateBlob(text.length, () => Promise.resolve(utf8(text)));

  it.each([
    [undefined, undefined],
    [5, 7],
    [5, undefined],
    [0, 99],
    [30, 40],
    [7, 5],
  ])('are sliced from %s to %s as a Blob is', async (start, end) => {
    const slice = late().slice(2).slice(start, end);
    const expected = new Blob([text]).slice(2).slice(start, end);
    expect(slice.size).toBe(expected.size);
    expect(await slice.text()).toBe(await expected.text());
    expect(new Uint8Array(await slice.arrayBuffer())).toEqual(new Uint8Array(await expected.arrayBuffer()));
    expect(utf8Text(await readAll(slice.stream()))).toBe(await expected.text());
    expect(await (await asBlob(slice)).text()).toBe(await expected.text());
  });

  it('are not asked for before they are read', async () => {
    let asked = 0;
    const bytes = lateBlob(3, () => Promise.resolve(utf8(`${(asked += 1)}bc`)));
    const slice = bytes.slice(0, 2);
    expect([bytes.size, slice.size, asked]).toEqual([3, 2, 0]);
    expect(await slice.text()).toBe('1b');
    expect(await (await blobOf([utf8('<'), slice, new Blob(['>'])], 'text/plain')).text()).toBe('<2b>');
  });

  it('come as a stream in pieces', async () => {
    const bytes = new Uint8Array((1 << 20) + 1).fill(7);
    const sizes: number[] = [];
    for await (const piece of lateBlob(bytes.byteLength, () => Promise.resolve(bytes)).stream())
      sizes.push(piece.length);
    expect(sizes).toEqual([1 << 20, 1]);
  });
});
