/** The store's whole contract: what every implementation of the Database port must hold, and all that stands on it. */
import { describe } from 'vitest';
import { describeContent } from './content-contract.ts';
import { describeDatabase } from './database-contract.ts';
import { describeFaults } from './faults-contract.ts';
import { describeBuildCache, describeContainers, describeImages, describeVolumes } from './images-contract.ts';
import { describeGarbageCollection, describeLeases } from './leases-contract.ts';
import { describeProjects } from './projects-contract.ts';
import { describeSnapshots } from './snapshots-contract.ts';
import type { StorageFactory } from './store-world.ts';

export function describeStore(name: string, factory: StorageFactory): void {
  describe(name, () => {
    describe('the database', () => describeDatabase(factory));
    describe('content', () => describeContent(factory));
    describe('snapshots', () => describeSnapshots(factory));
    describe('images', () => describeImages(factory));
    describe('containers', () => describeContainers(factory));
    describe('volumes', () => describeVolumes(factory));
    describe('the build cache', () => describeBuildCache(factory));
    describe('leases', () => describeLeases(factory));
    describe('garbage collection', () => describeGarbageCollection(factory));
    describe('projects', () => describeProjects(factory));
    describe('storage that fails', () => describeFaults(factory));
  });
}
