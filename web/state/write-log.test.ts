import { describe, expect, it } from 'vitest';
import type { CopyOnWriteEvent } from '../../worker/api/types.ts';
import { appendWrites, isBareDirectory, NO_WRITES } from './write-log.ts';

const event = (
  kind: CopyOnWriteEvent['kind'],
  path: string,
  more: Partial<CopyOnWriteEvent> = {},
): CopyOnWriteEvent => ({
  kind,
  path,
  container: 'c',
  bytes: 0,
  timeMs: 0,
  ...more,
});

describe('the log of writes', () => {
  it('tells a copy-up and the writes that follow as one, bytes copied beside bytes changed', () => {
    const log = appendWrites(NO_WRITES, [
      event('copy-up', '/big', { bytes: 1000, layer: 1, reason: 'data' }),
      event('write', '/big', { bytes: 1002, changedBytes: 2 }),
      event('write', '/big', { bytes: 1005, changedBytes: 3 }),
    ]);
    expect(log.entries).toEqual([
      {
        id: 1,
        kind: 'copy-up',
        path: '/big',
        layer: 1,
        reason: 'data',
        copiedBytes: 1000,
        changedBytes: 5,
        sizeBytes: 1005,
        timeMs: 0,
      },
    ]);
    expect(log.totals).toEqual({ copiedBytes: 1000, changedBytes: 5 });
  });

  it('goes on over several batches, with writes to other paths between', () => {
    const first = appendWrites(NO_WRITES, [event('create', '/a'), event('create', '/b')]);
    const log = appendWrites(first, [event('write', '/a', { bytes: 4, changedBytes: 4 })]);
    expect(log.entries.map(({ path, changedBytes }) => [path, changedBytes])).toEqual([
      ['/a', 4],
      ['/b', 0],
    ]);
  });

  it('a file that was removed and made again is told anew', () => {
    const log = appendWrites(NO_WRITES, [
      event('whiteout', '/a', { layer: 0 }),
      event('create', '/a'),
      event('write', '/a', { bytes: 1, changedBytes: 1 }),
    ]);
    expect(log.entries.map(({ kind }) => kind)).toEqual(['whiteout', 'create']);
  });

  it('lets go of the oldest entries, and still counts their bytes', () => {
    const many = Array.from({ length: 600 }, (_, place) => event('create', `/f${place}`, { bytes: 1 }));
    const log = appendWrites(appendWrites(NO_WRITES, many), [event('remove', '/f0')]);
    expect(log.entries).toHaveLength(500);
    expect(log.dropped).toBe(101);
    expect(log.entries.at(-1)).toMatchObject({ id: 601, kind: 'remove' });
    expect(log.totals.changedBytes).toBe(600);
  });

  it('a directory that only came up for its entries is known', () => {
    const [directory, chmod] = appendWrites(NO_WRITES, [
      event('copy-up', '/etc', { reason: 'metadata', layer: 0 }),
      event('copy-up', '/etc/motd', { reason: 'metadata', layer: 0, bytes: 9 }),
    ]).entries;
    expect([isBareDirectory(directory!), isBareDirectory(chmod!)]).toEqual([true, false]);
  });
});
