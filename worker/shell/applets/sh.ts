/** The shells as programs. */
import { ash } from '../interpreter/dialects/ash.ts';
import { bash } from '../interpreter/dialects/bash.ts';
import { dash } from '../interpreter/dialects/dash.ts';
import type { Dialect } from '../interpreter/dialects/dialect.ts';
import { runShell } from '../interpreter/main.ts';
import type { Applet } from './applet.ts';

export const sh: Applet = {
  names: ['sh', 'ash', 'dash', 'bash'],
  summary: 'Run a script, or commands from standard input',
  usage: '[-eux] [-o OPTION] [-c SCRIPT [ARG0 ARGS] | FILE ARGS]',
  run({ process, programs }) {
    return runShell(process, programs, dialectOf(process.executable ?? '', process.argv[0] ?? ''));
  },
};

/** Which shell a binary is: `/bin/sh` may be any of them, and the file behind the link tells. */
function dialectOf(executable: string, called: string): Dialect {
  if (/(?:^|\/)busybox$/.test(executable)) return /bash$/.test(called) ? bash : ash;
  if (/bash$/.test(executable)) return bash;
  return /dash$/.test(executable) || !/ash$/.test(called) ? dash : ash;
}
