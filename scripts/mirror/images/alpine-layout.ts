/**
 * Alpine's base layout (packages `alpine-baselayout`, `alpine-baselayout-data`, `alpine-release`): directories with their modes,
 * and the files of /etc. Small files are whole; long tables (`services`, `protocols`) and programs are honest sizes.
 */
import type { LaidFile, LaidFiles } from '../file-layer.ts';

/** Directories whose mode is not 0755. */
export const DIRECTORY_MODES: Readonly<Record<string, number>> = {
  '/root': 0o700,
  '/tmp': 0o1777,
  '/var/empty': 0o555,
  '/var/tmp': 0o1777,
};

export const DIRECTORIES: readonly string[] = [
  ...[
    '/dev',
    '/dev/pts',
    '/dev/shm',
    '/etc/apk/protected_paths.d',
    '/etc/crontabs',
    '/etc/modprobe.d',
    '/etc/modules-load.d',
  ],
  ...[
    '/etc/network/if-down.d',
    '/etc/network/if-post-down.d',
    '/etc/network/if-post-up.d',
    '/etc/network/if-pre-down.d',
  ],
  ...['/etc/network/if-pre-up.d', '/etc/network/if-up.d', '/etc/opt', '/etc/periodic/15min', '/etc/periodic/daily'],
  ...[
    '/etc/periodic/hourly',
    '/etc/periodic/monthly',
    '/etc/periodic/weekly',
    '/etc/profile.d',
    '/etc/sysctl.d',
    '/home',
  ],
  ...[
    '/lib/apk/db',
    '/lib/apk/exec',
    '/lib/firmware',
    '/lib/modules-load.d',
    '/lib/sysctl.d',
    '/media/cdrom',
    '/media/floppy',
  ],
  ...['/media/usb', '/mnt', '/opt', '/proc', '/root', '/run', '/sbin', '/srv', '/sys', '/tmp', '/usr/bin', '/usr/lib'],
  ...['/usr/lib/modules-load.d', '/usr/local/bin', '/usr/local/lib', '/usr/local/share', '/usr/sbin', '/usr/share/man'],
  ...[
    '/usr/share/misc',
    '/var/cache/apk',
    '/var/cache/misc',
    '/var/empty',
    '/var/lib/apk',
    '/var/lib/misc',
    '/var/lib/udhcpd',
  ],
  ...['/var/local', '/var/lock/subsys', '/var/log', '/var/mail', '/var/opt', '/var/spool/cron', '/var/tmp'],
];

const USERS = [
  ['root', 0, 0, 'root', '/root', '/bin/sh'],
  ['bin', 1, 1, 'bin', '/bin', '/sbin/nologin'],
  ['daemon', 2, 2, 'daemon', '/sbin', '/sbin/nologin'],
  ['lp', 4, 7, 'lp', '/var/spool/lpd', '/sbin/nologin'],
  ['sync', 5, 0, 'sync', '/sbin', '/bin/sync'],
  ['shutdown', 6, 0, 'shutdown', '/sbin', '/sbin/shutdown'],
  ['halt', 7, 0, 'halt', '/sbin', '/sbin/halt'],
  ['mail', 8, 12, 'mail', '/var/mail', '/sbin/nologin'],
  ['news', 9, 13, 'news', '/usr/lib/news', '/sbin/nologin'],
  ['uucp', 10, 14, 'uucp', '/var/spool/uucppublic', '/sbin/nologin'],
  ['cron', 16, 16, 'cron', '/var/spool/cron', '/sbin/nologin'],
  ['ftp', 21, 21, '', '/var/lib/ftp', '/sbin/nologin'],
  ['sshd', 22, 22, 'sshd', '/dev/null', '/sbin/nologin'],
  ['games', 35, 35, 'games', '/usr/games', '/sbin/nologin'],
  ['ntp', 123, 123, 'NTP', '/var/empty', '/sbin/nologin'],
  ['guest', 405, 100, 'guest', '/dev/null', '/sbin/nologin'],
  ['nobody', 65534, 65534, 'nobody', '/', '/sbin/nologin'],
] as const;

