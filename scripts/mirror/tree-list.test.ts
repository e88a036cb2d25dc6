import { describe, expect, it } from 'vitest';
import { formatTreeList, parseTreeList, sortedByPath, type ListedEntry } from './tree-list.ts';

const root = { uid: 0, gid: 0 };
const ENTRIES: readonly ListedEntry[] = [
  { kind: 'directory', path: '/', mode: 0o755, ...root },
  { kind: 'symlink', path: '/bin', target: 'usr/bin' },
  { kind: 'directory', path: '/etc', mode: 0o755, ...root },
  { kind: 'file', path: '/etc/shadow', sizeBytes: 500, elf: false, mode: 0o640, uid: 0, gid: 42 },
  { kind: 'directory', path: '/etc/ssl', mode: 0o700, uid: 1, gid: 2 },
  { kind: 'file', path: '/etc/ssl/cert.pem', sizeBytes: 1, elf: false, mode: 0o644, ...root },
  { kind: 'directory', path: '/etc-old', mode: 0o755, ...root },
  { kind: 'file', path: '/usr/bin/perl', sizeBytes: 4_000_000, elf: true, mode: 0o755, ...root },
  { kind: 'hardlink', path: '/usr/bin/perl5', target: '/usr/bin/perl' },
  { kind: 'whiteout', path: '/usr/bin/python' },
];

describe('a tree list', () => {
  it('tells everything but the bodies, a line an entry', () => {
    const text = formatTreeList(ENTRIES, 'a test');
    expect(text.split('\n')).toEqual([
      '# a test',
      'd\t/',
      'l\tbin\tusr/bin',
      'd\t/etc',
      'f\tshadow\t500\t640\t0:42',
      'd\t/etc/ssl\t700\t1:2',
      'f\tcert.pem\t1',
      'd\t/etc-old',
      'in\t/usr/bin',
      'e\tperl\t4000000\t755',
      'h\tperl5\t/usr/bin/perl',
      'w\tpython',
      '',
    ]);
    expect(parseTreeList(text)).toEqual(ENTRIES);
  });

  it('puts the files of a directory before its subdirectories, and keeps its entries together', () => {
    expect(sortedByPath([...ENTRIES].reverse())).toEqual(ENTRIES);
  });

  it('names the line that is none', () => {
    expect(() => parseTreeList('# x\nd\t/\nnonsense')).toThrow('line 3');
    expect(() => parseTreeList('q\tx')).toThrow('begins with "q"');
  });
});
