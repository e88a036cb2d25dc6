import { expect, it } from 'vitest';
import { shortcutOf, SHORTCUTS, type PressedKey } from './shortcuts.ts';

const press = (key: string, more: Partial<PressedKey> = {}): PressedKey => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});

it('Ctrl and Cmd open the palette, even while typing', () => {
  expect(shortcutOf(press('k', { ctrlKey: true }), true, true)).toBe('palette');
  expect(shortcutOf(press('K', { metaKey: true }), true, false)).toBe('palette');
  expect(shortcutOf(press('k'), false, true)).toBeUndefined();
});

it('single keys are text where text is typed, and nothing where they are turned off', () => {
  expect(shortcutOf(press('?'), false, true)).toBe('help');
  expect(shortcutOf(press('?'), true, true)).toBeUndefined();
  expect(shortcutOf(press('?'), false, false)).toBeUndefined();
});

it('no two shortcuts share a key', () => {
  const keys = SHORTCUTS.map(({ key, withControl }) => `${withControl} ${key}`);
  expect(new Set(keys).size).toBe(keys.length);
});
