/** What the daemon refuses of a container's processors and memory nodes, in its words. */
import { EngineError } from '../../../base/errors.ts';
import type { HostConfig } from '../container-types.ts';

/** As `docker info` tells. */
const PROCESSORS = 2;
const MEMORY_NODES = 1;
const LEAST_PERIOD_US = 1000;
const LONGEST_PERIOD_US = 1_000_000;
const LEAST_QUOTA_US = 1000;
/** The highest number that a list of processors may hold. */
const HIGHEST_PROCESSOR = 8191;

/** Throws `invalid-argument` for shares of time that are too small or contradict each other, and for processors that are not there. */
export function checkProcessors(hostConfig: HostConfig): void {
  const nanoCpus = numberOf(hostConfig['NanoCpus']);
  const period = numberOf(hostConfig['CpuPeriod']);
  const quota = numberOf(hostConfig['CpuQuota']);
  if (nanoCpus > 0 && period > 0) throw refused('Conflicting options: Nano CPUs and CPU Period cannot both be set');
  if (nanoCpus > 0 && quota > 0) throw refused('Conflicting options: Nano CPUs and CPU Quota cannot both be set');
  if (nanoCpus < 0 || nanoCpus > PROCESSORS * 1e9) {
    const range = `Range of CPUs is from 0.01 to ${PROCESSORS.toFixed(2)}`;
    throw refused(`${range}, as there are only ${PROCESSORS} CPUs available`);
  }
  if (period !== 0 && (period < LEAST_PERIOD_US || period > LONGEST_PERIOD_US)) {
    throw refused('CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)');
  }
  if (quota > 0 && quota < LEAST_QUOTA_US) throw refused('CPU cfs quota can not be less than 1ms (i.e. 1000)');
  checkList('cpuset cpus', 'CPUs', hostConfig['CpusetCpus'], PROCESSORS);
  checkList('cpuset mems', 'memory nodes', hostConfig['CpusetMems'], MEMORY_NODES);
}

function checkList(field: string, things: string, value: unknown, count: number): void {
  if (typeof value !== 'string' || value === '') return;
  const last = lastOf(value);
  if (last === undefined) throw refused(`Invalid value ${value} for ${field}: invalid format: ${value}`);
  if (last < count) return;
  const available = count === 1 ? '0' : `0-${count - 1}`;
  throw refused(`Requested ${things} are not available - requested ${value}, available: ${available}`);
}

/** The highest number of a list such as `0-2,7`; undefined for a text that is none. */
function lastOf(list: string): number | undefined {
  let last = 0;
  for (const part of list.split(',')) {
    const [, low, high = low] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    if (low === undefined || Number(high) < Number(low) || Number(high) > HIGHEST_PROCESSOR) return undefined;
    last = Math.max(last, Number(high));
  }
  return last;
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function refused(message: string): EngineError {
  return new EngineError('invalid-argument', message);
}
