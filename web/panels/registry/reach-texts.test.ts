import { expect, it } from 'vitest';
import { parseReach, reachTexts } from './reach-texts.ts';

it('settings come back from their lines as they were', () => {
  const settings = {
    mirrors: ['https://a.example', 'http://localhost:5001'],
    mirrorsOf: { 'ghcr.io': ['http://localhost:5002', 'https://b.example'] },
    insecureRegistries: ['registry.lan:5000'],
  };
  expect(parseReach(reachTexts(settings))).toEqual(settings);
});

it('blank lines and blanks around addresses do not count', () => {
  expect(parseReach({ mirrors: '\n  https://a.example  \n', proxies: '', insecure: ' ' })).toEqual({
    mirrors: ['https://a.example'],
    mirrorsOf: {},
    insecureRegistries: [],
  });
});

it.each(['ghcr.io', 'ghcr.io http://a b'])('a proxy line that is no pair is told: %s', (proxies) => {
  expect(() => parseReach({ mirrors: '', proxies, insecure: '' })).toThrow('is not a registry and an address');
});
