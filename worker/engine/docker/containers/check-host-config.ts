/** What the daemon refuses of a container's host config, in its words. */
import { EngineError } from '../../../base/errors.ts';
import type { HostConfig } from '../container-types.ts';
import { checkLogConfig } from './check-log-config.ts';
import { checkProcessors } from './check-processors.ts';

const LEAST_MEMORY_BYTES = 6 << 20;
const OOM_SCORE_LIMIT = 1000;
const RESTART_POLICIES = ['', 'no', 'always', 'on-failure', 'unless-stopped'];
const RUNTIMES = ['', 'io.containerd.runc.v2', 'runc'];
/** Linux's, without `CAP_`. */
const CAPABILITIES = new Set([
  'ALL', 'AUDIT_CONTROL', 'AUDIT_READ', 'AUDIT_WRITE', 'BLOCK_SUSPEND', 'BPF', 'CHECKPOINT_RESTORE', 'CHOWN', 'DAC_OVERRIDE',
  'DAC_READ_SEARCH', 'FOWNER', 'FSETID', 'IPC_LOCK', 'IPC_OWNER', 'KILL', 'LEASE', 'LINUX_IMMUTABLE', 'MAC_ADMIN',
  'MAC_OVERRIDE', 'MKNOD', 'NET_ADMIN', 'NET_BIND_SERVICE', 'NET_BROADCAST', 'NET_RAW', 'PERFMON', 'SETFCAP', 'SETGID',
  'SETPCAP', 'SETUID', 'SYSLOG', 'SYS_ADMIN', 'SYS_BOOT', 'SYS_CHROOT', 'SYS_MODULE', 'SYS_NICE', 'SYS_PACCT', 'SYS_PTRACE',
  'SYS_RAWIO', 'SYS_RESOURCE', 'SYS_TIME', 'SYS_TTY_CONFIG', 'WAKE_ALARM',
]); // prettier-ignore

/** Throws `invalid-argument` for limits, policies and names that the daemon refuses. */
export function checkHostConfig(hostConfig: HostConfig): void {
  checkMemory(hostConfig);
  checkProcessors(hostConfig);
  checkOomScore(hostConfig['OomScoreAdj']);
  checkRestartPolicy(hostConfig);
  checkCapabilities('CapAdd', hostConfig['CapAdd']);
  checkCapabilities('CapDrop', hostConfig['CapDrop']);
  const runtime = textOf(hostConfig['Runtime']);
  if (!RUNTIMES.includes(runtime)) throw refused(`unknown or invalid runtime name: ${runtime}`);
  const isolation = textOf(hostConfig['Isolation']);
  if (isolation !== '' && isolation !== 'default') {
    throw refused(`Invalid isolation: "${isolation}" - linux only supports 'default'`);
  }
  checkLogConfig(hostConfig);
}

function checkMemory({ Memory: memory = 0, MemorySwap: swap = 0, MemoryReservation: reserved = 0 }: HostConfig): void {
  if (memory > 0 && memory < LEAST_MEMORY_BYTES) throw refused('Minimum memory limit allowed is 6MB');
  if (typeof swap === 'number' && swap > 0) {
    if (memory === 0) throw refused('You should always set the Memory limit when using Memoryswap limit, see usage');
    if (swap < memory) throw refused('Minimum memoryswap limit should be larger than memory limit, see usage');
  }
  if (typeof reserved === 'number' && reserved > 0 && reserved < LEAST_MEMORY_BYTES) {
    throw refused('Minimum memory reservation allowed is 6MB');
  }
  if (typeof reserved === 'number' && memory > 0 && reserved > memory) {
    throw refused('Minimum memory limit can not be less than memory reservation limit, see usage');
  }
}

function checkOomScore(score: unknown): void {
  if (typeof score !== 'number' || Math.abs(score) <= OOM_SCORE_LIMIT) return;
  const range = `[-${OOM_SCORE_LIMIT}, ${OOM_SCORE_LIMIT}]`;
  throw refused(`Invalid value ${score}, range for oom score adj is ${range}`);
}

function checkRestartPolicy({ RestartPolicy: policy, AutoRemove }: HostConfig): void {
  if (policy === undefined) return;
  const { Name: name, MaximumRetryCount: retries } = policy;
  if (!RESTART_POLICIES.includes(name)) {
    throw refused(
      `invalid restart policy: unknown policy '${name}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`,
    );
  }
  if (retries !== 0 && name !== 'on-failure') {
    throw refused("invalid restart policy: maximum retry count can only be used with 'on-failure'");
  }
  if (retries < 0) throw refused('invalid restart policy: maximum retry count cannot be negative');
  if (AutoRemove === true && name !== '' && name !== 'no') {
    throw refused("can't create 'AutoRemove' container with restart policy");
  }
}

function checkCapabilities(field: string, names: unknown): void {
  for (const name of Array.isArray(names) ? names.map(String) : []) {
    if (!CAPABILITIES.has(name.replace(/^CAP_/, ''))) throw refused(`invalid ${field}: unknown capability: "${name}"`);
  }
}

/** Devices of the machine that a container may be given. */
const DEVICES = ['/dev/full', '/dev/fuse', '/dev/null', '/dev/random', '/dev/tty', '/dev/urandom', '/dev/zero'];

/** Throws `run` where a container that starts wants a device the machine lacks. */
export function checkDevices(hostConfig: HostConfig): void {
  for (const { PathOnHost: path } of hostConfig.Devices ?? []) {
    if (DEVICES.includes(path)) continue;
    throw new EngineError(
      'run',
      `error gathering device information while adding custom device "${path}": no such file or directory`,
    );
  }
  const [request] = hostConfig.DeviceRequests ?? [];
  if (request === undefined) return;
  const wanted = request.Capabilities.map((names) => `[${names.join(' ')}]`).join(' ');
  throw new EngineError('run', `could not select device driver "${request.Driver}" with capabilities: [${wanted}]`);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function refused(message: string): EngineError {
  return new EngineError('invalid-argument', message);
}
