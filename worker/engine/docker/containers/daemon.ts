/** What the parts of the container API share. */
import type { Clock, Random, Transport } from '../../../base/ports.ts';
import type { ContainerExecutor } from '../../../shell/process.ts';
import type { ImageRecord } from '../../../store/images.ts';
import type { Store } from '../../../store/index.ts';
import type { UnionView } from '../../../vfs/view.ts';
import type { EventLog } from '../event-log.ts';
import type { VolumeSet } from '../volumes/volume-set.ts';
import type { NetworkAddresses } from '../networks/addresses.ts';
import type { NetworkSet } from '../networks/network-set.ts';
import type { ContainerSet } from './container-set.ts';
import type { LiveContainer } from './live-container.ts';
import type { PublishedPorts } from './published-ports.ts';
import type { ListeningPorts } from './sites.ts';

export interface Daemon {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly executor: ContainerExecutor;
  /** The way to what is not of this engine. */
  readonly outside: Transport;
  readonly containers: ContainerSet;
  readonly volumes: VolumeSet;
  readonly ports: PublishedPorts;
  readonly listening: ListeningPorts;
  readonly networks: NetworkSet;
  readonly addresses: NetworkAddresses;
  readonly events: EventLog;
  /** The image a name or an ID means. Throws `not-found`. */
  findImage(name: string): Promise<ImageRecord>;
  /** The files of the machine the command line runs on, for `-v /path:/path`; undefined where there is none. */
  hostFiles(): UnionView | undefined;
}

/** Tells an event of a container, with the attributes Docker's have. */
export function containerEvent(
  daemon: Daemon,
  container: LiveContainer,
  action: string,
  more: Readonly<Record<string, string>> = {},
): void {
  const { record } = container;
  daemon.events.add('container', action, record.id, {
    ...record.config.Labels,
    image: record.imageName,
    name: record.name,
    ...more,
  });
}