const GROUPS =
  'root:x:0:root bin:x:1:root,bin,daemon daemon:x:2:root,bin,daemon sys:x:3:root,bin adm:x:4:root,daemon tty:x:5: ' +
  'disk:x:6:root lp:x:7:lp kmem:x:9: wheel:x:10:root floppy:x:11:root mail:x:12:mail news:x:13:news uucp:x:14:uucp ' +
  'cron:x:16:cron audio:x:18: cdrom:x:19: dialout:x:20:root ftp:x:21: sshd:x:22: input:x:23: tape:x:26:root video:x:27:root ' +
  'netdev:x:28: kvm:x:34:kvm games:x:35: shadow:x:42: www-data:x:82: users:x:100:games ntp:x:123: abuild:x:300: ' +
  'utmp:x:406: ping:x:999: nogroup:x:65533: nobody:x:65534:';

const PROFILE = `# /etc/profile: system-wide settings of login shells

export PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
export PAGER=less
umask 022

for script in /etc/profile.d/*.sh ; do
	if [ -r "$script" ] ; then
		. "$script"
	fi
done
unset script
`;

const MOTD = `Welcome to Alpine!

The Alpine Wiki contains a large amount of how-to guides and general
information about administrating Alpine systems.
See <https://wiki.alpinelinux.org/>.

You can setup the system with the command: setup-alpine

You may change this message by editing /etc/motd.

`;

/** The files of the base layout for one release: `3.20.3`. */
export function layoutFiles(release: string): LaidFiles {
  const branch = release.split('.').slice(0, 2).join('.');
  const text = (content: string, mode?: number): LaidFile => ({
    text: content,
    ...(mode === undefined ? {} : { mode }),
  });
  return {
    '/etc/alpine-release': text(`${release}\n`),
    '/etc/apk/arch': text('x86_64\n'),
    '/etc/apk/repositories': text(
      ['main', 'community'].map((name) => `https://dl-cdn.alpinelinux.org/alpine/v${branch}/${name}\n`).join(''),
    ),
    '/etc/apk/world': text('alpine-baselayout\nalpine-keys\napk-tools\nbusybox\nlibc-utils\n'),
    '/etc/crontabs/root': text(
      [
        '# do daily/weekly/monthly maintenance',
        '# min	hour	day	month	weekday	command',
        '*/15	*	*	*	*	run-parts /etc/periodic/15min',
        '0	*	*	*	*	run-parts /etc/periodic/hourly',
        '0	2	*	*	*	run-parts /etc/periodic/daily',
        '0	3	*	*	6	run-parts /etc/periodic/weekly',
        '0	5	1	*	*	run-parts /etc/periodic/monthly',
        '',
        '',
      ].join('\n'),
      0o600,
    ),
    '/etc/fstab': text('/dev/cdrom	/media/cdrom	iso9660	noauto,ro 0 0\n/dev/usbdisk	/media/usb	vfat	noauto,ro 0 0\n'),
    '/etc/group': text(
      GROUPS.split(' ')
        .map((line) => `${line}\n`)
        .join(''),
    ),
    '/etc/hostname': text('localhost\n'),
    '/etc/hosts': text('127.0.0.1	localhost localhost.localdomain\n::1		localhost localhost.localdomain\n'),
    '/etc/inittab': { sizeBytes: 570 },
    '/etc/issue': text(`Welcome to Alpine Linux ${branch}\nKernel \\r on an \\m (\\l)\n\n`),
    '/etc/modprobe.d/aliases.conf': { sizeBytes: 1545 },
    '/etc/modprobe.d/blacklist.conf': { sizeBytes: 1915 },
    '/etc/modprobe.d/i386.conf': { sizeBytes: 122 },
    '/etc/modprobe.d/kms.conf': { sizeBytes: 91 },
    '/etc/modules': text('af_packet\nipv6\n'),
    '/etc/motd': text(MOTD),
    '/etc/mtab': { target: '../proc/mounts' },
    '/etc/nsswitch.conf': text('# musl itself does not support NSS; programs of others read this\nhosts: files dns\n'),
    '/etc/os-release': {
      target: '../usr/lib/os-release',
    },
    '/etc/passwd': text(
      USERS.map(([name, uid, gid, gecos, home, shell]) => `${name}:x:${uid}:${gid}:${gecos}:${home}:${shell}\n`).join(
        '',
      ),
    ),
    '/etc/profile': text(PROFILE),
    '/etc/profile.d/20locale.sh': text(
      'export CHARSET=${CHARSET:-UTF-8}\nexport LANG=${LANG:-C.UTF-8}\nexport LC_COLLATE=${LC_COLLATE:-C}\n',
    ),
    '/etc/profile.d/README': text('Files of this directory that end in .sh are read by /etc/profile.\n'),
    '/etc/profile.d/color_prompt.sh.disabled': { sizeBytes: 295 },
    '/etc/protocols': { sizeBytes: 3144 },
    '/etc/secfixes.d/alpine': text(
      ['main', 'community'].map((name) => `https://secdb.alpinelinux.org/v${branch}/${name}.json\n`).join(''),
    ),
    '/etc/services': { sizeBytes: 12_813 },
    '/etc/shadow': {
      text: USERS.map(([name]) => `${name}:${name === 'root' ? '*' : '!'}::0:::::\n`).join(''),
      mode: 0o640,
      gid: 42,
    },
    '/etc/shells': text('# valid login shells\n/bin/sh\n/bin/ash\n'),
    '/etc/sysctl.conf': text('# settings of your own belong into /etc/sysctl.d\n'),
    '/lib/sysctl.d/00-alpine.conf': { sizeBytes: 1278 },
    '/usr/lib/os-release': text(
      `NAME="Alpine Linux"\nID=alpine\nVERSION_ID=${release}\nPRETTY_NAME="Alpine Linux v${branch}"\n` +
        'HOME_URL="https://alpinelinux.org/"\nBUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"\n',
    ),
    '/var/run': { target: '../run' },
    '/var/spool/cron/crontabs': { target: '../../../etc/crontabs' },
    '/var/spool/mail': { target: '../mail' },
  };
}

