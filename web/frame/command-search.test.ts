import { expect, it } from 'vitest';
import { resolvePath } from '../../worker/base/path.ts';
import { TreeRows } from '../../worker/api/types.ts';
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

const tree = (...paths: string[]): TreeRows =>
  TreeRows.of(
    paths.map((path) => ({
      path: resolvePath(path),
      depth: 1,
      kind: 'file',
      sizeBytes: 0,
      mode: 0o644,
      uid: 0,
      gid: 0,
      mtimeMs: 0,
      layer: 0,
      deleted: false,
      marks: [],
    })),
  );

it('paths are found by their last name first, from two letters on', () => {
  const paths = tree('/etc/motd.d/long', '/usr/share/motd', '/etc/motd', '/usr/motd');
  expect(findPaths(paths, 'MOTD', 2)).toEqual(['/etc/motd', '/usr/motd']);
  expect(findPaths(paths, 'motd', 9)).toEqual(['/etc/motd', '/usr/motd', '/usr/share/motd', '/etc/motd.d/long']);
  expect(findPaths(paths, 'm', 9)).toEqual([]);
});
