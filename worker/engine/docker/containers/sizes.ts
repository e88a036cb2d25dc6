/** How big a container is: what it wrote, and that with the image below it. */
import { inodeSize } from '../../../vfs/inode.ts';
import type { Daemon } from './daemon.ts';
import type { LiveContainer } from './live-container.ts';

/** Logical bytes of the files in its writable layer. */
export async function writableSizeBytes(container: LiveContainer): Promise<number> {
  const { view } = await container.root();
  let sum = 0;
  for (const { inode } of view.changes()) if (inode?.kind === 'file') sum += inodeSize(inode);
  return sum;
}

/** Logical bytes of all layers it stands on. */
export async function lowerSizeBytes(daemon: Daemon, container: LiveContainer): Promise<number> {
  const { snapshots } = daemon.store;
  let sum = 0;
  for (const diffID of await snapshots.chain(container.record.chainID)) {
    sum += (await snapshots.layerInfo(diffID))?.sizeBytes ?? 0;
  }
  return sum;
}
