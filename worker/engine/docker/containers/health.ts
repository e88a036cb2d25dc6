/**
 * Health checks: a command run in the container again and again, and what its exits say of the container. Timing and counting
 * are those of the daemon (moby `daemon/health.go`).
 */
import { concatBytes, utf8Text } from '../../../base/bytes.ts';
import { isEngineError } from '../../../base/errors.ts';
import type { Healthcheck } from '../../../oci/config.ts';
import { containerEvent, type Daemon } from './daemon.ts';
import { startExec } from './exec.ts';
import type { LiveContainer } from './live-container.ts';
import { goTime } from './times.ts';

interface HealthResult {
  readonly Start: string;
  readonly End: string;
  readonly ExitCode: number;
  readonly Output: string;
}

export interface Health {
  readonly status: 'starting' | 'healthy' | 'unhealthy';
  /** Failures since the last success. */
  readonly failingStreak: number;
  /** The latest results, oldest first. */
  readonly log: readonly HealthResult[];
}

const NANOSECONDS_PER_MS = 1e6;
const DEFAULT_INTERVAL_MS = 30_000;
const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_START_INTERVAL_MS = 5_000;
const DEFAULT_RETRIES = 3;
const KEPT_RESULTS = 5;
const MAX_OUTPUT_BYTES = 4096;
const DEFAULT_SHELL = ['/bin/sh', '-c'];

/** The command of a check; undefined where there is none, or it was turned off. */
function probeCommand(
  check: Healthcheck | undefined,
  shell: readonly string[] = DEFAULT_SHELL,
): readonly string[] | undefined {
  const [kind, ...words] = check?.Test ?? [];
  if (words.length === 0) return undefined;
  if (kind === 'CMD-SHELL') return [...shell, ...words];
  return kind === 'CMD' ? words : undefined;
}

/** Checks the container that has just started, until it ends. */
export function watchHealth(daemon: Daemon, container: LiveContainer): void {
  const { Healthcheck: check, Shell } = container.record.config;
  const argv = probeCommand(check, Shell);
  container.health = undefined;
  if (check === undefined || argv === undefined || container.running === undefined) return;
  container.health = { status: 'starting', failingStreak: 0, log: [] };
  const stop = new AbortController();
  void container.running.exited.catch(() => undefined).then(() => stop.abort());
  void probeForEver(daemon, container, { check, argv }, stop.signal).catch((error: unknown) => {
    if (!stop.signal.aborted && !isEngineError(error)) throw error;
  });
}

/** The container has ended: nobody vouches for it any more. */
export function endHealth(container: LiveContainer): void {
  if (container.health !== undefined) container.health = { ...container.health, status: 'unhealthy' };
}

interface Probe {
  readonly check: Healthcheck;
  readonly argv: readonly string[];
}

async function probeForEver(
  daemon: Daemon,
  container: LiveContainer,
  probe: Probe,
  signal: AbortSignal,
): Promise<void> {
  const { check } = probe;
  const intervalMs = milliseconds(check.Interval, DEFAULT_INTERVAL_MS);
  const graceMs = milliseconds(check.StartPeriod, 0);
  const startIntervalMs = milliseconds(check.StartInterval, DEFAULT_START_INTERVAL_MS);
  const startedMs = daemon.clock.nowMs();
  for (;;) {
    const isGrace = (): boolean =>
      container.health?.status === 'starting' && daemon.clock.nowMs() - startedMs < graceMs;
    await daemon.clock.sleep(isGrace() ? startIntervalMs : intervalMs, signal);
    // a paused container is not asked; it could not answer
    if (container.isPaused) continue;
    const result = await runProbe(daemon, container, probe, signal);
    if (signal.aborted) return;
    record(daemon, container, check, result, isGrace());
  }
}

/** Runs the command once. */
async function runProbe(
  daemon: Daemon,
  container: LiveContainer,
  { check, argv }: Probe,
  signal: AbortSignal,
): Promise<HealthResult> {
  const timeoutMs = milliseconds(check.Timeout, DEFAULT_TIMEOUT_MS);
  const startMs = daemon.clock.nowMs();
  const printed: Uint8Array[] = [];
  const keep = (data: Uint8Array): void => void printed.push(data);
  const options = { argv, env: [], tty: false, privileged: false, detach: false };
  const { process, ended } = await startExec(daemon, container, options, { stdout: keep, stderr: keep });
  const timer = new AbortController();
  const late = daemon.clock.sleep(timeoutMs, AbortSignal.any([timer.signal, signal])).then(
    () => undefined,
    () => ended,
  );
  const code = await Promise.race([ended, late]);
  timer.abort();
  if (code === undefined) process?.signal('KILL');
  return {
    Start: goTime(startMs),
    End: goTime(daemon.clock.nowMs()),
    ExitCode: code ?? -1,
    Output:
      code === undefined
        ? `Health check exceeded timeout (${goDuration(timeoutMs)})`
        : utf8Text(concatBytes(printed).subarray(0, MAX_OUTPUT_BYTES)),
  };
}

function record(
  daemon: Daemon,
  container: LiveContainer,
  check: Healthcheck,
  result: HealthResult,
  isGrace: boolean,
): void {
  const before = container.health;
  if (before === undefined) return;
  const log = [...before.log, result].slice(-KEPT_RESULTS);
  const retries = check.Retries === undefined || check.Retries === 0 ? DEFAULT_RETRIES : check.Retries;
  const failed = result.ExitCode !== 0;
  const failingStreak = !failed ? 0 : isGrace ? before.failingStreak : before.failingStreak + 1;
  const status = !failed ? 'healthy' : failingStreak >= retries && !isGrace ? 'unhealthy' : before.status;
  container.health = { status, failingStreak, log };
  if (status !== before.status) containerEvent(daemon, container, `health_status: ${status}`);
}

function milliseconds(nanoseconds: number | undefined, otherwise: number): number {
  return nanoseconds === undefined || nanoseconds === 0 ? otherwise : nanoseconds / NANOSECONDS_PER_MS;
}

/** `5s`, `1m30s`, `500ms`: whole milliseconds as Go prints a duration. */
function goDuration(ms: number): string {
  if (ms < 1000) return `${ms}ms`;
  const seconds = ms / 1000;
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const rest = `${seconds % 60}s`;
  if (hours > 0) return `${hours}h${minutes % 60}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}
