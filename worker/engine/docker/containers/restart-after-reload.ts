/** What a reload does to containers is what a restart of the daemon does: their policies say which are started again. */
import type { HostConfig } from '../container-types.ts';
import type { Daemon } from './daemon.ts';
import type { LiveContainer } from './live-container.ts';
import { startContainer } from './start.ts';

const LOCK = 'restart-policies';

/**
 * Starts again what policies want. One tab does so for all: a second one waits until the first is gone, and then starts what went
 * with it. So this does not resolve while the page is there.
 */
export function restartAfterReload(daemon: Daemon): Promise<never> {
  return daemon.store.database.withLock(LOCK, 'exclusive', async () => {
    for (const container of await daemon.containers.all()) {
      if (!isToRunAgain(container)) continue;
      // why it could not be started is in its record, as after any other start
      await startContainer(daemon, container).catch(() => undefined);
    }
    return new Promise<never>(() => undefined);
  });
}

/** `always` counts also for a container that a person stopped; the others for one that ran. */
function isToRunAgain({ record, lostByReload }: LiveContainer): boolean {
  const hostConfig: HostConfig = record.hostConfig;
  const { Name: name = 'no' } = hostConfig.RestartPolicy ?? {};
  if (name === 'always') return record.state === 'exited';
  return lostByReload && (name === 'unless-stopped' || name === 'on-failure');
}
