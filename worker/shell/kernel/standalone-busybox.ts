/**
 * The busybox that comes with Strata, Debian's busybox-static, is built to prefer its own functions: its shell, and what of it starts
 * programs (`env`, `xargs`, `find -exec`), look at PATH only for names that it has no function for (busybox, FEATURE_PREFER_APPLETS and
 * FEATURE_SH_STANDALONE). Alpine's is not.
 */
import { baseName, type AbsolutePath } from '../../base/path.ts';
import { isSparse } from '../../vfs/body.ts';
import type { Process } from './process.ts';

/** What `busybox --list` prints of it. */
export const STANDALONE_FUNCTIONS: ReadonlySet<string> = new Set(
  (
    '[ [[ acpid adjtimex ar arch arp arping ascii ash awk base64 basename bc blkdiscard blockdev brctl bunzip2 busybox ' +
    'bzcat bzip2 cal cat chgrp chmod chown chroot chvt clear cmp cp cpio crc32 crond crontab cttyhack cut date dc dd ' +
    'deallocvt depmod devmem df diff dirname dmesg dnsdomainname dos2unix dpkg dpkg-deb du dumpkmap dumpleases echo ed ' +
    'egrep env expand expr factor fallocate false fatattr fdisk fgrep find findfs fold free freeramdisk fsfreeze fstrim ' +
    'ftpget ftpput getfattr getopt getty grep groups gunzip gzip halt head hexdump hostid hostname httpd hwclock ' +
    'i2cdetect i2cdump i2cget i2cset i2ctransfer id ifconfig ifdown ifup init insmod install ionice ip ipcalc kill ' +
    'killall klogd last less link linux32 linux64 linuxrc ln loadfont loadkmap logger login logname logread losetup ls ' +
    'lsmod lsscsi lzcat lzma lzop md5sum mdev microcom mim mkdir mkdosfs mke2fs mkfifo mknod mkpasswd mkswap mktemp ' +
    'modinfo modprobe more mount mt mv nameif nbd-client nc netstat nl nologin nproc nsenter nslookup nuke od openvt ' +
    'partprobe passwd paste patch pidof ping ping6 pivot_root poweroff printf ps pwd rdate readlink realpath reboot ' +
    'renice reset resume rev rm rmdir rmmod route rpm rpm2cpio run-init run-parts sed seq setkeycodes setpriv setsid sh ' +
    'sha1sum sha256sum sha3sum sha512sum shred shuf sleep sort ssl_client start-stop-daemon stat strings stty su sulogin ' +
    'svc svok swapoff swapon switch_root sync sysctl syslogd tac tail tar taskset tc tee telnet telnetd test tftp time ' +
    'timeout top touch tr traceroute traceroute6 true truncate ts tty tunctl ubirename udhcpc udhcpc6 udhcpd uevent ' +
    'umount uname uncompress unexpand uniq unix2dos unlink unlzma unshare unxz unzip uptime usleep uudecode uuencode ' +
    'vconfig vi w watch watchdog wc wget which who whoami xargs xxd xz xzcat yes zcat'
  ).split(' '),
);

/** The binary that a process runs, where that is this busybox: of all others only the name and the size are here, no bytes. */
export function standaloneBusybox({ executable, files }: Process): AbsolutePath | undefined {
  if (executable === undefined || baseName(executable) !== 'busybox') return undefined;
  const inode = files.find(executable)?.inode;
  return inode?.kind === 'file' && !isSparse(inode.body) ? executable : undefined;
}

/** Where a name leads that the process's own busybox has a function for. */
export function ownFunction(process: Process, name: string): AbsolutePath | undefined {
  return STANDALONE_FUNCTIONS.has(name) ? standaloneBusybox(process) : undefined;
}
