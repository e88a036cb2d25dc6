/** Everything durable, as one value: what `openStore` makes of a {@link Database}. */
import type { Clock, Random } from '../base/ports.ts';
import { createBuildCache, type BuildCache } from './build-cache.ts';
import { createContainerStore, type ContainerStore } from './containers.ts';
import { createContentStore, type ContentStore } from './content.ts';
import type { Database } from './database.ts';
import { createGarbageCollector, type GarbageCollector } from './gc.ts';
import { createImageStore, type ImageStore } from './images.ts';
import { createLeaseManager, type LeaseManager } from './leases.ts';
import { createNetworkStore, type NetworkStore } from './networks.ts';
import { createProjectStore, type ProjectStore } from './projects.ts';
import { createSnapshotStore, type SnapshotStore } from './snapshots.ts';
import { createVolumeStore, type VolumeStore } from './volumes.ts';

export interface Store {
  readonly database: Database;
  readonly content: ContentStore;
  readonly snapshots: SnapshotStore;
  readonly images: ImageStore;
  readonly buildCache: BuildCache;
  readonly containers: ContainerStore;
  readonly volumes: VolumeStore;
  readonly networks: NetworkStore;
  readonly leases: LeaseManager;
  readonly projects: ProjectStore;
  readonly gc: GarbageCollector;
}

/** All stores over one database. */
export function openStore(parts: {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
}): Store {
  const { database, clock, random } = parts;
  const collected = {
    content: createContentStore(database, clock),
    snapshots: createSnapshotStore(database, clock),
    images: createImageStore(database, clock),
    buildCache: createBuildCache(database, clock),
    containers: createContainerStore(database),
    volumes: createVolumeStore(database),
  };
  return {
    database,
    ...collected,
    networks: createNetworkStore(database),
    leases: createLeaseManager(database, clock, random),
    projects: createProjectStore(database, clock),
    gc: createGarbageCollector(database, collected, clock),
  };
}
