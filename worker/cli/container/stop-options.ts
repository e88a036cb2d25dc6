/** How long `docker stop` and `docker restart` wait, and what they send first. */
import type { Flags } from '../flags.ts';

export function stopOptions(flags: Flags): { readonly signal?: string; readonly timeoutSeconds?: number } {
  const signal = flags.text('signal');
  const timeoutSeconds = flags.number('timeout') ?? flags.number('time');
  return {
    ...(signal === undefined || signal === '' ? {} : { signal }),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
  };
}
