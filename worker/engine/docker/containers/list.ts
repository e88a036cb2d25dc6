/** `docker ps`: containers as lines, and which of them are asked for. */
import { EngineError } from '../../../base/errors.ts';
import type { Filters } from '../api.ts';
import type { ContainerListItem, HostConfig } from '../container-types.ts';
import type { EndpointRecord } from '../../../store/containers.ts';
import { endpointsOf } from '../networks/endpoints.ts';
import { assertKnownFilters, matchesExactly, matchesLabels, matchesPattern } from '../filters.ts';
import type { Daemon } from './daemon.ts';
import { ancestorIDs } from './ancestors.ts';
import type { LiveContainer } from './live-container.ts';
import { commandOf } from './merge-config.ts';
import { portList } from './ports.ts';
import { lowerSizeBytes, writableSizeBytes } from './sizes.ts';
import { statusText } from './status.ts';

const KNOWN_FILTERS = [
  'ancestor', 'before', 'exited', 'expose', 'health', 'id', 'is-task', 'isolation', 'label', 'label!', 'name', 'network',
  'publish', 'since', 'status', 'volume',
]; // prettier-ignore
const HEALTH = ['healthy', 'none', 'starting', 'unhealthy'];
const STATES = ['created', 'restarting', 'running', 'removing', 'paused', 'exited', 'dead'];

export interface ListOptions {
  readonly all: boolean;
  readonly limit?: number;
  readonly filters: Filters;
  readonly size: boolean;
}

type Predicate = (container: LiveContainer) => boolean;

/** The containers asked for, newest first. Throws `invalid-argument` for a filter that means nothing. */
export async function listContainers(daemon: Daemon, options: ListOptions): Promise<readonly ContainerListItem[]> {
  const { filters, limit } = options;
  assertKnownFilters(filters, KNOWN_FILTERS);
  for (const health of filters.get('health') ?? []) {
    if (!HEALTH.includes(health))
      throw new EngineError('invalid-argument', `unrecognized filter value for health: ${health}`);
  }
  const predicates = [
    ...(await orderFilters(daemon, filters)),
    await ancestorFilter(daemon, filters),
    statusFilter(options),
    exitedFilter(filters),
    (container: LiveContainer) => matchesRecord(filters, container),
  ];
  const all = await daemon.containers.all();
  const matching = all.filter((container) => predicates.every((holds) => holds(container)));
  const wanted = limit !== undefined && limit > 0 ? matching.slice(0, limit) : matching;
  return Promise.all(wanted.map((container) => listItem(daemon, container, options.size)));
}

/** One container as a line of the list. */
export async function listItem(daemon: Daemon, container: LiveContainer, size: boolean): Promise<ContainerListItem> {
  const { record } = container;
  const hostConfig: HostConfig = record.hostConfig;
  const written = size ? await writableSizeBytes(container) : 0;
  return {
    Id: record.id,
    Names: [`/${record.name}`],
    Image: await shownImage(daemon, container),
    ImageID: record.imageID,
    Command: commandText(commandOf(record.config)),
    Created: Math.floor(record.createdMs / 1000),
    Ports: portList(daemon, container),
    ...(size ? { SizeRw: written, SizeRootFs: written + (await lowerSizeBytes(daemon, container)) } : {}),
    Labels: record.config.Labels ?? {},
    State: record.state,
    Status: statusText(record, container.health, daemon.clock.nowMs()),
    NetworkMode: hostConfig.NetworkMode ?? 'bridge',
    NetworkSettings: {
      Networks: Object.fromEntries(endpointsOf(record).map(({ network }) => [network, { IPAddress: '' }])),
    },
    Mounts: (record.mounts ?? [])
      .filter(({ type }) => type !== 'tmpfs')
      .map((mount) => ({
        Type: mount.type,
        ...(mount.name === undefined ? {} : { Name: mount.name }),
        Source: mount.type === 'bind' ? mount.source : '',
        Destination: mount.destination,
        RW: !mount.readOnly,
      })),
  };
}

/** The name it was made by, while that still means its image; else the image's ID. */
async function shownImage(daemon: Daemon, { record }: LiveContainer): Promise<string> {
  try {
    return (await daemon.findImage(record.imageName)).id === record.imageID ? record.imageName : record.imageID;
  } catch {
    return record.imageID;
  }
}

/** Words joined with blanks, those with blanks quoted, as the daemon shows a command. */
function commandText(words: readonly string[]): string {
  return words.map((word) => (word.includes(' ') ? `'${word}'` : word)).join(' ');
}

