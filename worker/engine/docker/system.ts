/** Docker's API of the system: what takes room, what the engine is, what happens in it. */
import type { DiskUsage, EngineEvent, Filters, SystemAPI } from './api.ts';
import { listItem } from './containers/list.ts';
import type { Daemon } from './containers/daemon.ts';
import { usersOfVolume } from './containers/remove.ts';
import { goTime } from './containers/times.ts';
import { matchesEvent } from './event-filter.ts';
import type { ImageAPI } from './api.ts';
import { volumeOf } from './volumes/api.ts';

/** The release of Docker's engine whose behaviour is spoken here. */
const VERSION = '26.1.5';
const API_VERSION = '1.45';
const LEAST_API_VERSION = '1.24';
const KERNEL_VERSION = '6.6.32-linuxkit';
const GO_VERSION = 'go1.22.5';
const MEMORY_BYTES = 4 * 2 ** 30;
const PROCESSORS = 2;

/** What tells of registries, which other parts of the engine know. */
export type RegistryLogin = Pick<SystemAPI, 'login' | 'logout'>;

export function createSystemAPI(daemon: Daemon, images: ImageAPI, registries: RegistryLogin): SystemAPI {
  return {
    ...registries,
    diskUsage: () => diskUsage(daemon, images),
    info: () => info(daemon, images),
    version: () => Promise.resolve(version()),
    events: (options, listener, job) => listen(daemon, options, listener, job.signal),
  };
}

async function diskUsage(daemon: Daemon, images: ImageAPI): Promise<DiskUsage> {
  const { store, volumes } = daemon;
  const [listed, layers, containers, records, cache] = await Promise.all([
    images.list({ all: false, filters: new Map(), sharedSize: true }),
    layersOfImages(daemon),
    daemon.containers.all(),
    volumes.list(),
    store.buildCache.list(),
  ]);
  return {
    images: listed,
    layersBytes: layers,
    containers: await Promise.all(containers.map((container) => listItem(daemon, container, true))),
    volumes: await Promise.all(
      records.map(async (record) => ({
        ...volumeOf(record),
        sizeBytes: await volumes.sizeBytes(record.name),
        references: (await usersOfVolume(daemon, record.name)).length,
      })),
    ),
    buildCache: cache.map((record) => ({
      ID: record.key.slice('sha256:'.length, 'sha256:'.length + 25),
      Type: 'regular',
      Description: record.description,
      InUse: false,
      Shared: false,
      Size: record.sizeBytes,
      createdMs: record.createdMs,
      lastUsedMs: record.lastUsedMs,
      UsageCount: record.usageCount,
    })),
  };
}

/** Bytes of the layers that images have, each counted once. */
async function layersOfImages({ store }: Daemon): Promise<number> {
  const seen = new Set<string>();
  let sum = 0;
  for (const { config } of await store.images.list()) {
    for (const diffID of config.rootfs.diff_ids) {
      if (seen.has(diffID)) continue;
      seen.add(diffID);
      sum += (await store.snapshots.layerInfo(diffID))?.sizeBytes ?? 0;
    }
  }
  return sum;
}

