/** All applets by name, each in a file of its own that is loaded when it is first run. */
import type { Applet } from './applet.ts';

type Loader = () => Promise<Applet>;

/** One line for each file: the names it answers to, and how to load it. */
const FILES: readonly (readonly [names: string, load: Loader])[] = [
  ['addgroup', async () => (await import('./adduser.ts')).addgroup],
  ['adduser', async () => (await import('./adduser.ts')).adduser],
  ['arch', async () => (await import('./uname.ts')).arch],
  ['basename', async () => (await import('./basename.ts')).basename],
  ['busybox', async () => (await import('./busybox.ts')).busybox],
  ['cat', async () => (await import('./cat.ts')).cat],
  ['chmod', async () => (await import('./chmod.ts')).chmod],
  ['chown chgrp', async () => (await import('./chown.ts')).chown],
  ['cp', async () => (await import('./cp.ts')).cp],
  ['cut', async () => (await import('./cut.ts')).cut],
  ['date', async () => (await import('./date.ts')).date],
  ['dd', async () => (await import('./dd.ts')).dd],
  ['delgroup', async () => (await import('./deluser.ts')).delgroup],
  ['deluser', async () => (await import('./deluser.ts')).deluser],
  ['dirname', async () => (await import('./dirname.ts')).dirname],
  ['du', async () => (await import('./du.ts')).du],
  ['echo', async () => (await import('./echo.ts')).echo],
  ['env', async () => (await import('./env.ts')).env],
  ['expr', async () => (await import('./expr.ts')).expr],
  ['false', async () => (await import('./false.ts')).falseApplet],
  ['find', async () => (await import('./find.ts')).find],
  ['fold', async () => (await import('./fold.ts')).fold],
  ['getent', async () => (await import('./getent.ts')).getent],
  ['grep egrep fgrep', async () => (await import('./grep.ts')).grep],
  ['groups', async () => (await import('./groups.ts')).groups],
  ['head', async () => (await import('./head.ts')).head],
  ['hostname', async () => (await import('./hostname.ts')).hostname],
  ['id', async () => (await import('./id.ts')).id],
  ['install', async () => (await import('./install.ts')).install],
  ['kill', async () => (await import('./kill.ts')).kill],
  ['link', async () => (await import('./link.ts')).link],
  ['ln', async () => (await import('./ln.ts')).ln],
  ['logname', async () => (await import('./tty.ts')).logname],
  ['ls', async () => (await import('./ls.ts')).ls],
  ['mkdir', async () => (await import('./mkdir.ts')).mkdir],
  ['mkfifo', async () => (await import('./mknod.ts')).mkfifo],
  ['mknod', async () => (await import('./mknod.ts')).mknod],
  ['mktemp', async () => (await import('./mktemp.ts')).mktemp],
  ['mount', async () => (await import('./mount.ts')).mount],
  ['mv', async () => (await import('./mv.ts')).mv],
  ['nice', async () => (await import('./nohup.ts')).nice],
  ['nl', async () => (await import('./nl.ts')).nl],
  ['nohup', async () => (await import('./nohup.ts')).nohup],
  ['nproc', async () => (await import('./nproc.ts')).nproc],
  ['passwd', async () => (await import('./passwd.ts')).passwd],
  ['paste', async () => (await import('./paste.ts')).paste],
  ['printenv', async () => (await import('./printenv.ts')).printenv],
  ['printf', async () => (await import('./printf.ts')).printf],
  ['pwd', async () => (await import('./pwd.ts')).pwd],
  ['readlink', async () => (await import('./readlink.ts')).readlink],
  ['realpath', async () => (await import('./realpath.ts')).realpath],
  ['rev', async () => (await import('./rev.ts')).rev],
  ['rm', async () => (await import('./rm.ts')).rm],
  ['rmdir', async () => (await import('./rmdir.ts')).rmdir],
  ['sed', async () => (await import('./sed.ts')).sed],
  ['seq', async () => (await import('./seq.ts')).seq],
  ['sh ash dash bash', async () => (await import('./sh.ts')).sh],
  ['sleep', async () => (await import('./sleep.ts')).sleep],
  ['sort', async () => (await import('./sort.ts')).sort],
  ['stat', async () => (await import('./stat.ts')).stat],
  ['su', async () => (await import('./su.ts')).su],
  ['sync', async () => (await import('./sync.ts')).sync],
  ['tac', async () => (await import('./tac.ts')).tac],
  ['tail', async () => (await import('./tail.ts')).tail],
  ['tee', async () => (await import('./tee.ts')).tee],
  ['test [ [[', async () => (await import('./test.ts')).test],
  ['timeout', async () => (await import('./timeout.ts')).timeout],
  ['touch', async () => (await import('./touch.ts')).touch],
  ['tr', async () => (await import('./tr.ts')).tr],
  ['true', async () => (await import('./true.ts')).trueApplet],
  ['truncate', async () => (await import('./truncate.ts')).truncate],
  ['tty', async () => (await import('./tty.ts')).tty],
  ['umount', async () => (await import('./mount.ts')).umount],
  ['uname', async () => (await import('./uname.ts')).uname],
  ['uniq', async () => (await import('./uniq.ts')).uniq],
  ['unlink', async () => (await import('./link.ts')).unlink],
  ['usleep', async () => (await import('./usleep.ts')).usleep],
  ['wc', async () => (await import('./wc.ts')).wc],
  ['which', async () => (await import('./which.ts')).which],
  ['whoami', async () => (await import('./whoami.ts')).whoami],
  ['xargs', async () => (await import('./xargs.ts')).xargs],
  ['yes', async () => (await import('./yes.ts')).yes],
];

const loaders = new Map(FILES.flatMap(([names, load]) => names.split(' ').map((name) => [name, load] as const)));

/** The applet of a name; undefined when there is none. */
export function loadApplet(name: string): Promise<Applet> | undefined {
  return loaders.get(name)?.();
}

/** All names, sorted. */
export function appletNames(): string[] {
  return [...loaders.keys()].sort();
}
