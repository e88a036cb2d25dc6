import { describe, expect, it } from 'vitest';
import { formatAge, formatAmount, formatBytes, formatDuration, formatMode, shortDigest } from './format.ts';
import { scrollTo, windowOf } from './windowed.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [1147, '1.15 kB'],
  [72_790_000, '72.8 MB'],
  [999_600, '1 MB'],
  [1_234_567_890, '1.23 GB'],
])('%d bytes are %s', (bytes, text) => expect(plain(formatBytes(bytes))).toBe(text));

it.each([
  [0.4, '0 ms'],
  [31.2, '31 ms'],
  [1234, '1.2 s'],
  [125_000, '2 min 05 s'],
])('%d ms are %s', (ms, text) => expect(plain(formatDuration(ms))).toBe(text));

it('amounts know one from many', () => {
  expect(formatAmount(1, 'entry', 'entries')).toBe('1 entry');
  expect(formatAmount(1204, 'entry', 'entries')).toBe('1,204 entries');
});

it.each([
  ['directory', 0o1777, 'drwxrwxrwt'],
  ['file', 0o4755, '-rwsr-xr-x'],
  ['file', 0o2644, '-rw-r-Sr--'],
  ['symlink', 0o777, 'lrwxrwxrwx'],
])('a %s of mode %o is %s', (kind, mode, text) => expect(formatMode(kind, mode)).toBe(text));

it('an age is told in the largest whole unit', () => {
  const ago = (ms: number): string => formatAge(0, ms);
  expect([2e3, 59e3, 61e3, 7.3e6, 9e7, 4e10].map(ago)).toEqual([
    'just now',
    '59 seconds ago',
    '1 minute ago',
    '2 hours ago',
    '1 day ago',
    '1 year ago',
  ]);
});

it('a digest is shortened behind its algorithm', () => {
  expect(shortDigest(`sha256:${'ab'.repeat(32)}`)).toBe('sha256:abababababab');
});

describe('a windowed list', () => {
  it('renders what is seen and a few rows around, never more, whatever the length', () => {
    const { first, end } = windowOf(50_000, 23, 500_000, 600);
    expect(first).toBeLessThanOrEqual(Math.floor(500_000 / 23));
    expect(end).toBeGreaterThanOrEqual(Math.ceil(500_600 / 23));
    expect(end - first).toBeLessThan(50);
  });

  it('shows all of a list that became shorter than where it was scrolled to', () => {
    expect(windowOf(3, 23, 9_999, 600)).toEqual({ first: 0, end: 3 });
    expect(windowOf(0, 23, 0, 600)).toEqual({ first: 0, end: 0 });
  });

  it('scrolls no further than needed to show a row', () => {
    expect(scrollTo(0, 20, 100, 200)).toBe(0);
    expect(scrollTo(6, 20, 100, 200)).toBe(100);
    expect(scrollTo(20, 20, 100, 200)).toBe(220);
  });
});
