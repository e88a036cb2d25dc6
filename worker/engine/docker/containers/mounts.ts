/** What a container mounts: `-v`, `--mount`, `--tmpfs`, `--volumes-from` and the image's VOLUMEs, as the daemon reads them. */
import { EngineError } from '../../../base/errors.ts';
import { resolvePath } from '../../../base/path.ts';
import type { ContainerSettings, MountRecord } from '../../../store/containers.ts';
import type { HostConfig } from '../container-types.ts';
import { assertVolumeName } from '../volumes/volume-set.ts';
import type { Daemon } from './daemon.ts';

const MOUNT_TYPES: readonly string[] = ['bind', 'tmpfs', 'volume'];
const TMPFS_OPTIONS = new Set([
  'ro', 'rw', 'exec', 'noexec', 'suid', 'nosuid', 'dev', 'nodev', 'sync', 'async', 'atime', 'noatime', 'diratime', 'nodiratime',
  'relatime', 'norelatime', 'strictatime', 'nostrictatime', 'mand', 'nomand', 'size', 'mode', 'uid', 'gid', 'nr_inodes', 'nr_blocks', 'mpol',
]); // prettier-ignore

/** Words allowed behind the second colon of `-v`. */
const MODES = new Set([
  'ro', 'rw', 'z', 'Z', 'nocopy', 'shared', 'rshared', 'slave', 'rslave', 'private', 'rprivate', 'consistent', 'cached',
  'delegated',
]); // prettier-ignore

/** The mounts of a new container; volumes that are not there are made. Throws `invalid-argument` and `not-found`. */
export async function mountsOf(
  daemon: Daemon,
  config: ContainerSettings,
  hostConfig: HostConfig,
): Promise<readonly MountRecord[]> {
  const mounts = new Map<string, MountRecord>();
  for (const source of hostConfig.VolumesFrom ?? []) {
    for (const mount of await mountsFrom(daemon, source)) mounts.set(mount.destination, mount);
  }
  const asked = [
    ...(hostConfig.Binds ?? []).map(parseBind),
    ...(hostConfig.Mounts ?? []).map((mount) => explicitMount(daemon, mount)),
    ...Object.entries(hostConfig.Tmpfs ?? {}).map(([path, options]) => tmpfsMount(path, options)),
  ];
  const destinations = new Set<string>();
  for (const mount of asked) {
    if (destinations.has(mount.destination)) {
      throw new EngineError('invalid-argument', `Duplicate mount point: ${mount.destination}`);
    }
    destinations.add(mount.destination);
    mounts.set(mount.destination, mount);
  }
  for (const path of Object.keys(config.Volumes ?? {})) {
    const destination = resolvePath(path);
    if (!mounts.has(destination)) mounts.set(destination, anonymousMount(destination));
  }
  return Promise.all([...mounts.values()].map((mount) => withVolume(daemon, mount)));
}

async function mountsFrom(daemon: Daemon, source: string): Promise<readonly MountRecord[]> {
  const [name = '', mode = ''] = source.split(':');
  const { record } = await daemon.containers.find(name);
  if (mode !== '') checkMode(mode);
  return (record.mounts ?? []).map((mount) => ({
    ...mount,
    readOnly: mode === '' ? mount.readOnly : mode.split(',').includes('ro'),
  }));
}

/** Reads `SOURCE:DESTINATION[:MODE]`. */
export function parseBind(spec: string): MountRecord {
  const [source = '', target = '', mode = '', ...more] = spec.split(':');
  if (source === '' || target === '' || more.length > 0) {
    throw new EngineError('invalid-argument', `invalid volume specification: '${spec}'`);
  }
  checkMode(mode);
  const isPath = source.startsWith('/');
  const type = isPath ? 'bind' : 'volume';
  const destination = checkDestination(type, target, `invalid volume specification: '${spec}': `);
  const readOnly = mode.split(',').includes('ro');
  if (isPath) return { type, source: resolvePath(source), destination, readOnly, mode };
  assertVolumeName(source);
  return { type, name: source, source: '', destination, readOnly, mode: mode === '' ? 'z' : mode };
}

