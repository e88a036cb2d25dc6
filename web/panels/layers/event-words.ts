/** Copy-on-write events in words: what a write cost, and what it hides. */
import type { CopyOnWriteEvent } from '../../../worker/api/types.ts';
import { formatBytes } from '../../ui/format.ts';

/** `copied up /etc/motd from layer 1: 42 B`. `titles` names the layers, 0 lowest. */
export function eventWords(event: CopyOnWriteEvent, titles: readonly string[]): string {
  const lower = event.layer === undefined ? undefined : titles[event.layer];
  const from = lower === undefined ? '' : ` from ${lower}`;
  switch (event.kind) {
    case 'copy-up':
      if (event.bytes === 0) return `copied up ${event.path}${from}`;
      return `copied up ${event.path}${from}: ${formatBytes(event.bytes)}${cause(event)}`;
    case 'create':
      return `new ${event.path}`;
    case 'write':
      return event.bytes === 0 ? `emptied ${event.path}` : `wrote ${formatBytes(event.bytes)} to ${event.path}`;
    case 'whiteout':
      return `whiteout over ${event.path}${lower === undefined ? '' : `, which ${lower} still holds`}`;
    case 'opaque':
      return `${event.path} is opaque now: nothing below shows in it`;
    case 'remove':
      return `removed ${event.path}, which only the writable layer had`;
  }
}

/** That a change of something else than the content copies the whole file is what one would not expect. */
function cause({ reason }: CopyOnWriteEvent): string {
  if (reason === 'metadata') return ', for its metadata alone';
  if (reason === 'link') return ', for one more link to it';
  return reason === 'rename' ? ', for another name' : '';
}

/** `1 copied up, 2 whiteouts`: what happened in a writable layer, counted. Directories are copied up without content. */
export function eventCounts(events: readonly CopyOnWriteEvent[]): string {
  const tells = (event: CopyOnWriteEvent): boolean => event.kind !== 'copy-up' || event.bytes > 0;
  const count = (kind: CopyOnWriteEvent['kind']): number =>
    new Set(events.filter((event) => event.kind === kind && tells(event)).map((event) => event.path)).size;
  const [copied, created, whiteouts] = [count('copy-up'), count('create'), count('whiteout')];
  return [
    copied > 0 ? `${copied} copied up` : '',
    created > 0 ? `${created} new` : '',
    whiteouts > 0 ? `${whiteouts} ${whiteouts === 1 ? 'whiteout' : 'whiteouts'}` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}
