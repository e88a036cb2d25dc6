/** who, w, users, last, lastlog, mesg and wall: nobody is logged in at a container, and its records of logins are empty. */
import type { Applet } from '../applet.ts';
import { parseOptions } from '../options.ts';
import { formatTime } from '../time-format.ts';

const WTMP = '/var/log/wtmp';

export const who: Applet = {
  names: ['who', 'users', 'pinky'],
  summary: 'Show who is logged on',
  usage: '[-aH]',
  async run(context) {
    if (context.name === 'who' && context.flavour === 'busybox')
      await context.out.write('USER\t\tTTY\t\tIDLE\tTIME\t\t HOST\n');
    return 0;
  },
};

export const w: Applet = {
  names: ['w'],
  summary: 'Show who is logged on, and what they do',
  usage: '',
  simulated: 'the load of the machine is a stand-in',
  async run(context) {
    if (context.flavour === 'busybox') {
      await context.out.write('USER\t\tTTY\t\tIDLE\tTIME\t\t HOST\n');
      return 0;
    }
    const { clock } = context.process.kernel;
    const minutes = Math.floor(clock.monotonicMs() / 60_000);
    await context.out.write(
      ` ${formatTime('%H:%M:%S', clock.nowMs())} up ${minutes} min,  0 users,  load average: 0.00, 0.00, 0.00\n` +
        'USER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT\n',
    );
    return 0;
  },
};

export const last: Applet = {
  names: ['last', 'lastb'],
  summary: 'Show listing of the last users that logged into the system',
  usage: '[-f FILE]',
  async run(context) {
    const options = parseOptions(context.args, 'f:n:RxFadiw0123456789', { file: 'f' });
    const file = options.value('f') ?? (context.name === 'lastb' ? '/var/log/btmp' : WTMP);
    const found = context.files.find(file);
    if (found === undefined) return context.complain(`cannot open ${file}: No such file or directory`);
    await context.out.write(
      `\n${file.slice(file.lastIndexOf('/') + 1)} begins ${formatTime('%a %b %e %H:%M:%S %Y', found.inode.mtimeMs)}\n`,
    );
    return 0;
  },
};

export const mesg: Applet = {
  names: ['mesg', 'wall'],
  summary: 'Messages from and to other terminals',
  usage: '[n|y]',
  async run(context) {
    if (context.name === 'wall') {
      await context.stdin().all();
      return 0;
    }
    return context.complain('ttyname failed: Inappropriate ioctl for device');
  },
};