function explicitMount(daemon: Daemon, mount: NonNullable<HostConfig['Mounts']>[number]): MountRecord {
  const { Type: type, Source: source = '', ReadOnly: readOnly = false } = mount;
  if (!MOUNT_TYPES.includes(type)) {
    throw new EngineError('invalid-argument', `invalid mount config for type "${type}": mount type unknown`);
  }
  const destination = checkDestination(type, mount.Target, '');
  const problem = mountProblem(mount);
  if (problem !== undefined) {
    throw new EngineError('invalid-argument', `invalid mount config for type "${type}": ${problem}`);
  }
  const common = { destination, readOnly, explicit: true };
  if (type === 'tmpfs') return { type, source: '', mode: tmpfsMode(mount.TmpfsOptions), ...common };
  if (type === 'bind') {
    const path = resolvePath(source);
    if (daemon.hostFiles()?.lookup(path) === undefined) {
      throw new EngineError(
        'invalid-argument',
        `invalid mount config for type "bind": bind source path does not exist: ${source}`,
      );
    }
    return { type, source: path, mode: '', ...common };
  }
  if (source !== '') assertVolumeName(source);
  return { type, source: '', mode: 'z', ...common, ...(source === '' ? {} : { name: source }) };
}

function mountProblem({ Type, Source = '', ReadOnly }: NonNullable<HostConfig['Mounts']>[number]): string | undefined {
  if (Type === 'bind' && Source === '') return 'field Source must not be empty';
  if (Type === 'bind' && !Source.startsWith('/')) return notAbsolute(Source);
  if (Type === 'tmpfs' && Source !== '') return 'field Source must not be specified';
  if (Type === 'volume' && Source === '' && ReadOnly === true) {
    return 'must not set ReadOnly mode when using anonymous volumes';
  }
  return undefined;
}

/** The options of a `--mount type=tmpfs` as `--tmpfs` writes them. */
function tmpfsMode(options: { readonly SizeBytes?: number; readonly Mode?: number } = {}): string {
  const { SizeBytes: size, Mode: mode } = options;
  return [
    ...(size === undefined ? [] : [`size=${size}`]),
    ...(mode === undefined ? [] : [`mode=${mode.toString(8)}`]),
  ].join(',');
}

function tmpfsMount(path: string, mode: string): MountRecord {
  if (path !== '' && !path.startsWith('/')) throw new EngineError('invalid-argument', notAbsolute(path));
  const destination = checkDestination('tmpfs', path, '');
  const options = mode === '' ? [] : mode.split(',');
  for (const option of options) {
    const name = option.split('=', 1)[0] ?? '';
    if (!TMPFS_OPTIONS.has(name)) {
      throw new EngineError('invalid-argument', `invalid tmpfs option ${JSON.stringify(option)}`);
    }
  }
  return { type: 'tmpfs', source: '', destination, readOnly: options.includes('ro'), mode };
}

function anonymousMount(destination: string): MountRecord {
  return { type: 'volume', source: '', destination, readOnly: false, mode: '' };
}

/** The mount of a volume with the volume there, and named. */
async function withVolume(daemon: Daemon, mount: MountRecord): Promise<MountRecord> {
  if (mount.type !== 'volume') return mount;
  const { name } = await daemon.volumes.create(mount.name === undefined ? {} : { name: mount.name });
  return { ...mount, name };
}

function checkMode(mode: string): void {
  if (mode === '') return;
  const words = mode.split(',');
  if (words.every((word) => MODES.has(word)) && !(words.includes('ro') && words.includes('rw'))) return;
  throw new EngineError('invalid-argument', `invalid mode: ${mode}`);
}

function notAbsolute(path: string): string {
  return `invalid mount path: '${path}' mount path must be absolute`;
}

function checkDestination(type: string, path: string, before: string): string {
  const problem = (what: string): EngineError =>
    new EngineError('invalid-argument', `${before}invalid mount config for type "${type}": ${what}`);
  if (path === '') throw problem('field Target must not be empty');
  if (!path.startsWith('/')) throw problem(notAbsolute(path));
  const destination = resolvePath(path);
  if (destination === '/') throw problem(`invalid specification: destination can't be '/'`);
  return destination;
}
