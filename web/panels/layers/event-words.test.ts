import { expect, it } from 'vitest';
import { eventCounts, eventWords } from './event-words.ts';

const TITLES = ['alpine:latest', 'COPY . .'];

it('a copy-up says from where and what it cost', () => {
  const event = { kind: 'copy-up', path: '/etc/motd', bytes: 42, layer: 0, reason: 'metadata', timeMs: 0 } as const;
  expect(eventWords(event, TITLES)).toBe('copied up /etc/motd from alpine:latest: 42\u00a0B, for its metadata alone');
});

it('a whiteout says who still holds the file', () => {
  const event = { kind: 'whiteout', path: '/app', bytes: 0, layer: 1, timeMs: 0 } as const;
  expect(eventWords(event, TITLES)).toBe('whiteout over /app, which COPY . . still holds');
});

it('counts count paths, not events', () => {
  const copy = { kind: 'copy-up', path: '/a', bytes: 1, timeMs: 0 } as const;
  expect(eventCounts([copy, copy, { ...copy, kind: 'whiteout' }])).toBe('1 copied up, 1 whiteout');
  expect(eventCounts([])).toBe('');
});
