/** What the flags of `docker run` and `docker create` ask of the engine. */
import type { ContainerCreate, HostConfig } from '../../engine/docker/container-types.ts';
import { isEngineError } from '../../base/errors.ts';
import { resolvePath } from '../../base/path.ts';
import { parseReferenceOrID } from '../../oci/reference.ts';
import { CliError } from '../command.ts';
import type { CliContext } from '../context.ts';
import type { Flags } from '../flags.ts';
import { parseBinarySize } from '../format/human-size.ts';
import { checkCreateFlags } from './create-checks.ts';
import { deviceOfFlag, gpuRequests } from './device-flags.ts';
import { durationNanoseconds } from './durations.ts';
import { keyValues, readLabels, readVariables } from './key-values.ts';
import { mountsOfFlags, tmpfsOfFlags, volumesOfFlags } from './mount-flags.ts';
import { networksOfFlags } from './network-flags.ts';
import { exposedPorts, publishedPorts } from './port-flags.ts';

/** Streams the client attaches to. */
export interface AttachedStreams {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
}

/** `image` and its command from the operands. Throws {@link CliError} for flags that contradict each other. */
export async function createOptions(
  context: CliContext,
  flags: Flags,
  [image = '', ...command]: readonly string[],
  attached: AttachedStreams,
): Promise<ContainerCreate> {
  if (flags.bool('rm') && (flags.text('restart') ?? 'no') !== 'no') {
    throw new CliError('conflicting options: cannot specify both --restart and --rm');
  }
  await checkCreateFlags(context, flags);
  assertReference(image);
  const volumes = volumesOfFlags(flags.list('volume'), (path) => absolutePath(context, path));
  const published = publishedPorts(flags.list('publish'));
  const ports = [...Object.keys(published), ...exposedPorts(flags.list('expose'))];
  const networks = networksOfFlags(flags);
  const name = flags.text('name');
  const platform = flags.text('platform');
  return {
    ...(name === undefined || name === '' ? {} : { name }),
    image,
    ...(platform === undefined ? {} : { platform }),
    config: {
      ...textField('Hostname', flags.text('hostname')),
      ...textField('Domainname', flags.text('domainname')),
      ...textField('User', flags.text('user')),
      ...textField('WorkingDir', flags.text('workdir')),
      ...textField('StopSignal', flags.text('stop-signal')),
      AttachStdin: attached.stdin,
      AttachStdout: attached.stdout,
      AttachStderr: attached.stderr,
      ...(ports.length === 0 ? {} : { ExposedPorts: setOf(ports) }),
      Tty: flags.bool('tty'),
      OpenStdin: flags.bool('interactive'),
      StdinOnce: flags.bool('interactive') && attached.stdin,
      Env: await readVariables(context, flags.list('env-file'), flags.list('env')),
      ...(command.length === 0 ? {} : { Cmd: command }),
      ...(flags.given('entrypoint') ? { Entrypoint: [flags.text('entrypoint') ?? ''] } : {}),
      ...(volumes.anonymous.length === 0 ? {} : { Volumes: setOf(volumes.anonymous) }),
      Labels: await readLabels(context, flags.list('label-file'), flags.list('label')),
      ...(flags.given('stop-timeout') ? { StopTimeout: flags.number('stop-timeout') ?? 0 } : {}),
      ...healthcheck(flags),
    },
    hostConfig: hostConfig(flags, volumes.binds, published, networks[0]?.network),
    ...(networks[0]?.network.startsWith('container:') === true ? { networks: [] } : { networks }),
  };
}

/** The client reads the name before it asks the engine. Throws {@link CliError}. */
function assertReference(image: string): void {
  try {
    parseReferenceOrID(image);
  } catch (error) {
    if (isEngineError(error)) throw new CliError(error.message);
    throw error;
  }
}

