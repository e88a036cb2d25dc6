/**
 * A replica of `fedora`. No archive of Fedora's packages is at hand, so its tree is derived: the programs and libraries that
 * Debian's base has too, from Debian's list and at Fedora's places, and from knowledge what only Fedora has (rpm, dnf).
 */
import { recordedLayer } from '../catalogue.ts';
import { data, fileLayer, link, overlaid, program, type LaidFiles } from '../file-layer.ts';
import { REPLICA_LABEL, BUILDKIT, type MirrorImage } from '../image.ts';
import type { MirrorLayer } from '../layer-tar.ts';
import type { ListedEntry } from '../tree-list.ts';
import { DEBIAN_PATH } from './debian.ts';

const RELEASE = '42';
const CREATED = '2025-06-10T06:22:30Z';

export function fedoraImages(): readonly MirrorImage[] {
  const layer = fedoraLayer(Date.parse(CREATED));
  const variables = [`DISTTAG=f${RELEASE}container`, `FGC=f${RELEASE}`, `FBR=f${RELEASE}`];
  const made = { comment: BUILDKIT };
  return [
    {
      repository: 'library/fedora',
      tags: ['latest', RELEASE],
      created: CREATED,
      config: {
        Env: [DEBIAN_PATH, ...variables],
        Cmd: ['/bin/bash'],
        Labels: {
          maintainer: 'Clement Verna <cverna@fedoraproject.org>',
          [REPLICA_LABEL]: "derived from Debian's packages and knowledge of Fedora; programs and libraries are holes",
        },
      },
      steps: [
        { createdBy: 'LABEL maintainer=Clement Verna <cverna@fedoraproject.org>', ...made },
        { createdBy: `ENV ${variables.join(' ')}`, ...made },
        { createdBy: `ADD fedora-${RELEASE}-x86_64.tar.xz / # buildkit`, layer, ...made },
        { createdBy: 'CMD ["/bin/bash"]', ...made },
      ],
    },
  ];
}

/** What Debian alone has, and what Fedora leaves out of its image. */
const DEBIAN_ONLY =
  /dpkg|\bapt|debconf|debian|\/deb-|perl|savelog|update-(?:rc|passwd|alternatives)|invoke-rc|policy-rc|installkernel|tempfile|run-parts|\/usr\/share\/(?:doc|man|locale|lintian|bug|menu|doc-base|info)\/|\/etc\/(?:os-release|issue|issue\.net|motd|passwd|group|shadow|gshadow|bash\.bashrc|init\.d|rc|cron|default)|\/usr\/lib\/os-release|ld-linux/;

function fedoraLayer(mtimeMs: number): MirrorLayer {
  const debian = recordedLayer('debian-trixie', mtimeMs);
  const entries = debian.entries.flatMap((entry): readonly ListedEntry[] => {
    if (DEBIAN_ONLY.test(entry.path) || /^\/(?:bin|sbin|lib|lib64)$/.test(entry.path)) return [];
    const moved = { ...entry, path: placeInFedora(entry.path) };
    if (moved.kind === 'hardlink') return [];
    return [moved.kind === 'symlink' ? { ...moved, target: placeInFedora(moved.target) } : moved];
  });
  const bodies = new Map([...debian.bodies].filter(([path]) => !DEBIAN_ONLY.test(path)));
  return overlaid({ entries, bodies, mtimeMs }, fileLayer(FEDORA_FILES, mtimeMs));
}

function placeInFedora(path: string): string {
  return path
    .replace('/usr/lib/x86_64-linux-gnu', '/usr/lib64')
    .replace(/^\/usr\/sbin(?=\/|$)/, '/usr/bin')
    .replace('/usr/libexec/coreutils', '/usr/libexec/coreutils');
}

