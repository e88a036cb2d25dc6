import { describe, expect, it } from 'vitest';
import { asBlob, blobOf, lateBlob, type BytesPart } from './blob-like.ts';
import { readAll, utf8, utf8Text } from './bytes.ts';

const whole = (text: string) => (): Promise<BytesPart> => Promise.resolve({ at: 0, bytes: utf8(text) });

describe('bytes that are had later', () => {
  const text = 'what is read in slices';
  const late = (): ReturnType<typeof lateBlob> => lateBlob(text.length, whole(text));

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
    const bytes = lateBlob(3, () => whole(`${(asked += 1)}bc`)());
    const slice = bytes.slice(0, 2);
    expect([bytes.size, slice.size, asked]).toEqual([3, 2, 0]);
    expect(await slice.text()).toBe('1b');
    expect(await (await blobOf([utf8('<'), slice, new Blob(['>'])], 'text/plain')).text()).toBe('<2b>');
  });

  it('are taken from whatever part has them', async () => {
    const asked: string[] = [];
    const bytes = lateBlob(9, (start, end) => {
      asked.push(`${start}-${end}`);
      return Promise.resolve({ at: 3, bytes: utf8('defg') });
    });
    const slice = bytes.slice(4, 6);
    expect([await slice.text(), utf8Text(await readAll(slice.stream()))]).toEqual(['ef', 'ef']);
    expect(asked).toEqual(['4-6', '4-6']);
  });

  it('come as a stream in pieces', async () => {
    const bytes = new Uint8Array((1 << 20) + 1).fill(7);
    const sizes: number[] = [];
    for await (const piece of lateBlob(bytes.byteLength, () => Promise.resolve({ at: 0, bytes })).stream())
      sizes.push(piece.length);
    expect(sizes).toEqual([1 << 20, 1]);
  });
});
