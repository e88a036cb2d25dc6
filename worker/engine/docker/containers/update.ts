/** `docker update`: limits and the restart policy of a container that is there. */
import { EngineError } from '../../../base/errors.ts';
import type { HostConfig } from '../container-types.ts';
import { checkHostConfig } from './check-host-config.ts';
import { containerEvent, type Daemon } from './daemon.ts';
import type { LiveContainer } from './live-container.ts';

/** Takes over the fields that are given. Throws `invalid-argument` and `conflict` as the daemon does. */
export async function updateContainer(
  daemon: Daemon,
  container: LiveContainer,
  changes: HostConfig,
): Promise<{ readonly Warnings: readonly string[] }> {
  checkHostConfig(changes);
  const hostConfig: HostConfig = { ...container.record.hostConfig, ...changes };
  if (hostConfig.AutoRemove === true && changes.RestartPolicy !== undefined && changes.RestartPolicy.Name !== 'no') {
    throw new EngineError(
      'conflict',
      'Restart policy cannot be updated because AutoRemove is enabled for the container',
    );
  }
  await container.update({ hostConfig });
  containerEvent(daemon, container, 'update');
  return { Warnings: [] };
}
