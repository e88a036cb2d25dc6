/** `docker update`: limits and the restart policy of a container that is there. */
import { EngineError } from '../../../base/errors.ts';
import type { HostConfig } from '../container-types.ts';
import { checkHostConfig } from './check-host-config.ts';
import { containerEvent, type Daemon } from './daemon.ts';

/** Takes over the fields that are given, which are looked at before the container is. Throws `invalid-argument` and `conflict` as the daemon does. */
export async function updateContainer(
  daemon: Daemon,
  name: string,
  changes: HostConfig,
): Promise<{ readonly Warnings: readonly string[] }> {
  checkHostConfig(changes);
  const container = await daemon.containers.find(name);
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
