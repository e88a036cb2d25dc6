import { expect, it } from 'vitest';
import { holdsProject } from './project-hash.ts';
import { decodePlace, encodePlace, type Place } from './place.ts';

const PLACES: readonly Place[] = [
  { panel: 'files', path: '/etc/motd' },
  { layers: { first: 2, last: 2 } },
  { panel: 'layers', layers: { first: 0, last: 3 }, path: '/a b/ü&=#%' },
  { help: 'commands/docker image ls' },
  { compare: 'docker/Dockerfile.bad' },
];

it.each(PLACES)('%j comes back from its address, which is no project', (place) => {
  const fragment = `#${encodePlace(place)}`;
  expect(decodePlace(fragment)).toEqual(place);
  expect(holdsProject(fragment)).toBe(false);
});

it('is written for people', () => {
  expect(encodePlace({ panel: 'files', layers: { first: 1, last: 3 }, path: '/etc/motd' })).toBe(
    'panel=files&layers=2-4&path=/etc/motd',
  );
  expect(encodePlace({})).toBe('');
});

it.each(['', '#', '#x', '#layers=0', '#layers=4-2'])('%s is no place', (fragment) => {
  expect(decodePlace(fragment)).toBeUndefined();
});

it('a path that is not absolute is left out', () => {
  expect(decodePlace('#panel=files&path=etc')).toEqual({ panel: 'files' });
});
