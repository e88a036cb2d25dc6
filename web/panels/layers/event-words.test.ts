import { describe, expect, it } from 'vitest';
import type { CopyOnWriteEvent } from '../../../worker/api/types.ts';
import { appendWrites, NO_WRITES, type WriteLog } from '../../state/write-log.ts';
import { costWords, eventCounts, eventWords, spokenWords } from './event-words.ts';

const TITLES = ['alpine:latest', 'COPY . .'];

function logOf(...events: Partial<CopyOnWriteEvent>[]): WriteLog {
  return appendWrites(
    NO_WRITES,
    events.map((event) => ({ kind: 'write', path: '/a', container: 'c', bytes: 0, timeMs: 0, ...event })),
  );
}

function words(...events: Partial<CopyOnWriteEvent>[]): string[] {
  return logOf(...events).entries.map((entry) => eventWords(entry, TITLES).replaceAll('\u00a0', ' '));
}

describe('words for what a container writes', () => {
  it('a copy-up says from where, and bytes copied against bytes changed', () => {
    expect(
      words(
        { kind: 'copy-up', path: '/etc/motd', bytes: 42, layer: 0, reason: 'data' },
        { path: '/etc/motd', bytes: 44, changedBytes: 2 },
      ),
    ).toEqual(['copied up /etc/motd from alpine:latest: 42 B copied to change 2 B']);
  });

  it('a change of the mode alone costs the whole file', () => {
    const chmod = { kind: 'copy-up', bytes: 100_000_000, layer: 1, reason: 'metadata' } as const;
    expect(words(chmod)).toEqual(['copied up /a from COPY . .: 100 MB copied for its metadata alone']);
    expect(costWords(logOf(chmod)).replaceAll('\u00a0', ' ')).toBe('Copied 100 MB up, and changed no byte of it.');
  });

  it('opening a file to empty it copies nothing, and is not told as a write of no bytes', () => {
    expect(words({ kind: 'copy-up', layer: 0, reason: 'truncate' }, { bytes: 3, changedBytes: 3 })).toEqual([
      'copied up /a from alpine:latest: emptied, so nothing copied, then 3 B written',
    ]);
  });

  it('a whiteout says who still holds the file', () => {
    expect(words({ kind: 'whiteout', layer: 1 })).toEqual(['whiteout over /a, which COPY . . still holds']);
    expect(costWords(logOf({ kind: 'whiteout', layer: 1 }))).toMatch(/as large as before/);
  });

  it('counts count paths', () => {
    const copy = { kind: 'copy-up', bytes: 1 } as const;
    expect(eventCounts(logOf(copy, copy, { kind: 'whiteout' }))).toBe('1 copied up, 1 whiteout');
    expect(eventCounts(NO_WRITES)).toBe('');
  });

  it('many writes are said aloud as one, directories not at all', () => {
    const { entries } = logOf(
      { kind: 'copy-up', path: '/etc', reason: 'metadata', layer: 0 },
      { kind: 'create', path: '/etc/a' },
      { kind: 'create', path: '/etc/b' },
    );
    expect(spokenWords(entries, TITLES)).toBe('new /etc/b, and 1 write before it');
    expect(spokenWords(entries.slice(0, 1), TITLES)).toBe('');
  });
});
