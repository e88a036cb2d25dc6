/** busybox itself: runs the applet its first argument names. */
import type { Applet } from './applet.ts';
import { STANDALONE_FUNCTIONS, standaloneBusybox } from '../kernel/standalone-busybox.ts';
import { appletNames } from './index.ts';

/** Programs Strata has that are no part of busybox. */
const OTHERS = new Set(
  (
    'bash dash curl dig host jq file iconv iptables ss openssl ssh-keygen tini dumb-init gosu su-exec sudo doas runuser mawk gawk zip dir vdir rgrep ' +
    'bzegrep bzfgrep bzgrep bzless bzmore xzegrep xzfgrep xzgrep xzless xzmore zegrep zfgrep zgrep zless zmore zstd unzstd zstdcat zstdgrep zstdless ' +
    'gpg gpg1 gpg2 gpgv gpgconf gpg-agent gpg-connect-agent dirmngr useradd userdel usermod groupadd groupdel groupmod gpasswd chage chfn chsh ' +
    'getent getconf ldd ldconfig ldconfig.real locale lsb_release lsblk lscpu findmnt prlimit choom column envsubst fmt join numfmt pinky stdbuf users ' +
    'uuidgen mcookie ncal lastb sha224sum update-alternatives update-ca-certificates'
  ).split(' '),
);

/** The functions of busybox 1.37 that there are here. */
export function busyboxFunctions(): string[] {
  return appletNames().filter((name) => !OTHERS.has(name));
}

export const busybox: Applet = {
  names: ['busybox'],
  summary: 'A multi-call binary that combines many common utilities',
  usage: '[FUNCTION [ARGUMENTS]...]',
  async run(context) {
    const [name, ...args] = context.args;
    const isStandalone = standaloneBusybox(context.process) !== undefined;
    const functions = isStandalone ? [...STANDALONE_FUNCTIONS] : busyboxFunctions();
    if (name === undefined || name === '--help') {
      await context.out.write(
        `BusyBox v1.37.0 multi-call binary.\n\nUsage: busybox [function [arguments]...]\n   or: busybox --list\n\nCurrently defined functions:\n\t${functions.join(', ')}\n`,
      );
      return 0;
    }
    if (name === '--list') {
      await context.out.write(`${functions.join('\n')}\n`);
      return 0;
    }
    const program = isStandalone && !STANDALONE_FUNCTIONS.has(name) ? undefined : await context.programs.find(name);
    if (program === undefined) {
      await context.err.write(`${name}: applet not found\n`);
      return 127;
    }
    context.process.argv = [name, ...args];
    return program(context.process);
  },
};
