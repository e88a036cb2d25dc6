import { expect, it } from 'vitest';
import { ALL_HINTS, nextHint, type HintFacts } from './hints.ts';

const FACTS: HintFacts = { hasImage: true, hasContainer: false, hasChosenPath: false, failed: false };

it('each hint is told once, and only when it can be tried', () => {
  const seen: string[] = [];
  for (let hint = nextHint(FACTS, seen); hint !== undefined; hint = nextHint(FACTS, seen)) seen.push(hint.id);
  expect(seen).toEqual(['linked', 'trace', 'run', 'palette']);
  expect(nextHint({ ...FACTS, hasContainer: true }, seen)?.id).toBe('writes');
});

it('without an image there is nothing to try, and who wants none gets none', () => {
  expect(nextHint({ ...FACTS, hasImage: false }, [])).toBeUndefined();
  expect(nextHint({ ...FACTS, failed: true }, ALL_HINTS)).toBeUndefined();
});
