/** musl's loader as a program: Alpine's `ldd` is a script that asks it to list what a program needs. */
import type { Applet } from '../../applets/applet.ts';
import { runApplet } from '../../applets/context.ts';
import { ldd } from '../../applets/ldd.ts';
import { refuse } from '../programs/version-tellers.ts';

export const muslLoader: Applet = {
  names: ['ld-musl-x86_64.so.1'],
  summary: 'The dynamic linker of musl: lists what programs need',
  usage: '--list [--] FILE...',
  run(context) {
    const { args, process, programs } = context;
    if (args[0] !== '--list') return refuse(context, 'binaries of this machine’s processor do not run in a browser');
    return runApplet(ldd, process, programs, ['ldd', ...args.slice(1).filter((word) => word !== '--')]);
  },
};
