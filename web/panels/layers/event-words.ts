/** Copy-on-write events in words: what a write cost, and what it hides. */
import type { CopyOnWriteEvent } from '../../../worker/api/types.ts';
import { formatBytes } from '../../ui/format.ts';

/** `copied up /etc/motd from layer 1: 42 B`. `titles` names the layers, 0 lowest. */
export function eventWords(event: CopyOnWriteEvent, titles: readonly string[]): string {
  const lower = event.layer === undefined ? undefined : titles[event.layer];
  const from = lower === undefined ? '' : ` from ${lower}`;
  switch (event.kind) {
    case 'copy-up': {
      const why = event.reason === undefined ? '' : ` (${event.reason})`;
      return `copied up ${event.path}${from}: ${formatBytes(event.bytes)}${why}`;
    }
    case 'create':
      return `new ${event.path}`;
    case 'write':
      return `wrote ${formatBytes(event.bytes)} to ${event.path}`;
    case 'whiteout':
      return `whiteout over ${event.path}${lower === undefined ? '' : `, which ${lower} still holds`}`;
    case 'opaque':
      return `${event.path} is opaque now: nothing below shows in it`;
    case 'remove':
      return `removed ${event.path}, which only the writable layer had`;
  }
}

/** `1 copied up, 2 whiteouts`: what happened in a writable layer, counted. */
export function eventCounts(events: readonly CopyOnWriteEvent[]): string {
  const count = (kind: CopyOnWriteEvent['kind']): number =>
    new Set(events.filter((event) => event.kind === kind).map((event) => event.path)).size;
  const [copied, created, whiteouts] = [count('copy-up'), count('create'), count('whiteout')];
  return [
    copied > 0 ? `${copied} copied up` : '',
    created > 0 ? `${created} new` : '',
    whiteouts > 0 ? `${whiteouts} ${whiteouts === 1 ? 'whiteout' : 'whiteouts'}` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}