function hostConfig(
  flags: Flags,
  binds: readonly string[],
  published: ReturnType<typeof publishedPorts>,
  network = 'bridge',
): HostConfig {
  const mounts = mountsOfFlags(flags.list('mount'));
  return {
    ...(binds.length === 0 ? {} : { Binds: binds }),
    ...(mounts.length === 0 ? {} : { Mounts: mounts }),
    ...(flags.given('tmpfs') ? { Tmpfs: tmpfsOfFlags(flags.list('tmpfs')) } : {}),
    ...listField('VolumesFrom', flags.list('volumes-from')),
    PortBindings: published,
    PublishAllPorts: flags.bool('publish-all'),
    RestartPolicy: restartPolicy(flags.text('restart') ?? 'no'),
    AutoRemove: flags.bool('rm'),
    ReadonlyRootfs: flags.bool('read-only'),
    Privileged: flags.bool('privileged'),
    NetworkMode: network,
    ...(flags.given('init') ? { Init: flags.bool('init') } : {}),
    ...(flags.given('pids-limit') ? { PidsLimit: flags.number('pids-limit') ?? 0 } : {}),
    ...(flags.given('cpus') ? { NanoCpus: Math.round(Number(flags.text('cpus')) * 1e9) } : {}),
    ...sizeField('Memory', flags.text('memory')),
    ...sizeField('MemoryReservation', flags.text('memory-reservation')),
    ...sizeField('MemorySwap', flags.text('memory-swap')),
    ...sizeField('ShmSize', flags.text('shm-size')),
    ...numberField('CpuShares', flags.number('cpu-shares')),
    ...numberField('CpuPeriod', flags.number('cpu-period')),
    ...numberField('CpuQuota', flags.number('cpu-quota')),
    ...numberField('BlkioWeight', flags.number('blkio-weight')),
    ...numberField('OomScoreAdj', flags.number('oom-score-adj')),
    ...textField('CpusetCpus', flags.text('cpuset-cpus')),
    ...textField('CpusetMems', flags.text('cpuset-mems')),
    ...textField('CgroupParent', flags.text('cgroup-parent')),
    ...textField('IpcMode', flags.text('ipc')),
    ...textField('PidMode', flags.text('pid')),
    ...textField('UTSMode', flags.text('uts')),
    ...textField('UsernsMode', flags.text('userns')),
    ...textField('Runtime', flags.text('runtime')),
    ...textField('Isolation', flags.text('isolation')),
    ...(flags.given('device') ? { Devices: flags.list('device').map(deviceOfFlag) } : {}),
    ...(flags.given('gpus') ? { DeviceRequests: gpuRequests(flags.list('gpus')) } : {}),
    ...textField('VolumeDriver', flags.text('volume-driver')),
    ...listField('Dns', flags.list('dns')),
    ...listField('DnsOptions', flags.list('dns-option')),
    ...listField('DnsSearch', flags.list('dns-search')),
    ...listField(
      'ExtraHosts',
      flags.list('add-host').map((host) => host.replace(/^([^:=]+)=/, '$1:')),
    ),
    ...listField('GroupAdd', flags.list('group-add')),
    ...capabilityFields(flags.list('cap-add'), flags.list('cap-drop')),
    ...listField('SecurityOpt', flags.list('security-opt')),
    ...listField('Links', flags.list('link')),
    ...(flags.given('ulimit') ? { Ulimits: ulimits(flags.list('ulimit')) } : {}),
    ...(flags.given('sysctl') ? { Sysctls: keyValues(flags.list('sysctl')) } : {}),
    ...(flags.given('annotation') ? { Annotations: keyValues(flags.list('annotation')) } : {}),
    ...logConfig(flags),
    ...(flags.given('cidfile') ? { ContainerIDFile: flags.text('cidfile') ?? '' } : {}),
  };
}

function logConfig(flags: Flags): HostConfig {
  if (!flags.given('log-driver') && !flags.given('log-opt')) return {};
  return { LogConfig: { Type: flags.text('log-driver') ?? 'json-file', Config: keyValues(flags.list('log-opt')) } };
}

