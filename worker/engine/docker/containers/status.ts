/** A container's state in words, as `docker ps` tells it. */
import type { ContainerRecord } from '../../../store/containers.ts';
import type { Health } from './health.ts';
import { humanDuration } from './times.ts';

/** `Up 2 minutes`, `Exited (0) 3 seconds ago`. */
export function statusText(record: ContainerRecord, health: Health | undefined, nowMs: number): string {
  const sinceStart = humanDuration(nowMs - (record.startedMs ?? nowMs));
  const sinceEnd = humanDuration(nowMs - (record.finishedMs ?? nowMs));
  switch (record.state) {
    case 'created':
      return 'Created';
    case 'running':
      return `Up ${sinceStart}${healthText(health)}`;
    case 'paused':
      return `Up ${sinceStart} (Paused)`;
    case 'restarting':
      return `Restarting (${record.exitCode}) ${sinceEnd} ago`;
    case 'exited':
      return record.finishedMs === undefined ? '' : `Exited (${record.exitCode}) ${sinceEnd} ago`;
    case 'dead':
      return 'Dead';
  }
}

function healthText(health: Health | undefined): string {
  if (health === undefined) return '';
  return health.status === 'starting' ? ' (health: starting)' : ` (${health.status})`;
}
