/** Signals by name or number, as moby's `signal.ParseSignal` takes them on Linux. */
import { EngineError } from '../base/errors.ts';

const NAMES: ReadonlySet<string> = new Set(
  (
    'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP ' +
    'TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX'
  ).split(' '),
);

/** How far real-time signals are counted from either end: `RTMIN+15`, `RTMAX-14`. */
const REAL_TIME = /^(?:RTMIN\+(?:[1-9]|1[0-5])|RTMAX-(?:[1-9]|1[0-4]))$/;

/** Throws `dockerfile` for what names no signal. */
export function checkSignal(signal: string): void {
  const known = /^[+-]?\d+$/.test(signal) ? Number(signal) !== 0 : isName(signal.toUpperCase().replace(/^SIG/, ''));
  if (!known) throw new EngineError('dockerfile', `invalid signal: ${signal}`);
}

function isName(name: string): boolean {
  return NAMES.has(name) || REAL_TIME.test(name);
}
