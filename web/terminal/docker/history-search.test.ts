import { expect, it } from 'vitest';
import { startSearch } from './history-search.ts';

const LINES = ['docker images', 'docker run busybox', 'ls', 'docker ps'];

it('finds the latest line that holds what is typed, then older ones', () => {
  const search = startSearch(LINES, 'half').longer('do');
  expect(search.found).toBe('docker ps');
  expect(search.older().found).toBe('docker run busybox');
  expect(search.older().older().older().found).toBe('docker images');
  expect(search.prompt).toBe("(reverse-i-search)`do': ");
});

it('stays where nothing holds it, and says so; a shorter text is looked for from the end again', () => {
  const search = startSearch(LINES, '').longer('r').longer('un').longer('z');
  expect(search.found).toBe('docker run busybox');
  expect(search.prompt).toContain('failed');
  expect(search.shorter().found).toBe('docker run busybox');
  expect(search.shorter().shorter().shorter().found).toBe('docker ps');
});

it('keeps what stood there', () => {
  expect(startSearch(LINES, 'half').longer('ls').typed).toBe('half');
  expect(startSearch([], 'half').longer('x').found).toBe('half');
});
