import { expect, it } from 'vitest';
import type { TraceLine } from '../../../worker/api/types.ts';
import { firstShown, versionsOf } from './versions.ts';

const TRACE: readonly TraceLine[] = [
  { layer: 3, says: 'whiteout', visible: false },
  { layer: 2, says: 'found', visible: false, sizeBytes: 9 },
  { layer: 1, says: 'absent', visible: false },
  { layer: 0, says: 'found', visible: false, sizeBytes: 5 },
];

it('every layer that has the file has a version of it, the newest first', () => {
  expect(versionsOf(TRACE).map(({ layer }) => layer)).toEqual([2, 0]);
  expect(versionsOf([{ layer: 0, says: 'found', visible: true }])).toEqual([]);
});

it('what is seen is shown at first; of a deleted file what was there last', () => {
  const versions = versionsOf(TRACE);
  expect(firstShown(versions)?.layer).toBe(2);
  expect(firstShown([...versions, { layer: 5, sizeBytes: 1, visible: true }])?.layer).toBe(5);
});
