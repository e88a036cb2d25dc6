/** Removing a container for the page, in a way that can be undone: `docker rm --volumes`, of which the volumes go a little later. */
import { EngineError } from '../base/errors.ts';
import { containerEvent, type Daemon } from './docker/containers/daemon.ts';
import type { LiveContainer } from './docker/containers/live-container.ts';
import { removeAnonymousVolumes, removeContainer } from './docker/containers/remove.ts';
import type { Removals } from './removals.ts';

/** The engine's call. */
export function createContainerRemoval(daemon: Daemon, removals: Removals) {
  const { containers, store } = daemon;
  return {
    /** Throws `not-found`, and `in-use` while its process runs. */
    async removeContainer(nameOrID: string): Promise<void> {
      const container = await containers.find(nameOrID);
      requireEnded(container);
      await (await container.root()).save();
      await container.log.open();
      await container.log.finish();
      const { record } = container;
      const log = await store.containers.log(record.id);
      const lease = store.leases.create();
      await lease.add(
        ...(record.upper === undefined ? [] : [`layers/${record.upper}` as const]),
        ...(record.chainID === undefined ? [] : [`snapshots/${record.chainID}` as const]),
      );
      await removeContainer(daemon, container, { volumes: false });
      removals.keep(record.id, {
        async bringBack() {
          if ((await containers.lookup(record.name)) !== undefined) {
            throw new EngineError('conflict', `Its name, ${record.name}, is another’s by now.`);
          }
          if (log.length > 0) await store.containers.appendLog(record.id, log, true);
          containerEvent(daemon, await containers.add(record), 'create');
          await lease.release();
        },
        async forget() {
          await removeAnonymousVolumes(daemon, record);
          await lease.release();
        },
      });
    },
  };
}

/** Throws `in-use` while its process runs. */
export function requireEnded(container: LiveContainer): void {
  if (!container.isRunning) return;
  throw new EngineError('in-use', 'The container is running. Stop it first.', { data: { container: container.id } });
}
