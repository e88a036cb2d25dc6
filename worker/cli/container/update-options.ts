/** What the flags of `docker update` change. */
import type { HostConfig } from '../../engine/docker/container-types.ts';
import type { Flags } from '../flags.ts';
import { parseBinarySize } from '../format/human-size.ts';
import { restartPolicy } from './create-options.ts';

const NUMBERS = [
  ['blkio-weight', 'BlkioWeight'],
  ['cpu-period', 'CpuPeriod'],
  ['cpu-quota', 'CpuQuota'],
  ['cpu-rt-period', 'CpuRealtimePeriod'],
  ['cpu-rt-runtime', 'CpuRealtimeRuntime'],
  ['cpu-shares', 'CpuShares'],
  ['pids-limit', 'PidsLimit'],
] as const;
const SIZES = [
  ['memory', 'Memory'],
  ['memory-reservation', 'MemoryReservation'],
  ['memory-swap', 'MemorySwap'],
] as const;
const TEXTS = [
  ['cpuset-cpus', 'CpusetCpus'],
  ['cpuset-mems', 'CpusetMems'],
] as const;

/** The settings that were given; none where no flag was. */
export function updatedSettings(flags: Flags): HostConfig {
  const changes: Record<string, unknown> = {};
  for (const [flag, field] of NUMBERS) if (flags.given(flag)) changes[field] = flags.number(flag);
  for (const [flag, field] of TEXTS) if (flags.given(flag)) changes[field] = flags.text(flag);
  for (const [flag, field] of SIZES) {
    const text = flags.text(flag);
    if (text !== undefined) changes[field] = text === '-1' ? -1 : parseBinarySize(text);
  }
  if (flags.given('cpus')) changes['NanoCpus'] = Math.round(Number(flags.text('cpus')) * 1e9);
  const policy = flags.text('restart');
  if (policy !== undefined && policy !== '') changes['RestartPolicy'] = restartPolicy(policy);
  return changes;
}
