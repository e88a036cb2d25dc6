import { describe, expect, it } from 'vitest';
import { RecentCache } from './recent-cache.ts';

function cacheOf(maxWeight: number, ...entries: readonly (readonly [string, number])[]): RecentCache<string> {
  const cache = new RecentCache<string>(maxWeight);
  for (const [key, weight] of entries) cache.set(key, key.toUpperCase(), weight);
  return cache;
}

describe('RecentCache', () => {
  it('keeps values up to its weight, and drops those used longest ago', () => {
    const cache = cacheOf(10, ['a', 4], ['b', 4]);
    expect(cache.get('a')).toBe('A');
    cache.set('c', 'C', 4);
    expect(cache.get('b')).toBeUndefined();
    expect([cache.get('a'), cache.get('c')]).toEqual(['A', 'C']);
  });

  it('drops as many as it must', () => {
    const cache = cacheOf(10, ['a', 3], ['b', 3], ['c', 3], ['d', 8]);
    expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key))).toEqual([undefined, undefined, undefined, 'D']);
  });

  it('keeps a value heavier than itself until the next comes', () => {
    const cache = cacheOf(10, ['a', 3], ['big', 50]);
    expect(cache.get('a')).toBeUndefined();
    expect(cache.get('big')).toBe('BIG');
    cache.set('b', 'B', 1);
    expect(cache.get('big')).toBeUndefined();
    expect(cache.get('b')).toBe('B');
  });

  it('weighs a replaced or deleted value no longer', () => {
    const cache = cacheOf(10, ['a', 9], ['a', 2], ['b', 8]);
    expect(cache.get('a')).toBe('A');
    cache.delete('b');
    cache.set('c', 'C', 8);
    expect([cache.get('a'), cache.get('c')]).toEqual(['A', 'C']);
  });
});
