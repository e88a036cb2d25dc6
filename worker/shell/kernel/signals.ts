/** Signals: numbers (Linux, x86-64), names, and what each does to a process that has not said otherwise. */

const NAMES = [
  'EXIT', 'HUP', 'INT', 'QUIT', 'ILL', 'TRAP', 'ABRT', 'BUS', 'FPE', 'KILL', 'USR1', 'SEGV', 'USR2', 'PIPE', 'ALRM', 'TERM',
  'STKFLT', 'CHLD', 'CONT', 'STOP', 'TSTP', 'TTIN', 'TTOU', 'URG', 'XCPU', 'XFSZ', 'VTALRM', 'PROF', 'WINCH', 'POLL', 'PWR',
  'SYS',
] as const; // prettier-ignore

/** Name without `SIG`; `EXIT` stands for number 0, as in `trap` and `kill -0`. */
export type SignalName = (typeof NAMES)[number];

/** All names in the order of their numbers, `EXIT` first. */
export const SIGNAL_NAMES: readonly SignalName[] = NAMES;

/** Signals whose default is to be ignored. */
const IGNORED: ReadonlySet<SignalName> = new Set(['EXIT', 'CHLD', 'CONT', 'URG', 'WINCH']);

export function signalNumber(name: SignalName): number {
  return NAMES.indexOf(name);
}

/** The signal a user names: `TERM`, `SIGTERM`, `term`, `15`; undefined when there is none. */
export function parseSignal(text: string): SignalName | undefined {
  if (/^\d+$/.test(text)) return NAMES[Number(text)];
  const name = text.toUpperCase().replace(/^SIG/, '');
  return NAMES.find((known) => known === name);
}

/** True when an unhandled signal ends the process. Stopping is not modelled: a stop signal is ignored. */
export function isFatalByDefault(name: SignalName): boolean {
  return !IGNORED.has(name) && !['STOP', 'TSTP', 'TTIN', 'TTOU'].includes(name);
}

const DEATHS: Partial<Record<SignalName, string>> = {
  HUP: 'Hangup', QUIT: 'Quit', ILL: 'Illegal instruction', ABRT: 'Aborted', BUS: 'Bus error', FPE: 'Floating point exception',
  KILL: 'Killed', USR1: 'User defined signal 1', SEGV: 'Segmentation fault', USR2: 'User defined signal 2',
  ALRM: 'Alarm clock', TERM: 'Terminated',
}; // prettier-ignore

/** What a shell says of a child that died of the signal (`strsignal`); undefined for the silent ones (INT, PIPE). */
export function describeDeath(name: SignalName): string | undefined {
  return DEATHS[name];
}