/** `on-failure:3`. Throws {@link CliError} for a count that is none. */
export function restartPolicy(text: string): { readonly Name: string; readonly MaximumRetryCount: number } {
  const colon = text.indexOf(':');
  if (colon === -1) return { Name: text, MaximumRetryCount: 0 };
  const count = text.slice(colon + 1);
  if (!/^-?\d+$/.test(count)) {
    throw new CliError('invalid restart policy format: maximum retry count must be an integer');
  }
  return { Name: text.slice(0, colon), MaximumRetryCount: Number(count) };
}

function healthcheck(flags: Flags): ContainerCreate['config'] {
  if (flags.bool('no-healthcheck')) {
    if (flags.given('health-cmd')) throw new CliError('--no-healthcheck conflicts with --health-* options');
    return { Healthcheck: { Test: ['NONE'] } };
  }
  const names = [
    'health-cmd',
    'health-interval',
    'health-timeout',
    'health-start-period',
    'health-start-interval',
    'health-retries',
  ];
  if (!names.some((name) => flags.given(name))) return {};
  if ((flags.number('health-retries') ?? 0) < 0) throw new CliError('--health-retries cannot be negative');
  const span = (name: string): number => durationNanoseconds(flags.text(name) ?? '0s');
  return {
    Healthcheck: {
      ...(flags.given('health-cmd') ? { Test: ['CMD-SHELL', flags.text('health-cmd') ?? ''] } : {}),
      ...numberField('Interval', span('health-interval')),
      ...numberField('Timeout', span('health-timeout')),
      ...numberField('StartPeriod', span('health-start-period')),
      ...numberField('StartInterval', span('health-start-interval')),
      ...numberField('Retries', flags.number('health-retries')),
    },
  };
}

/** By name; the last of a name counts. */
function ulimits(texts: readonly string[]): readonly ReturnType<typeof ulimit>[] {
  const named = new Map(texts.map(ulimit).map((limit) => [limit.Name, limit]));
  return [...named.values()].sort((a, b) => (a.Name < b.Name ? -1 : 1));
}

function ulimit(text: string): { readonly Name: string; readonly Hard: number; readonly Soft: number } {
  const [name = '', limits = ''] = text.split('=');
  const [soft = '', hard = soft] = limits.split(':');
  return { Name: name, Hard: Number(hard), Soft: Number(soft) };
}

/** Sorted, each once; one that is added is not dropped, and ALL stands for every other. */
function capabilityFields(added: readonly string[], dropped: readonly string[]): HostConfig {
  const effective = (names: readonly string[]): string[] => {
    const all = [...new Set(names.map(capability))].sort();
    return all.includes('ALL') ? ['ALL'] : all;
  };
  const add = effective(added);
  return {
    ...listField('CapAdd', add),
    ...listField(
      'CapDrop',
      effective(dropped).filter((name) => !add.includes(name)),
    ),
  };
}

function capability(name: string): string {
  const upper = name.toUpperCase();
  return upper === 'ALL' || upper.startsWith('CAP_') ? upper : `CAP_${upper}`;
}

function absolutePath(context: CliContext, path: string): string {
  const home = context.shell.env.get('HOME') ?? '/';
  return resolvePath(path.replace(/^~(?=\/|$)/, home), context.shell.process.cwd);
}

function setOf(names: readonly string[]): Readonly<Record<string, Record<string, never>>> {
  return Object.fromEntries(names.map((name) => [name, {}]));
}

function textField<K extends string>(name: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined || value === '' ? {} : ({ [name]: value } as Partial<Record<K, string>>);
}

function numberField<K extends string>(name: K, value: number | undefined): Partial<Record<K, number>> {
  return value === undefined || value === 0 ? {} : ({ [name]: value } as Partial<Record<K, number>>);
}

function sizeField<K extends string>(name: K, value: string | undefined): Partial<Record<K, number>> {
  return value === undefined
    ? {}
    : ({ [name]: value === '-1' ? -1 : parseBinarySize(value) } as Partial<Record<K, number>>);
}

function listField<K extends string>(name: K, values: readonly string[]): Partial<Record<K, readonly string[]>> {
  return values.length === 0 ? {} : ({ [name]: values } as Partial<Record<K, readonly string[]>>);
}