async function orderFilters(daemon: Daemon, filters: Filters): Promise<readonly Predicate[]> {
  const borders = async (key: string): Promise<readonly LiveContainer[]> =>
    Promise.all((filters.get(key) ?? []).map((name) => daemon.containers.find(name)));
  const place = new Map((await daemon.containers.all()).map((container, at) => [container.id, at]));
  const at = ({ id }: LiveContainer): number => place.get(id) ?? Infinity;
  const before = (await borders('before')).map(
    (border): Predicate =>
      (one) =>
        at(one) > at(border),
  );
  const since = (await borders('since')).map(
    (border): Predicate =>
      (one) =>
        at(one) < at(border),
  );
  return [...before, ...since];
}

async function ancestorFilter(daemon: Daemon, filters: Filters): Promise<Predicate> {
  const names = filters.get('ancestor') ?? [];
  if (names.length === 0) return () => true;
  const ids = await ancestorIDs(daemon, names);
  return ({ record }) => ids.has(record.imageID) || names.includes(record.imageName);
}

/** Running ones alone, unless all, a number of them or a state was asked for. */
function statusFilter({ all, limit, filters }: ListOptions): Predicate {
  const wanted = filters.get('status') ?? [];
  for (const state of wanted) {
    if (!STATES.includes(state)) throw new EngineError('invalid-argument', `invalid filter 'status=${state}'`);
  }
  if (wanted.length > 0) return ({ record }) => wanted.includes(record.state);
  const asksForMore = ['before', 'since', 'exited'].some((key) => filters.has(key));
  if (all || asksForMore || (limit ?? 0) > 0) return () => true;
  return (container) => container.isRunning;
}

function exitedFilter(filters: Filters): Predicate {
  const codes = (filters.get('exited') ?? []).map((text) => {
    if (!/^[-+]?\d+$/.test(text)) {
      throw new EngineError(
        'invalid-argument',
        `invalid filter 'exited=${text}': strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`,
      );
    }
    return Number(text);
  });
  if (codes.length === 0) return () => true;
  return ({ record, isRunning }) => record.startedMs !== undefined && !isRunning && codes.includes(record.exitCode);
}

function matchesRecord(filters: Filters, { record, health }: LiveContainer): boolean {
  const hostConfig: HostConfig = record.hostConfig;
  const mounts = record.mounts ?? [];
  const names = filters.get('name') ?? [];
  return (
    matchesPattern(filters, 'id', record.id) &&
    (names.length === 0 ||
      matchesPattern(filters, 'name', record.name) ||
      matchesPattern(filters, 'name', `/${record.name}`)) &&
    matchesLabels(filters, record.config.Labels ?? {}) &&
    matchesVolume(filters, mounts) &&
    matchesPort(filters, 'expose', Object.keys(record.config.ExposedPorts ?? {})) &&
    matchesPort(filters, 'publish', Object.keys(hostConfig.PortBindings ?? {})) &&
    matchesNetwork(filters, endpointsOf(record)) &&
    matchesExactly(filters, 'health', health?.status ?? 'none') &&
    // a task is a container of a swarm's service, of which there are none
    matchesExactly(filters, 'is-task', 'false')
  );
}

/** By name, or by the ID that a name was resolved to. */
function matchesNetwork(filters: Filters, endpoints: readonly EndpointRecord[]): boolean {
  const wanted = filters.get('network') ?? [];
  return wanted.length === 0 || endpoints.some(({ network }) => wanted.includes(network));
}

function matchesVolume(
  filters: Filters,
  mounts: readonly { readonly name?: string; readonly destination: string }[],
): boolean {
  const wanted = filters.get('volume') ?? [];
  return (
    wanted.length === 0 ||
    mounts.some(({ name = '', destination }) => wanted.includes(name) || wanted.includes(destination))
  );
}

/** `80`, `80/udp` or a range `80-90/tcp`. */
function matchesPort(filters: Filters, key: string, ports: readonly string[]): boolean {
  const wanted = filters.get(key) ?? [];
  if (wanted.length === 0) return true;
  return wanted.some((text) => {
    const [range = '', protocol = 'tcp'] = text.split('/');
    const [first, last = first] = range.split('-').map(Number);
    return ports.some((port) => {
      const [number = '', kind = 'tcp'] = port.split('/');
      return kind === protocol && Number(number) >= (first ?? 0) && Number(number) <= (last ?? 0);
    });
  });
}
