import { describe, expect, it } from 'vitest';
import { treeOf } from '../../../../tests/build/build-world.ts';
import { createUnionView } from '../../../vfs/union-view.ts';
import { rootPath } from './root-path.ts';

const view = createUnionView(
  treeOf({
    '/real/f': '',
    '/abs': '-> /real',
    '/up': '-> ../../../real',
    '/gone': '-> /a/b',
    '/loop': '-> loop',
    '/one': '-> two',
    '/two': '-> one',
  }),
  { now: () => 0 },
);

describe('rootPath', () => {
  it.each([
    ['/real/f', '/real/f'],
    ['real//./f', '/real/f'],
    ['/abs/f', '/real/f'],
    ['/up/f', '/real/f'],
    ['/../../x', '/x'],
    ['/abs/../x', '/x'],
    ['/nothing/here/../x', '/nothing/x'],
    ['/gone/c', '/a/b/c'],
    ['', '/'],
  ])('%s is %s', (path, real) => {
    expect(rootPath(view, path)).toBe(real);
  });

  it('gives up on links without end', () => {
    expect(() => rootPath(view, '/loop')).toThrow('too many links');
    expect(() => rootPath(view, '/one/x')).toThrow('too many links');
  });

  it('tells what lies below a file, under the name of the root', () => {
    expect(() => rootPath(view, '/real/f/x', '/var/root')).toThrow('lstat /var/root/real/f/x: not a directory');
  });
});
