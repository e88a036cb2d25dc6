/** What a container's process is started with: environment, user and directory, as the daemon and runc set them up. */
import { resolvePath, type AbsolutePath } from '../../../base/path.ts';
import { processUser, type ProcessUser } from '../../../build/ops/users.ts';
import type { Limits, Mount, ProcessSpec, Ulimits } from '../../../shell/process.ts';
import type { ContainerRecord } from '../../../store/containers.ts';
import type { UnionView } from '../../../vfs/view.ts';
import { commandOf } from './merge-config.ts';

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const DEFAULT_TERMINAL = { columns: 80, rows: 24 };
const DEFAULT_MEMORY_BYTES = 2 ** 30;
const DEFAULT_PROCESSES = 512;

/** What the first process of a container is started with. Throws `run` for a user the image does not know. */
export async function processSpec(
  record: ContainerRecord,
  root: UnionView,
  mounts: readonly Mount[],
  argv: readonly string[] = commandOf(record.config),
): Promise<ProcessSpec> {
  const { config, hostConfig } = record;
  const user = await userOf(root, config.User ?? '', hostConfig['GroupAdd']);
  const terminal = config.Tty === true ? { terminal: DEFAULT_TERMINAL } : {};
  return {
    argv,
    env: environmentOf(record, user, config.Tty === true, []),
    cwd: workingDirectoryOf(record),
    credentials: user.credentials,
    hostname: config.Hostname ?? '',
    mounts,
    limits: limitsOf(hostConfig),
    ulimits: ulimitsOf(hostConfig),
    readOnlyRoot: hostConfig['ReadonlyRootfs'] === true,
    init: hostConfig['Init'] === true,
    ...terminal,
  };
}

async function userOf(root: UnionView, user: string, groups: unknown): Promise<ProcessUser> {
  const found = await processUser(root, user);
  const added = (Array.isArray(groups) ? groups : []).map(Number).filter((group) => Number.isInteger(group));
  return { ...found, credentials: { ...found.credentials, groups: [...found.credentials.groups, ...added] } };
}

export function workingDirectoryOf({ config }: ContainerRecord): AbsolutePath {
  return resolvePath(config.WorkingDir ?? '/');
}

/** The variables of a process, in the order of Docker: PATH, HOSTNAME, TERM, then the container's, then `more`; HOME last. */
export function environmentOf(
  { config }: ContainerRecord,
  user: ProcessUser,
  terminal: boolean,
  more: readonly string[],
): ReadonlyMap<string, string> {
  const env = new Map([
    ['PATH', DEFAULT_PATH],
    ['HOSTNAME', config.Hostname ?? ''],
  ]);
  if (terminal) env.set('TERM', 'xterm');
  for (const pair of [...(config.Env ?? []), ...more]) {
    const equals = pair.indexOf('=');
    if (equals === -1) env.delete(pair);
    else env.set(pair.slice(0, equals), pair.slice(equals + 1));
  }
  if (!env.has('HOME')) env.set('HOME', user.home);
  return env;
}

/** A container may run for ever; its memory and its processes are bounded. */
function limitsOf(hostConfig: ContainerRecord['hostConfig']): Partial<Limits> {
  return {
    steps: Infinity,
    outputBytes: Infinity,
    files: Infinity,
    memoryBytes: positive(hostConfig['Memory']) ?? DEFAULT_MEMORY_BYTES,
    processes: positive(hostConfig['PidsLimit']) ?? DEFAULT_PROCESSES,
  };
}

function ulimitsOf(hostConfig: ContainerRecord['hostConfig']): Ulimits {
  const given = hostConfig['Ulimits'];
  return new Map(
    (Array.isArray(given) ? given : []).map((limit: { Name?: unknown; Soft?: unknown; Hard?: unknown }) => [
      String(limit.Name),
      { soft: Number(limit.Soft), hard: Number(limit.Hard) },
    ]),
  );
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}
