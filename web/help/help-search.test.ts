import { expect, it } from 'vitest';
import { decodeHelpPlace, encodeHelpPlace, findEntries } from './help-search.ts';
import type { Reference, ReferenceEntry } from './reference.ts';

const entry = (name: string, more: Partial<ReferenceEntry> = {}): ReferenceEntry => ({
  name,
  also: [],
  summary: '',
  forms: [],
  text: [],
  flags: [],
  ...more,
});

const REFERENCE: Reference = {
  fidelity: [],
  sections: [
    {
      id: 'commands',
      title: 'Commands',
      about: '',
      entries: [
        entry('docker image ls', { also: ['docker images'], summary: 'List images' }),
        entry('docker run', { flags: [{ name: '--rm', text: 'Remove the container when it exits' }] }),
        entry('docker container rm'),
      ],
    },
    { id: 'programs', title: 'Programs', about: '', entries: [entry('rm'), entry('ls')] },
  ],
};

const names = (typed: string): (readonly string[])[] =>
  findEntries(REFERENCE, typed).map(({ entries }) => entries.map(({ name }) => name));

it('finds by name, other names, flags and text; names come before texts', () => {
  expect(names('docker images')).toEqual([['docker image ls']]);
  expect(names('rm')).toEqual([['docker container rm', 'docker run'], ['rm']]);
  expect(names('remove exits')).toEqual([['docker run']]);
  expect(names('nothing has this')).toEqual([]);
});

it('an address names a section or an entry of it, and anything else the table', () => {
  const places = ['dockerfile/COPY', 'commands/docker image ls', 'checks'];
  expect(places.map((text) => encodeHelpPlace(decodeHelpPlace(text)))).toEqual(places);
  expect(decodeHelpPlace('<script>')).toEqual({ section: 'real', entry: '' });
});
