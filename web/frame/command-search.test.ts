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
  const paths = ['/etc/motd.d/long', '/etc/motd', '/usr/motd'];
  expect(findPaths(paths, 'motd', 2)).toEqual(['/etc/motd', '/usr/motd']);
  expect(findPaths(paths, 'm', 9)).toEqual([]);
});
