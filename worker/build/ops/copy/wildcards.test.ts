import { describe, expect, it } from 'vitest';
import { treeOf } from '../../../../tests/build/build-world.ts';
import { resolvePath } from '../../../base/path.ts';
import { createUnionView } from '../../../vfs/union-view.ts';
import { resolveSource } from './wildcards.ts';

const view = createUnionView(
  treeOf({
    '/a.txt': '',
    '/b.txt': '',
    '/d/a.txt': '',
    '/d/e/c.txt': '',
    '/real/x': '',
    '/l': '-> real',
    '/d/l': '-> ../real',
    '/s*r': '',
  }),
  { now: () => 0 },
);
const found = (source: string): string[] => resolveSource(view, resolvePath(source));

describe('resolveSource', () => {
  it('takes a path without wildcards as it is, existing or not', () => {
    expect(found('/nowhere/x')).toEqual(['/nowhere/x']);
  });

  it('finds what matches, in order, and does not cross slashes', () => {
    expect(found('/*.txt')).toEqual(['/a.txt', '/b.txt']);
    expect(found('/*/*.txt')).toEqual(['/d/a.txt']);
    expect(found('/**/?.txt')).toEqual(['/d/a.txt']);
    expect(found('/*.md')).toEqual([]);
  });

  it('follows links before the first wildcard and not behind it', () => {
    expect(found('/l/*')).toEqual(['/real/x']);
    expect(found('/d/*/x')).toEqual([]);
    expect(found('/[l]')).toEqual(['/l']);
  });

  it('takes an escaped wildcard for itself', () => {
    expect(found('/s[*]r')).toEqual(['/s*r']);
  });
});
