/** Composes what the parts of Docker's API share. */
import type { UnionView } from '../../vfs/view.ts';
import type { EngineParts } from '../parts.ts';
import { ContainerSet } from './containers/container-set.ts';
import type { Daemon } from './containers/daemon.ts';
import { PublishedPorts } from './containers/published-ports.ts';
import { ListeningPorts } from './containers/sites.ts';
import { EventLog } from './event-log.ts';
import { findImage } from './images/find.ts';
import { NetworkAddresses } from './networks/addresses.ts';
import { NetworkSet } from './networks/network-set.ts';
import { VolumeSet } from './volumes/volume-set.ts';

/** `hostFiles` gives the files of the machine the command line runs on. */
export function createDaemon(parts: EngineParts, hostFiles: () => UnionView | undefined): Daemon {
  const { store, clock, random, executor, transport } = parts;
  const events = new EventLog(() => clock.nowMs());
  return {
    store,
    clock,
    random,
    executor,
    outside: transport,
    events,
    containers: new ContainerSet(store, clock),
    volumes: new VolumeSet({ store, clock, random }, events),
    ports: new PublishedPorts(),
    listening: new ListeningPorts(),
    networks: new NetworkSet({ store, clock, random }),
    addresses: new NetworkAddresses(),
    findImage: (name) => findImage(store, name),
    hostFiles,
  };
}
