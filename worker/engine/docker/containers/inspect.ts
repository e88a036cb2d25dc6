/** `docker inspect` of a container: all fields of Docker's object, in its order. */
import type { ContainerRecord, MountRecord } from '../../../store/containers.ts';
import type { ContainerInspect } from '../container-types.ts';
import type { Daemon } from './daemon.ts';
import { inspectHostConfig } from './host-config.ts';
import type { LiveContainer } from './live-container.ts';
import { commandOf } from './merge-config.ts';
import { networkSettings } from './network-settings.ts';
import { lowerSizeBytes, writableSizeBytes } from './sizes.ts';
import { GO_ZERO_TIME, goTime } from './times.ts';

/** Where Docker keeps what it knows of containers and volumes on a host's disk. */
const CONTAINERS_DIRECTORY = '/var/lib/docker/containers';
export const VOLUMES_DIRECTORY = '/var/lib/docker/volumes';

/** The process ID a running container is told to have on its host. */
const HOST_PID_BASE = 4096;

export async function inspectContainer(
  daemon: Daemon,
  container: LiveContainer,
  size: boolean,
): Promise<ContainerInspect> {
  const { record } = container;
  const [path = '', ...args] = commandOf(record.config);
  const directory = `${CONTAINERS_DIRECTORY}/${record.id}`;
  const written = size ? await writableSizeBytes(container) : 0;
  const execs = [...container.execs.keys()];
  return {
    Id: record.id,
    Created: goTime(record.createdMs),
    Path: path,
    Args: args,
    State: stateOf(container),
    Image: record.imageID,
    ResolvConfPath: record.startedMs === undefined ? '' : `${directory}/resolv.conf`,
    HostnamePath: record.startedMs === undefined ? '' : `${directory}/hostname`,
    HostsPath: record.startedMs === undefined ? '' : `${directory}/hosts`,
    LogPath: record.startedMs === undefined ? '' : `${directory}/${record.id}-json.log`,
    Name: `/${record.name}`,
    RestartCount: record.restartCount ?? 0,
    Driver: 'overlay2',
    Platform: 'linux',
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: '',
    ExecIDs: execs.length === 0 ? null : execs,
    HostConfig: inspectHostConfig(record.hostConfig),
    GraphDriver: await graphDriver(daemon, record),
    ...(size ? { SizeRw: written, SizeRootFs: written + (await lowerSizeBytes(daemon, container)) } : {}),
    Mounts: (record.mounts ?? []).filter(({ type, explicit }) => type !== 'tmpfs' || explicit === true).map(mountPoint),
    Config: configOf(record),
    NetworkSettings: await networkSettings(daemon, container),
  };
}

function stateOf(container: LiveContainer): ContainerInspect['State'] {
  const { record, isRunning, isPaused, health } = container;
  return {
    Status: record.state,
    Running: isRunning,
    Paused: isPaused,
    Restarting: record.state === 'restarting',
    OOMKilled: record.outOfMemory ?? false,
    Dead: record.state === 'dead',
    Pid: container.running === undefined ? 0 : hostPid(record),
    ExitCode: isRunning && record.state !== 'restarting' ? 0 : record.exitCode,
    Error: record.error ?? '',
    StartedAt: record.startedMs === undefined ? GO_ZERO_TIME : goTime(record.startedMs),
    FinishedAt: record.finishedMs === undefined ? GO_ZERO_TIME : goTime(record.finishedMs),
    ...(health === undefined
      ? {}
      : { Health: { Status: health.status, FailingStreak: health.failingStreak, Log: health.log } }),
  };
}

/** Differs between containers; there is no host whose process it could be. */
function hostPid({ id }: ContainerRecord): number {
  return HOST_PID_BASE + (parseInt(id.slice(0, 4), 16) % 28_000);
}

async function graphDriver(daemon: Daemon, record: ContainerRecord) {
  const chain = await daemon.store.snapshots.chain(record.chainID);
  const directory = (name: string): string => `/var/lib/docker/overlay2/${name}`;
  const lower = [...chain].reverse().map((diffID) => directory(`${diffID.slice('sha256:'.length)}/diff`));
  return {
    Data: {
      ID: record.id,
      LowerDir: [directory(`${record.id}-init/diff`), ...lower].join(':'),
      MergedDir: directory(`${record.id}/merged`),
      UpperDir: directory(`${record.id}/diff`),
      WorkDir: directory(`${record.id}/work`),
    },
    Name: 'overlay2',
  };
}

function mountPoint(mount: MountRecord): Readonly<Record<string, unknown>> {
  const { type, name, source, destination, readOnly, mode } = mount;
  const isVolume = type === 'volume';
  return {
    Type: type,
    ...(name === undefined ? {} : { Name: name }),
    Source: isVolume ? `${VOLUMES_DIRECTORY}/${name ?? ''}/_data` : source,
    Destination: destination,
    ...(isVolume ? { Driver: 'local' } : {}),
    Mode: mode,
    RW: !readOnly,
    Propagation: type === 'bind' ? 'rprivate' : '',
  };
}

function configOf({ config, imageName }: ContainerRecord): ContainerInspect['Config'] {
  return {
    Hostname: config.Hostname ?? '',
    Domainname: config.Domainname ?? '',
    User: config.User ?? '',
    AttachStdin: config.AttachStdin ?? false,
    AttachStdout: config.AttachStdout ?? false,
    AttachStderr: config.AttachStderr ?? false,
    ...(config.ExposedPorts === undefined ? {} : { ExposedPorts: sortedKeys(config.ExposedPorts) }),
    Tty: config.Tty ?? false,
    OpenStdin: config.OpenStdin ?? false,
    StdinOnce: config.StdinOnce ?? false,
    Env: config.Env ?? [],
    Cmd: config.Cmd ?? null,
    ...(config.Healthcheck === undefined ? {} : { Healthcheck: config.Healthcheck }),
    ...(config.ArgsEscaped === true ? { ArgsEscaped: true } : {}),
    Image: imageName,
    Volumes: config.Volumes === undefined ? null : sortedKeys(config.Volumes),
    WorkingDir: config.WorkingDir ?? '',
    Entrypoint: config.Entrypoint ?? null,
    ...(config.NetworkDisabled === true ? { NetworkDisabled: true } : {}),
    OnBuild: config.OnBuild ?? null,
    Labels: sortedKeys(config.Labels ?? {}),
    ...(config.StopSignal === undefined ? {} : { StopSignal: config.StopSignal }),
    ...(config.StopTimeout === undefined ? {} : { StopTimeout: config.StopTimeout }),
    ...(config.Shell === undefined ? {} : { Shell: config.Shell }),
  };
}

/** Go writes maps with their keys sorted. */
function sortedKeys<V>(map: Readonly<Record<string, V>>): Readonly<Record<string, V>> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
