/** Programs that would change the machine, which a container may not: each fails as it does in a real one. */
import type { Applet } from '../applet.ts';

/** What each says behind its name; the statuses are theirs too. */
const REFUSALS: Readonly<Record<string, readonly [message: string, status: number]>> = {
  dmesg: ['klogctl: Operation not permitted', 1],
  modprobe: ["can't change directory to '/lib/modules': No such file or directory", 1],
  insmod: ["can't insert module: Operation not permitted", 1],
  rmmod: ["can't unload module: Operation not permitted", 1],
  swapon: ['Operation not permitted', 1],
  swapoff: ['Operation not permitted', 1],
  losetup: ['cannot set up a loop device: Operation not permitted', 1],
  mkswap: ['Operation not permitted', 1],
  pivot_root: ['Operation not permitted', 1],
  unshare: ['unshare failed: Operation not permitted', 1],
  nsenter: ['Operation not permitted', 1],
  iptables: ["can't initialize iptables table `filter': Permission denied (you must be root)", 4],
  reboot: ['Operation not permitted', 1],
  halt: ['Operation not permitted', 1],
  poweroff: ['Operation not permitted', 1],
  hwclock: ["can't open '/dev/misc/rtc': No such file or directory", 1],
};

export const refused: Applet = {
  names: Object.keys(REFUSALS),
  summary: 'Refused: a container may not change the machine it runs on',
  usage: '',
  async run(context) {
    const [message, status] = REFUSALS[context.name] ?? ['Operation not permitted', 1];
    await context.complain(message);
    return status;
  },
};
