import { expect, it } from 'vitest';
import { parseSettings, Settings } from './settings.svelte.ts';

it('what is stored is checked field by field', () => {
  const values = parseSettings(
    JSON.stringify({ theme: 'pink', live: 'yes', rightPanel: 7, panes: { left: 0.3, top: 7, bad: 'x' }, xray: false }),
  );
  expect(values).toMatchObject({
    theme: 'system',
    live: true,
    rightPanel: 'layers',
    panes: { left: 0.3 },
    xray: false,
  });
});

it('lines with a password that were stored once are let go', () => {
  const typed = ['docker images', 'docker login -u ada -p lovelace'];
  expect(parseSettings(JSON.stringify({ lines: { shop: typed } })).lines).toEqual({ shop: ['docker images'] });
});

it.each([null, '', '{', '[]', '3', 'null'])('stored %j is as if nothing were stored', (stored) => {
  expect(parseSettings(stored)).toEqual(parseSettings(null));
});

it('a storage that refuses to write loses nothing while the page is open', () => {
  const full = {
    getItem: () => null,
    setItem() {
      throw new Error('QuotaExceededError');
    },
  } as unknown as Storage;
  const settings = new Settings(full);
  settings.setPane('left', 0.4);
  expect(settings.pane('left', 0.5)).toBe(0.4);
  expect(settings.pane('top', 0.7)).toBe(0.7);
});
