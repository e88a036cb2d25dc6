/** How long `docker stop` and `docker restart` wait, and what they send first. */
import type { FlagSpec } from '../command.ts';
import type { Flags } from '../flags.ts';

export const STOP_FLAGS: readonly FlagSpec[] = [
  { name: 'signal', short: 's', kind: 'string', help: 'Signal to send to the container' },
  { name: 'timeout', short: 't', kind: 'int', help: 'Seconds to wait before killing the container' },
  { name: 'time', kind: 'int', help: 'Seconds to wait before killing the container', hidden: true },
];

export function stopOptions(flags: Flags): { readonly signal?: string; readonly timeoutSeconds?: number } {
  const signal = flags.text('signal');
  const timeoutSeconds = flags.number('timeout') ?? flags.number('time');
  return {
    ...(signal === undefined || signal === '' ? {} : { signal }),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
  };
}
