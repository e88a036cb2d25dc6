import { expect, it } from 'vitest';
import { findCommands, findPaths, type Command } from './command-search.ts';

const command = (group: string, title: string): Command => ({ group, title, run: () => undefined });
const COMMANDS = [
  command('Image', 'Download'),
  command('Panel', 'Layers'),
  command('Image', 'Rebuild'),
  command('Image', 'Build'),
];
const titles = (typed: string): string[] => findCommands(COMMANDS, typed).map(({ title }) => title);

it('every word must be there, in title or group', () => {
  expect(titles('image load')).toEqual(['Download']);
  expect(titles('')).toHaveLength(4);
  expect(titles('nothing')).toEqual([]);
});

it('what begins with the word comes first', () => {
  expect(titles('build')).toEqual(['Build', 'Rebuild']);
});

it('paths are found by their last name first, from two letters on', () => {
  const paths = ['/etc/motd.d/long', '/usr/share/motd', '/etc/motd', '/usr/motd'];
  const found = (typed: string, most: number): string[] => findPaths(paths, typed, most).map((place) => paths[place]!);
  expect(found('MOTD', 2)).toEqual(['/etc/motd', '/usr/motd']);
  expect(found('motd', 9)).toEqual(['/etc/motd', '/usr/motd', '/usr/share/motd', '/etc/motd.d/long']);
  expect(found('m', 9)).toEqual([]);
});
