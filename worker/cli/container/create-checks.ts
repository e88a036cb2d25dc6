/** What the client refuses of `docker run` and `docker create` before it asks the engine, once all flags are read. */
import { CliError } from '../command.ts';
import type { CliContext } from '../context.ts';
import type { Flags } from '../flags.ts';
import { readText } from '../input-files.ts';
import { deviceProblem } from './device-flags.ts';

const HIGHEST_SWAPPINESS = 100;
/** Namespaces by their flag: what messages call them, and whose they may be. */
const NAMESPACES = [
  { flag: 'pid', name: 'PID', modes: ['', 'host'], shared: true },
  { flag: 'uts', name: 'UTS', modes: ['', 'host'], shared: false },
  { flag: 'userns', name: 'USER', modes: ['', 'host'], shared: false },
  { flag: 'cgroupns', name: 'CGROUP', modes: ['', 'host', 'private'], shared: false },
] as const;

/** Throws {@link CliError} for the first value that makes no sense. */
export async function checkCreateFlags(context: CliContext, flags: Flags): Promise<void> {
  const mac = flags.text('mac-address') ?? '';
  if (mac !== '' && !isHardwareAddress(mac)) throw new CliError(`${mac} is not a valid mac address`);
  const swappiness = flags.number('memory-swappiness') ?? -1;
  if (swappiness < -1 || swappiness > HIGHEST_SWAPPINESS) {
    throw new CliError(`invalid value: ${swappiness}. Valid memory swappiness range is 0-${HIGHEST_SWAPPINESS}`);
  }
  for (const device of flags.list('device')) {
    const problem = deviceProblem(device);
    if (problem !== undefined) throw new CliError(problem);
  }
  for (const { flag, name, modes, shared } of NAMESPACES) {
    const mode = flags.text(flag) ?? '';
    if (modes.some((known) => known === mode) || (shared && mode.startsWith('container:'))) continue;
    throw new CliError(`--${flag}: invalid ${name} mode`);
  }
  if (flags.text('log-driver') === 'none' && flags.given('log-opt')) {
    throw new CliError('invalid logging opts for driver none');
  }
  for (const option of flags.list('security-opt')) await checkSecurityOption(context, option);
}

/** Six, eight or twenty bytes in hexadecimal, between colons, hyphens or, by two, dots. */
function isHardwareAddress(text: string): boolean {
  const match = /^(?:[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1)*[0-9a-f]{2}|[0-9a-f]{4}(?:\.[0-9a-f]{4})+)$/i.test(text);
  return match && [6, 8, 20].includes(text.replace(/[:.-]/g, '').length / 2);
}

async function checkSecurityOption(context: CliContext, option: string): Promise<void> {
  const [, name = option, value] = /^([^=]*)=(.*)$/s.exec(option) ?? /^([^:]*):(.*)$/s.exec(option) ?? [];
  if (value === undefined && name !== 'no-new-privileges') {
    throw new CliError(`Invalid --security-opt: ${JSON.stringify(option)}`);
  }
  if (name !== 'seccomp' || value === undefined || ['unconfined', 'builtin'].includes(value)) return;
  try {
    await readText(context, value);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    throw new CliError(`opening seccomp profile (${value}) failed: ${error.message}`);
  }
}
