/** /proc, as far as scripts read it: made from the process table when it is looked at. Read-only. */
import { baseName, childPath, ROOT, segmentsOf, type AbsolutePath } from '../../base/path.ts';
import { bodyOf } from '../../vfs/body.ts';
import type { Inode } from '../../vfs/inode.ts';
import { encodeText } from '../text.ts';
import { systemError } from './errno.ts';
import type { Kernel } from './kernel.ts';
import type { Entry, FileSystem } from './namespace.ts';
import type { Process } from './process.ts';

/** A file, a link, or a directory with the way to its entries. */
type Node =
  | { readonly kind: 'file'; readonly text: () => string }
  | { readonly kind: 'symlink'; readonly target: () => string }
  | { readonly kind: 'directory'; readonly entries: () => Readonly<Record<string, Node>> };

const file = (text: () => string): Node => ({ kind: 'file', text });
const directory = (entries: () => Readonly<Record<string, Node>>): Node => ({ kind: 'directory', entries });
const symlink = (target: () => string): Node => ({ kind: 'symlink', target });

/** The processors and the memory a container is shown. */
export const PROCESSORS = 2;
export const MEMORY_KILOBYTES = 4_194_304;

/** A container has no address of IPv6 but that of its loopback. */
const LOOPBACK_IPV6 = '00000000000000000000000000000001 01 80 10 80       lo\n';

/** The path inside /proc whose link depends on who looks; {@link Process.linkTarget} tells where it leads. */
export const SELF_PATH = '/self';

/** The file system mounted at /proc. */
export function createProc(kernel: Kernel): FileSystem {
  const root = directory(() => ({
    ...Object.fromEntries([...kernel.processes.values()].map((process) => [String(process.pid), processNode(process)])),
    self: symlink(() => '1'),
    cpuinfo: file(cpuinfo),
    filesystems: file(() => 'nodev\tproc\nnodev\ttmpfs\nnodev\toverlay\n'),
    loadavg: file(() => `0.00 0.00 0.00 1/${kernel.processes.size} ${Math.max(...kernel.processes.keys())}\n`),
    meminfo: file(() => `MemTotal:       ${MEMORY_KILOBYTES} kB\nMemFree:        ${MEMORY_KILOBYTES / 2} kB\nMemAvailable:   ${MEMORY_KILOBYTES / 2} kB\nSwapTotal:      0 kB\nSwapFree:       0 kB\n`),
    mounts: symlink(() => 'self/mounts'),
    net: directory(() => ({ if_inet6: file(() => LOOPBACK_IPV6) })),
    sys: directory(() => ({
      kernel: directory(() => ({
        hostname: file(() => `${kernel.hostname}\n`),
        osrelease: file(() => `${kernel.release}\n`),
        ostype: file(() => 'Linux\n'),
      })),
    })),
    uptime: file(() => `${(kernel.clock.monotonicMs() / 1000).toFixed(2)} 0.00\n`),
    version: file(() => `Linux version ${kernel.release}\n`),
  })); // prettier-ignore
  const find = (path: AbsolutePath): Node | undefined => {
    let node: Node | undefined = root;
    for (const segment of segmentsOf(path)) {
      if (node?.kind !== 'directory') return undefined;
      const entries: Readonly<Record<string, Node>> = node.entries();
      node = Object.hasOwn(entries, segment) ? entries[segment] : undefined;
    }
    return node;
  };
  const refuse = (path: AbsolutePath): never => {
    throw systemError('EACCES', path);
  };
  return {
    lookup: (path) => {
      const node = find(path);
      return node === undefined ? undefined : inodeOf(node);
    },
    list(path): readonly Entry[] {
      const node = find(path);
      if (node?.kind !== 'directory') throw systemError('ENOENT', path);
      return Object.entries(node.entries()).map(([name, child]) => ({ name, inode: inodeOf(child) }));
    },
    linkCount: () => 1,
    writeFile: refuse,
    mkdir: refuse,
    symlink: refuse,
    link: refuse,
    mknod: refuse,
    unlink: refuse,
    rmdir: refuse,
    rename: refuse,
    setAttributes: refuse,
  };
}

/** The descriptor a path of /proc like `/12/fd/3` stands for. */
export function descriptorOfProcPath(
  path: AbsolutePath,
): { readonly pid: number; readonly descriptor: number } | undefined {
  const match = /^\/(\d+)\/fd\/(\d+)$/.exec(path);
  return match === null ? undefined : { pid: Number(match[1]), descriptor: Number(match[2]) };
}

function inodeOf(node: Node): Inode {
  const owner = { uid: 0, gid: 0, mtimeMs: 0 };
  switch (node.kind) {
    case 'file':
      return { ...owner, kind: 'file', mode: 0o444, body: bodyOf(encodeText(node.text())) };
    case 'symlink':
      return { ...owner, kind: 'symlink', mode: 0o777, target: node.target() };
    case 'directory':
      return { ...owner, kind: 'directory', mode: 0o555 };
  }
}

function processNode(process: Process): Node {
  const name = (): string => baseName(process.executable ?? childPath(ROOT, process.argv[0] ?? ''));
  return directory(() => ({
    cmdline: file(() => process.argv.map((word) => `${word}\0`).join('')),
    comm: file(() => `${name().slice(0, 15)}\n`),
    cwd: symlink(() => process.cwd),
    environ: file(() => [...process.environment].map(([key, value]) => `${key}=${value}\0`).join('')),
    exe: symlink(() => process.executable ?? ''),
    fd: directory(() => descriptorLinks(process)),
    mounts: file(() => mountTable(process)),
    root: symlink(() => '/'),
    stat: file(
      () =>
        `${process.pid} (${name().slice(0, 15)}) R ${process.parent?.pid ?? 0} ${process.pid} ${process.pid} 0 -1\n`,
    ),
    status: file(() => statusText(process, name())),
  }));
}

function descriptorLinks(process: Process): Readonly<Record<string, Node>> {
  return Object.fromEntries(
    process.descriptors
      .numbers()
      .map((descriptor) => [String(descriptor), symlink(() => process.descriptors.get(descriptor).label)]),
  );
}

function statusText(process: Process, name: string): string {
  const { uid, gid, groups } = process.credentials;
  const umask = process.umask.toString(8).padStart(4, '0');
  const lines = [
    ['Name', name.slice(0, 15)],
    ['Umask', umask],
    ['State', 'R (running)'],
    ['Tgid', String(process.pid)],
    ['Pid', String(process.pid)],
    ['PPid', String(process.parent?.pid ?? 0)],
    ['Uid', [uid, uid, uid, uid].join('\t')],
    ['Gid', [gid, gid, gid, gid].join('\t')],
    [
      'Groups',
      [...new Set([gid, ...groups])]
        .sort((a, b) => a - b)
        .map((group) => `${group} `)
        .join(''),
    ],
    ['Threads', '1'],
  ];
  return lines.map(([key, value]) => `${key}:\t${value}\n`).join('');
}

function mountTable(process: Process): string {
  return process.namespace.mounts
    .map((mount) => `${mount.type} ${mount.target} ${mount.type} ${mount.readOnly ? 'ro' : 'rw'},relatime 0 0\n`)
    .join('');
}

function cpuinfo(): string {
  return Array.from({ length: PROCESSORS }, (_, index) => `processor\t: ${index}\nmodel name\t: Strata\n\n`).join('');
}
