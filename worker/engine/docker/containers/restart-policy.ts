/** When a container is started again by itself, and after what pause: the daemon's restart manager. */
import type { HostConfig } from '../container-types.ts';
import type { LiveContainer } from './live-container.ts';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 60_000;
/** Who ran so long is not in a loop of failures. */
const STEADY_AFTER_MS = 10_000;

/** True when the policy wants it started again after this exit. */
export function isToBeRestarted(container: LiveContainer, exitCode: number): boolean {
  if (container.stoppedByHand) return false;
  const hostConfig: HostConfig = container.record.hostConfig;
  const { Name: name = 'no', MaximumRetryCount: most = 0 } = hostConfig.RestartPolicy ?? {};
  if (name === 'always' || name === 'unless-stopped') return true;
  return name === 'on-failure' && exitCode !== 0 && (most === 0 || (container.record.restartCount ?? 0) < most);
}

/** Doubles with every restart that did not last. */
export function restartPauseMs({ record }: LiveContainer): number {
  const ranMs = (record.finishedMs ?? 0) - (record.startedMs ?? 0);
  if (ranMs >= STEADY_AFTER_MS) return FIRST_PAUSE_MS;
  return Math.min(FIRST_PAUSE_MS * 2 ** ((record.restartCount ?? 1) - 1), LONGEST_PAUSE_MS);
}