const USERS = [
  'root:x:0:0:Super User:/root:/bin/bash',
  'bin:x:1:1:bin:/bin:/usr/sbin/nologin',
  'daemon:x:2:2:daemon:/sbin:/usr/sbin/nologin',
  'adm:x:3:4:adm:/var/adm:/usr/sbin/nologin',
  'lp:x:4:7:lp:/var/spool/lpd:/usr/sbin/nologin',
  'sync:x:5:0:sync:/sbin:/bin/sync',
  'shutdown:x:6:0:shutdown:/sbin:/sbin/shutdown',
  'halt:x:7:0:halt:/sbin:/sbin/halt',
  'mail:x:8:12:mail:/var/spool/mail:/usr/sbin/nologin',
  'operator:x:11:0:operator:/root:/usr/sbin/nologin',
  'games:x:12:100:games:/usr/games:/usr/sbin/nologin',
  'ftp:x:14:50:FTP User:/var/ftp:/usr/sbin/nologin',
  'nobody:x:65534:65534:Kernel Overflow User:/:/usr/sbin/nologin',
];
const GROUPS =
  'root:x:0: bin:x:1: daemon:x:2: sys:x:3: adm:x:4: tty:x:5: disk:x:6: lp:x:7: mem:x:8: kmem:x:9: wheel:x:10: cdrom:x:11: ' +
  'mail:x:12: man:x:15: dialout:x:18: floppy:x:19: games:x:20: tape:x:33: video:x:39: ftp:x:50: lock:x:54: audio:x:63: ' +
  'users:x:100: nobody:x:65534:';

const RELEASE_FILE = `Fedora release ${RELEASE} (Adams)\n`;
const OS_RELEASE = [
  'NAME="Fedora Linux"',
  `VERSION="${RELEASE} (Container Image)"`,
  'RELEASE_TYPE=stable',
  'ID=fedora',
  `VERSION_ID=${RELEASE}`,
  'VERSION_CODENAME=""',
  `PLATFORM_ID="platform:f${RELEASE}"`,
  `PRETTY_NAME="Fedora Linux ${RELEASE} (Container Image)"`,
  'ANSI_COLOR="0;38;2;60;110;180"',
  'LOGO=fedora-logo-icon',
  `CPE_NAME="cpe:/o:fedoraproject:fedora:${RELEASE}"`,
  'HOME_URL="https://fedoraproject.org/"',
  'SUPPORT_URL="https://ask.fedoraproject.org/"',
  'BUG_REPORT_URL="https://bugzilla.redhat.com/"',
  'VARIANT="Container Image"',
  'VARIANT_ID=container',
  '',
].join('\n');

const repository = (name: string, title: string, what: string): string =>
  `[${name}]\nname=${title}\nmetalink=https://mirrors.fedoraproject.org/metalink?repo=${what}-$releasever&arch=$basearch\n` +
  'enabled=1\ngpgcheck=1\ngpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-fedora-$releasever-$basearch\n';

