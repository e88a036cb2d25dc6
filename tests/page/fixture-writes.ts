/** What a container writes, event by event: for looking at copy-on-write as it happens. */
import type { CopyOnWriteEvent } from '../../worker/api/types.ts';

type Told = Omit<CopyOnWriteEvent, 'container' | 'timeMs'>;

/** One of each kind, a hundred megabytes copied for a mode among them. */
export const WRITES: readonly Told[] = [
  { kind: 'copy-up', path: '/etc', bytes: 0, layer: 0, reason: 'metadata' },
  { kind: 'copy-up', path: '/etc/nginx/nginx.conf', bytes: 1_100, layer: 2, reason: 'data' },
  { kind: 'write', path: '/etc/nginx/nginx.conf', bytes: 1_122, changedBytes: 22 },
  { kind: 'create', path: '/var/log/nginx/access.log', bytes: 0 },
  { kind: 'write', path: '/var/log/nginx/access.log', bytes: 512, changedBytes: 512 },
  { kind: 'copy-up', path: '/usr/share/models/weights.bin', bytes: 100_000_000, layer: 1, reason: 'metadata' },
  { kind: 'whiteout', path: '/var/www/html/logo.svg', bytes: 0, layer: 3 },
  { kind: 'opaque', path: '/var/cache/nginx', bytes: 0, layer: 1 },
  { kind: 'copy-up', path: '/etc/hostname', bytes: 0, layer: 0, reason: 'truncate' },
  { kind: 'write', path: '/etc/hostname', bytes: 4, changedBytes: 4 },
];
