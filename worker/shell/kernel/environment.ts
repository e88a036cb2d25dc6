/** What a container's processes find around the image: /dev, /proc, /sys, the mounts of the step. */
import { resolvePath, ROOT, type AbsolutePath } from '../../base/path.ts';
import type { Clock } from '../../base/ports.ts';
import { EMPTY_TREE } from '../../vfs/merge.ts';
import { createUnionView } from '../../vfs/union-view.ts';
import type { UnionView } from '../../vfs/view.ts';
import type { ProcessSpec } from '../process.ts';
import type { Kernel } from './kernel.ts';
import { Namespace, type MountPoint } from './namespace.ts';
import { createProc } from './proc.ts';

const OWNER = { uid: 0, gid: 0 };
const DEVICES = [
  ['null', 1, 3],
  ['zero', 1, 5],
  ['full', 1, 7],
  ['random', 1, 8],
  ['urandom', 1, 9],
  ['tty', 5, 0],
] as const;
const DEVICE_LINKS = [
  ['fd', '/proc/self/fd'],
  ['stdin', '/proc/self/fd/0'],
  ['stdout', '/proc/self/fd/1'],
  ['stderr', '/proc/self/fd/2'],
  ['core', '/proc/kcore'],
] as const;

/** An empty writable file system that lives as long as the container. */
export function createTmpfs(clock: Clock, mode = 0o755): UnionView {
  const view = createUnionView(EMPTY_TREE, { now: () => clock.nowMs() });
  view.setAttributes(ROOT, { mode });
  return view;
}

function createDev(clock: Clock): UnionView {
  const dev = createTmpfs(clock);
  const at = (name: string): AbsolutePath => resolvePath(name);
  for (const [name, major, minor] of DEVICES)
    dev.mknod(at(name), 'character', { major, minor }, { mode: 0o666, ...OWNER });
  for (const [name, target] of DEVICE_LINKS) dev.symlink(at(name), target, { mode: 0o777, ...OWNER });
  dev.mkdir(at('pts'), { mode: 0o755, ...OWNER });
  dev.mkdir(at('mqueue'), { mode: 0o1777, ...OWNER });
  dev.mkdir(at('shm'), { mode: 0o1777, ...OWNER });
  return dev;
}

/** /sys, as far as scripts look into it: the loopback network interface. */
function createSys(clock: Clock): UnionView {
  const sys = createTmpfs(clock);
  for (const path of ['class', 'class/net', 'class/net/lo']) sys.mkdir(resolvePath(path), { mode: 0o755, ...OWNER });
  return sys;
}

/** The mount table of a container over `root`. */
export function containerMounts(
  kernel: Kernel,
  root: UnionView,
  { mounts = [], readOnlyRoot = false }: Pick<ProcessSpec, 'mounts' | 'readOnlyRoot'>,
): Namespace {
  let device = 1;
  const mount = (
    target: AbsolutePath,
    type: string,
    more: Pick<MountPoint, 'fileSystem'> & Partial<MountPoint>,
  ): MountPoint => ({
    source: ROOT,
    readOnly: false,
    ...more,
    target,
    type,
    device: device++,
  });
  return new Namespace(mount(ROOT, 'overlay', { fileSystem: root, readOnly: readOnlyRoot }), [
    mount(resolvePath('/dev'), 'tmpfs', { fileSystem: createDev(kernel.clock) }),
    mount(resolvePath('/proc'), 'proc', { fileSystem: createProc(kernel) }),
    mount(resolvePath('/sys'), 'sysfs', { fileSystem: createSys(kernel.clock), readOnly: true }),
    ...mounts.map((from) =>
      mount(from.target, from.type ?? 'bind', {
        fileSystem: from.view,
        source: from.source ?? ROOT,
        readOnly: from.readOnly,
      }),
    ),
  ]);
}