const FEDORA_FILES: LaidFiles = {
  '/bin': link('usr/bin'),
  '/sbin': link('usr/sbin'),
  '/lib': link('usr/lib'),
  '/lib64': link('usr/lib64'),
  '/usr/sbin': link('bin'),
  '/usr/bin/sh': link('bash'),
  '/usr/bin/dnf': link('dnf5'),
  '/usr/bin/dnf5': program(1_180_000),
  '/usr/bin/yum': link('dnf5'),
  '/usr/bin/rpm': program(24_000),
  '/usr/bin/rpmdb': program(20_000),
  '/usr/bin/rpmkeys': program(20_000),
  '/usr/bin/curl': program(290_000),
  '/usr/bin/gawk': program(760_000),
  '/usr/bin/awk': link('gawk'),
  '/usr/bin/vi': program(1_450_000),
  '/usr/bin/sudo': { sizeBytes: 290_000, mode: 0o4755, elf: true },
  '/usr/lib64/ld-linux-x86-64.so.2': program(860_000),
  '/usr/lib64/libdnf5.so.2': program(3_400_000),
  '/usr/lib64/libdnf5-cli.so.2': program(900_000),
  '/usr/lib64/librpm.so.10.3.0': program(520_000),
  '/usr/lib64/librpm.so.10': link('librpm.so.10.3.0'),
  '/usr/lib64/librpmio.so.10.3.0': program(240_000),
  '/usr/lib64/librpm_sequoia.so.1': program(3_900_000),
  '/usr/lib64/libsolv.so.1': program(740_000),
  '/usr/lib64/librepo.so.0': program(230_000),
  '/usr/lib64/libxml2.so.2.12.10': program(1_500_000),
  '/usr/lib64/libsqlite3.so.3.47.2': program(1_600_000),
  '/usr/lib64/libgnutls.so.30.40.3': program(2_300_000),
  '/usr/lib64/libunistring.so.5.2.0': program(2_100_000),
  '/usr/lib64/libcurl.so.4.8.0': program(980_000),
  '/usr/lib64/libglib-2.0.so.0.8400.2': program(1_450_000),
  '/usr/lib64/libgio-2.0.so.0.8400.2': program(1_900_000),
  '/usr/lib64/ossl-modules/fips.so': program(2_100_000),
  '/usr/lib64/libicudata.so.76.1': program(31_900_000),
  '/usr/lib64/libicuuc.so.76.1': program(2_100_000),
  '/usr/lib64/systemd/libsystemd-shared-257.so': program(4_200_000),
  '/usr/share/cracklib/pw_dict.pwd': data(9_600_000),
  '/usr/lib/locale/C.utf8/LC_COLLATE': data(1_406),
  '/usr/lib/locale/C.utf8/LC_CTYPE': data(360_460),
  '/usr/lib/sysimage/rpm/rpmdb.sqlite': data(18_300_000),
  '/usr/lib/sysimage/libdnf5/packages.toml': data(9_800),
  '/usr/lib/os-release': { text: OS_RELEASE },
  '/usr/lib/fedora-release': { text: RELEASE_FILE },
  '/usr/share/pki/ca-trust-source/ca-bundle.trust.p11-kit': data(1_390_000),
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem': data(226_000),
  '/etc/pki/ca-trust/extracted/java/cacerts': data(164_000),
  '/etc/pki/ca-trust/extracted/openssl/ca-bundle.trust.crt': data(290_000),
  '/etc/pki/tls/certs/ca-bundle.crt': link('/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem'),
  '/etc/pki/rpm-gpg/RPM-GPG-KEY-fedora-42-primary': data(1_600),
  '/etc/pki/rpm-gpg/RPM-GPG-KEY-fedora-42-x86_64': link('RPM-GPG-KEY-fedora-42-primary'),
  '/etc/yum.repos.d/fedora.repo': { text: repository('fedora', 'Fedora $releasever - $basearch', 'fedora') },
  '/etc/yum.repos.d/fedora-updates.repo': {
    text: repository('updates', 'Fedora $releasever - $basearch - Updates', 'updates-released-f'),
  },
  '/etc/dnf/dnf.conf': { text: '[main]\ngpgcheck=True\ninstallonly_limit=3\ntsflags=nodocs\n' },
  '/etc/fedora-release': link('../usr/lib/fedora-release'),
  '/etc/redhat-release': link('fedora-release'),
  '/etc/system-release': link('fedora-release'),
  '/etc/os-release': link('../usr/lib/os-release'),
  '/etc/passwd': { text: USERS.map((line) => `${line}\n`).join('') },
  '/etc/group': {
    text: GROUPS.split(' ')
      .map((line) => `${line}\n`)
      .join(''),
  },
  '/etc/shadow': {
    text: USERS.map(
      (line) => `${line.split(':')[0] ?? ''}:${line.startsWith('root') ? '!locked' : '*'}::0:99999:7:::\n`,
    ).join(''),
    mode: 0,
  },
  '/etc/bashrc': data(2_700),
};