async function info(daemon: Daemon, images: ImageAPI): Promise<Readonly<Record<string, unknown>>> {
  const containers = await daemon.containers.all();
  const count = (...states: readonly string[]): number =>
    containers.filter(({ record }) => states.includes(record.state)).length;
  return {
    ID: '7f3f4a52-5d4e-4b6e-9f43-6f6f0f0b1c1d',
    Containers: containers.length,
    ContainersRunning: count('running', 'restarting'),
    ContainersPaused: count('paused'),
    ContainersStopped: count('created', 'exited', 'dead'),
    Images: (await images.list({ all: true, filters: new Map() })).length,
    Driver: 'overlay2',
    DriverStatus: [
      ['Backing Filesystem', 'indexeddb'],
      ['Supports d_type', 'true'],
      ['Using metacopy', 'false'],
      ['Native Overlay Diff', 'true'],
      ['userxattr', 'false'],
    ],
    Plugins: {
      Volume: ['local'],
      Network: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'],
      Authorization: null,
      Log: ['json-file'],
    },
    MemoryLimit: true,
    SwapLimit: true,
    CpuCfsPeriod: true,
    CpuCfsQuota: true,
    CPUShares: true,
    CPUSet: true,
    PidsLimit: true,
    IPv4Forwarding: true,
    Debug: false,
    NFd: 0,
    OomKillDisable: false,
    NGoroutines: 1,
    SystemTime: goTime(daemon.clock.nowMs()),
    LoggingDriver: 'json-file',
    CgroupDriver: 'cgroupfs',
    CgroupVersion: '2',
    NEventsListener: 0,
    KernelVersion: KERNEL_VERSION,
    OperatingSystem: 'Strata',
    OSVersion: '',
    OSType: 'linux',
    Architecture: 'x86_64',
    IndexServerAddress: 'https://index.docker.io/v1/',
    RegistryConfig: { IndexConfigs: {}, InsecureRegistryCIDRs: ['127.0.0.0/8'], Mirrors: [] },
    NCPU: PROCESSORS,
    MemTotal: MEMORY_BYTES,
    GenericResources: null,
    DockerRootDir: '/var/lib/docker',
    HttpProxy: '',
    HttpsProxy: '',
    NoProxy: '',
    Name: 'strata',
    Labels: [],
    ExperimentalBuild: false,
    ServerVersion: VERSION,
    Runtimes: { runc: { path: 'runc' } },
    DefaultRuntime: 'runc',
    Swarm: {
      NodeID: '',
      NodeAddr: '',
      LocalNodeState: 'inactive',
      ControlAvailable: false,
      Error: '',
      RemoteManagers: null,
    },
    LiveRestoreEnabled: false,
    Isolation: '',
    InitBinary: 'docker-init',
    SecurityOptions: [],
    Warnings: null,
  };
}

function version(): Readonly<Record<string, unknown>> {
  return {
    Platform: { Name: 'Strata' },
    Components: [
      {
        Name: 'Engine',
        Version: VERSION,
        Details: {
          ApiVersion: API_VERSION,
          Arch: 'amd64',
          Experimental: 'false',
          GoVersion: GO_VERSION,
          KernelVersion: KERNEL_VERSION,
          MinAPIVersion: LEAST_API_VERSION,
          Os: 'linux',
        },
      },
    ],
    Version: VERSION,
    ApiVersion: API_VERSION,
    MinAPIVersion: LEAST_API_VERSION,
    GitCommit: '',
    GoVersion: GO_VERSION,
    Os: 'linux',
    Arch: 'amd64',
    KernelVersion: KERNEL_VERSION,
    BuildTime: '',
  };
}

async function listen(
  daemon: Daemon,
  { sinceMs, untilMs, filters }: { sinceMs?: number; untilMs?: number; filters: Filters },
  listener: (event: EngineEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const tell = (event: EngineEvent): void => {
    const isInTime = event.timeMs >= (sinceMs ?? -Infinity) && event.timeMs <= (untilMs ?? Infinity);
    if (isInTime && matchesEvent(filters, event)) listener(event);
  };
  if (sinceMs !== undefined || untilMs !== undefined) for (const event of daemon.events.past) tell(event);
  const remainingMs = untilMs === undefined ? Infinity : untilMs - daemon.clock.nowMs();
  if (remainingMs <= 0) return;
  const stop = daemon.events.listen(tell);
  try {
    await waitFor(daemon, remainingMs, signal);
  } finally {
    stop();
  }
}

function waitFor(daemon: Daemon, ms: number, signal: AbortSignal): Promise<void> {
  if (ms !== Infinity) return daemon.clock.sleep(ms, signal).catch(() => undefined);
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
