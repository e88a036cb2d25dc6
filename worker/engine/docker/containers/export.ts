/** `docker export`: all that is seen in a container's root, as one tar. */
import type { Job } from '../../../base/job.ts';
import { ROOT, resolvePath } from '../../../base/path.ts';
import { squash } from '../../../layer/squash.ts';
import { EMPTY_BODY } from '../../../vfs/body.ts';
import type { Tree } from '../../../vfs/tree.ts';
import { createUnionView } from '../../../vfs/union-view.ts';
import { containerEvent, type Daemon } from './daemon.ts';
import { makeDirectories } from './file-systems.ts';
import type { LiveContainer } from './live-container.ts';

const OWNED = { uid: 0, gid: 0 };
/** What Docker puts below every container's writable layer, as places to mount on. */
const DIRECTORIES = ['/dev/pts', '/dev/shm', '/proc', '/sys'];
const FILES = ['/.dockerenv', '/dev/console', '/etc/hostname', '/etc/hosts', '/etc/resolv.conf'];

export async function exportContainer(
  daemon: Daemon,
  container: LiveContainer,
  job: Job,
): Promise<ReadableStream<Uint8Array>> {
  const { view } = await container.root();
  const { tar } = await squash(withMountPlaces(view.freeze(), container.record.createdMs), {}, job);
  containerEvent(daemon, container, 'export');
  return tar.stream();
}

function withMountPlaces(tree: Tree, timeMs: number): Tree {
  const view = createUnionView(tree, { now: () => timeMs });
  for (const path of DIRECTORIES) makeDirectories(view, resolvePath(path));
  makeDirectories(view, resolvePath('/etc'));
  for (const path of FILES.map((file) => resolvePath(file))) {
    if (view.lookup(path, { follow: false }) === undefined) view.writeFile(path, EMPTY_BODY, { ...OWNED, mode: 0o755 });
  }
  const mounts = resolvePath('etc/mtab', ROOT);
  if (view.lookup(mounts, { follow: false }) === undefined)
    view.symlink(mounts, '/proc/mounts', { ...OWNED, mode: 0o777 });
  return view.freeze();
}
