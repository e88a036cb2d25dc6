import { expect, it } from 'vitest';
import type { CopyOnWriteEvent } from '../../../worker/api/types.ts';
import { appendWrites, NO_WRITES } from '../../state/write-log.ts';
import { ghostsOf } from './flight.ts';

const ghosts = (...events: Partial<CopyOnWriteEvent>[]) =>
  ghostsOf(
    appendWrites(
      NO_WRITES,
      events.map((event) => ({ kind: 'create', path: '/a', container: 'c', bytes: 0, timeMs: 0, ...event })),
    ).entries,
  );

it('a copy-up rises from its layer, all else appears where it is written', () => {
  expect(
    ghosts(
      { kind: 'copy-up', path: '/etc', layer: 0, reason: 'metadata' },
      { kind: 'copy-up', path: '/etc/motd', layer: 1, bytes: 7, reason: 'data' },
      { kind: 'create', path: '/new' },
      { kind: 'whiteout', path: '/old', layer: 1 },
    ).map(({ name, fromLayer, copiedBytes, hides }) => [name, fromLayer, copiedBytes, hides]),
  ).toEqual([
    ['motd', 1, 7, false],
    ['new', undefined, 0, false],
    ['old', undefined, 0, true],
  ]);
});

it('of many writes at once the latest few are seen', () => {
  const many = Array.from({ length: 30 }, (_, place) => ({ path: `/f${place}` }));
  expect(ghosts(...many).map(({ name }) => name)).toEqual(['f26', 'f27', 'f28', 'f29']);
});
