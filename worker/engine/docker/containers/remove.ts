/** Removing containers, with the volumes nobody named where that is asked for. */
import { EngineError } from '../../../base/errors.ts';
import { signalNumber, type SignalName } from '../../../shell/kernel/signals.ts';
import type { ContainerRecord } from '../../../store/containers.ts';
import type { Filters } from '../api.ts';
import { assertKnownFilters, matchesLabels, parseMoment } from '../filters.ts';
import { writableSizeBytes } from './sizes.ts';
import { containerEvent, type Daemon } from './daemon.ts';
import type { LiveContainer } from './live-container.ts';

/** Removes a container that does not run. */
export async function removeContainer(
  daemon: Daemon,
  container: LiveContainer,
  { volumes }: { readonly volumes: boolean },
): Promise<void> {
  await daemon.containers.remove(container);
  containerEvent(daemon, container, 'destroy');
  if (volumes) await removeAnonymousVolumes(daemon, container.record);
}

/** Removes the volumes nobody named that a container which is gone had for itself. */
export async function removeAnonymousVolumes(daemon: Daemon, { mounts = [] }: ContainerRecord): Promise<void> {
  for (const { name } of mounts) {
    if (name === undefined || (await daemon.volumes.get(name))?.anonymous !== true) continue;
    if ((await usersOfVolume(daemon, name)).length === 0) await daemon.volumes.remove(name);
  }
}

/** Throws `conflict` when it runs and `force` was not given. */
export async function removeByName(
  daemon: Daemon,
  name: string,
  { force, volumes }: { readonly force: boolean; readonly volumes: boolean },
): Promise<void> {
  const container = await daemon.containers.find(name);
  if (container.isRunning) {
    if (!force) throw stillRunning(container);
    const removesItself = container.record.hostConfig['AutoRemove'] === true;
    const gone = container.wait('removed');
    tellKill(daemon, container, 'KILL');
    await killAndWait(container);
    if (removesItself) {
      await gone;
      return;
    }
  }
  await removeContainer(daemon, container, { volumes });
}

/** The event of a signal that is sent, which is told by its number. */
export function tellKill(daemon: Daemon, container: LiveContainer, signal: SignalName): void {
  containerEvent(daemon, container, 'kill', { signal: String(signalNumber(signal)) });
}

/** Kills its process and waits until it has ended for good. */
export async function killAndWait(container: LiveContainer): Promise<void> {
  container.stoppedByHand = true;
  await container.starting?.catch(() => undefined);
  const { running } = container;
  if (running !== undefined) {
    const ended = container.wait('not-running');
    running.resume();
    running.signal('KILL');
    await ended;
  }
  await endRestarting(container);
}

/** Ends a container that waits for its restart policy. */
export async function endRestarting(container: LiveContainer): Promise<void> {
  container.restartPause?.abort();
  if (container.record.state !== 'restarting') return;
  await container.update({ state: 'exited' });
  container.settle('ended');
}

function stillRunning({ record }: LiveContainer): EngineError {
  const how =
    record.state === 'paused'
      ? 'container is paused and must be unpaused first'
      : `container is ${record.state}: stop the container before removing or force remove`;
  return new EngineError('conflict', `cannot remove container "/${record.name}": ${how}`, {
    data: { container: record.id },
  });
}

/** IDs of the containers that mount a volume. */
export async function usersOfVolume(daemon: Daemon, volume: string): Promise<readonly string[]> {
  const containers = await daemon.containers.all();
  return containers
    .filter(({ record }) => (record.mounts ?? []).some(({ name }) => name === volume))
    .map(({ id }) => id);
}

/** Removes what does not run and passes the filters `label` and `until`. */
export async function pruneContainers(daemon: Daemon, filters: Filters) {
  assertKnownFilters(filters, ['label', 'label!', 'until']);
  const nowMs = daemon.clock.nowMs();
  const until = (filters.get('until') ?? []).map((text) => parseMoment(text, nowMs));
  const removed: string[] = [];
  let reclaimed = 0;
  for (const container of await daemon.containers.all()) {
    const { record } = container;
    if (container.isRunning || !matchesLabels(filters, record.config.Labels ?? {})) continue;
    if (until.some((moment) => record.createdMs >= moment)) continue;
    reclaimed += await writableSizeBytes(container);
    await removeContainer(daemon, container, { volumes: false });
    removed.push(record.id);
  }
  return { ContainersDeleted: removed, SpaceReclaimed: reclaimed };
}