/** Links to busybox by directory, as `busybox --install -s` lays them out in Alpine's build of it. */
export const BUSYBOX_LINKS: Readonly<Record<string, string>> = {
  '/bin':
    'arch ash base64 bbconfig cat chattr chgrp chmod chown cp date dd df dmesg dnsdomainname dumpkmap echo egrep false fatattr fdflush ' +
    'fgrep fsync getopt grep gunzip gzip hostname ionice iostat ipcalc kbd_mode kill link linux32 linux64 ln login ls lsattr lzop ' +
    'makemime mkdir mknod mktemp more mount mountpoint mpstat mv netstat nice pidof ping ping6 pipe_progress printenv ps pwd ' +
    'reformime rev rm rmdir run-parts sed setpriv setserial sleep stat stty su sync tar touch true umount uname usleep watch zcat',
  '/sbin':
    'acpid adjtimex arp blkid blockdev depmod fbsplash fdisk findfs fsck fstrim getty halt hwclock ifconfig ifdown ifenslave ifup ' +
    'init inotifyd insmod ip ipaddr iplink ipneigh iproute iprule iptunnel klogd loadkmap logread losetup lsmod mdev mkdosfs ' +
    'mkfs.vfat mkswap modinfo modprobe nameif nologin pivot_root poweroff raidautorun reboot rmmod route setconsole slattach ' +
    'swapoff swapon switch_root sysctl syslogd tunctl udhcpc vconfig watchdog zcip',
  '/usr/bin':
    '[ [[ awk basename bc beep blkdiscard bunzip2 bzcat bzip2 cal chvt cksum clear cmp comm cpio crontab cryptpw cut dc deallocvt ' +
    'diff dirname dos2unix du eject env expand expr factor fallocate find flock fold free fuser groups hd head hexdump hostid id ' +
    'install ipcrm ipcs killall last less logger lsof lsusb lzcat lzma lzopcat md5sum mesg microcom mkfifo mkpasswd nc nl nmeter ' +
    'nohup nproc nsenter nslookup od openvt passwd paste pgrep pkill pmap printf pscan pstree pwdx readlink realpath renice reset ' +
    'resize seq setkeycodes setsid sha1sum sha256sum sha3sum sha512sum showkey shred shuf sort split strings sum tac tail tee test ' +
    'time timeout top tr traceroute traceroute6 tree truncate ts tty ttysize udhcpc6 unexpand uniq unix2dos unlink unlzma unlzop ' +
    'unshare unxz unzip uptime uudecode uuencode vi vlock volname wc wget which who whoami whois xargs xxd xzcat yes',
  '/usr/sbin':
    'add-shell addgroup adduser arping brctl chpasswd chroot crond delgroup deluser ether-wake fbset killall5 loadfont nanddump ' +
    'nandwrite nbd-client ntpd partprobe rdate rdev readahead readprofile remove-shell rfkill sendmail setfont setlogcons',
};
