/** A volume used for the first time takes what the image has at the place it is mounted. */
import { createUnstoppableJob } from '../../../base/job.ts';
import { resolvePath } from '../../../base/path.ts';
import { createTreeCopier } from '../../../build/ops/copy/tree-copier.ts';
import type { MountRecord } from '../../../store/containers.ts';
import { isEmptyVolume, VOLUME_DATA } from '../volumes/volume-set.ts';
import type { Daemon } from './daemon.ts';
import type { LiveContainer } from './live-container.ts';

/** Fills the empty volumes among the container's mounts. */
export async function populateVolumes(daemon: Daemon, container: LiveContainer): Promise<void> {
  for (const mount of container.record.mounts ?? []) await populate(daemon, container, mount);
}

async function populate(daemon: Daemon, container: LiveContainer, mount: MountRecord): Promise<void> {
  const { name } = mount;
  if (name === undefined || mount.mode.split(',').includes('nocopy')) return;
  const { view: root } = await container.root();
  const source = resolvePath(mount.destination);
  const directory = root.lookup(source);
  if (directory?.kind !== 'directory') return;
  const volume = await daemon.volumes.open(name);
  if (!isEmptyVolume(volume.view)) return;
  const job = createUnstoppableJob(`populate-${name}`, daemon.clock);
  const copier = createTreeCopier(root, volume.view, {
    owner: undefined,
    mode: undefined,
    excludes: undefined,
    timeMs: daemon.clock.nowMs(),
    rootName: '/',
    job,
  });
  await copier.copy(source, '', `${VOLUME_DATA}/`);
  const { mode, uid, gid, mtimeMs } = directory;
  volume.view.setAttributes(VOLUME_DATA, { mode, uid, gid, mtimeMs });
  await volume.save();
}
