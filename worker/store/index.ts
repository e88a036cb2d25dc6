/** Everything durable, as one value: what `openStore` makes of a {@link Database}. */
import type { BuildCache } from './build-cache.ts';
import type { ContainerStore } from './containers.ts';
import type { ContentStore } from './content.ts';
import type { Database } from './database.ts';
import type { GarbageCollector } from './gc.ts';
import type { ImageStore } from './images.ts';
import type { LeaseManager } from './leases.ts';
import type { ProjectStore } from './projects.ts';
import type { SnapshotStore } from './snapshots.ts';

export interface Store {
  readonly database: Database;
  readonly content: ContentStore;
  readonly snapshots: SnapshotStore;
  readonly images: ImageStore;
  readonly buildCache: BuildCache;
  readonly containers: ContainerStore;
  readonly leases: LeaseManager;
  readonly projects: ProjectStore;
  readonly gc: GarbageCollector;
}
