import { expect, it } from 'vitest';
import type { TraceLine } from '../../../worker/api/types.ts';
import { traceSentences } from './trace-words.ts';

const line = (layer: number, says: TraceLine['says'], more: Partial<TraceLine> = {}): TraceLine => ({
  layer,
  says,
  visible: false,
  ...more,
});
const told = (...lines: TraceLine[]) => traceSentences(lines).map(({ layer, alike, lead }) => [layer, alike, lead]);

it('layers that have nothing are told in one breath, and silence below the find is not told', () => {
  expect(
    told(
      line(4, 'absent'),
      line(3, 'absent'),
      line(2, 'found', { visible: true, sizeBytes: 1100 }),
      line(1, 'absent'),
      line(0, 'absent'),
    ),
  ).toEqual([
    [4, 1, 'not here'],
    [2, 0, 'found (1.1\u00a0kB)'],
  ]);
});

it('what lies below the find is hidden by it', () => {
  const sentences = traceSentences([line(1, 'found', { visible: true }), line(0, 'found', { sizeBytes: 5 })]);
  expect(sentences[1]).toMatchObject({ lead: 'has it too (5\u00a0B)', rest: 'Hidden by the layer above.' });
});

it('a whiteout ends the search', () => {
  const sentences = traceSentences([line(2, 'absent'), line(1, 'whiteout'), line(0, 'found')]);
  expect(sentences.map((sentence) => sentence.lead)).toEqual(['not here', 'whiteout', 'has it too']);
  expect(sentences[1]?.rest).toContain('nothing below can show through');
});

it('an opaque directory is named', () => {
  const [sentence] = traceSentences([line(1, 'opaque', { directory: '/var/lib' })]);
  expect(sentence?.rest).toContain('/var/lib is opaque here');
});
