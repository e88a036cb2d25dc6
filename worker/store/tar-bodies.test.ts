import { gzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { utf8, utf8Text } from '../base/bytes.ts';
import type { AbsolutePath } from '../base/path.ts';
import { sha256Digest } from '../oci/digest.ts';
import type { LayerIndex, TarExtent } from '../vfs/layer-entry.ts';
import { TarBodies } from './tar-bodies.ts';

const DIFF_ID = sha256Digest('0'.repeat(64));

/** An index of files with these extents. */
function indexOf(...files: readonly (readonly TarExtent[])[]): LayerIndex {
  const file = { kind: 'file', mode: 0o644, uid: 0, gid: 0, mtimeMs: 0, sizeBytes: 0 } as const;
  return { sizeBytes: 0, entries: files.map((extents, i) => ({ ...file, path: `/${i}` as AbsolutePath, extents })) };
}

/** Bodies in a tar of this text, which is stored compressed; `tarBytes` is what its head says. */
function bodiesOf(text: string, index: LayerIndex, tarBytes = text.length): TarBodies {
  const stored = gzipSync(utf8(text));
  return new TarBodies({ diffID: DIFF_ID, tarBytes, stored, packed: true }, index);
}

/** What stands between the two offsets. */
async function textAt(bodies: TarBodies, start: number, end: number): Promise<string | undefined> {
  const part = await bodies.partWith(start, end);
  return part && utf8Text(part.bytes.subarray(start - part.at, end - part.at));
}

const LONG = 300_000;
const TEXT = `head-one-head-two-${'t'.repeat(LONG)}-end`;
const INDEX = indexOf(
  [{ tarOffset: 14, length: 3 }, { length: 50 }, { tarOffset: 18, length: LONG }],
  [],
  [{ tarOffset: 5, length: 3 }],
);

it('gives what is in a body, in whatever order it is asked for', async () => {
  const bodies = bodiesOf(TEXT, INDEX);
  expect(bodies.sizeBytes).toBe(6 + LONG);
  expect(await Promise.all([textAt(bodies, 18 + LONG - 2, 18 + LONG), textAt(bodies, 5, 8)])).toEqual(['tt', 'one']);
  expect(await textAt(bodies, 14, 17)).toBe('two');
  expect(await textAt(bodies, 15, 16)).toBe('w');
  expect(await textAt(bodies, 18, 18 + LONG)).toBe('t'.repeat(LONG));
});

it('knows nothing of what is in no body', async () => {
  const bodies = bodiesOf(TEXT, INDEX);
  for (const [start, end] of [
    [0, 4],
    [4, 8],
    [5, 9],
    [8, 10],
    [18, 19 + LONG],
    [0, TEXT.length],
  ] as const)
    expect(await textAt(bodies, start, end)).toBeUndefined();
  expect(await textAt(bodiesOf('none', indexOf()), 0, 2)).toBeUndefined();
});

it('unpacks no further than it has to, and says where it finds damage', async () => {
  const corrupt = { code: 'corrupt', data: { digest: DIFF_ID } };
  for (const tarBytes of [TEXT.length - 1, TEXT.length + 1]) {
    const bodies = bodiesOf(
      TEXT,
      indexOf([{ tarOffset: 5, length: 3 }], [{ tarOffset: TEXT.length, length: 1 }]),
      tarBytes,
    );
    expect(await textAt(bodies, 5, 8)).toBe('one');
    await expect(bodies.partWith(TEXT.length, TEXT.length + 1)).rejects.toMatchObject(corrupt);
    await expect(bodies.partWith(5, 8)).rejects.toMatchObject(corrupt);
  }
});
