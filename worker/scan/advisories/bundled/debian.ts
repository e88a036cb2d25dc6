/**
 * Advisories of Debian's packages, by its security tracker; names are of source packages. Many are old and stay open: Debian
 * takes them for too small a matter to change a stable release, and scanners list them in every image that stands on it.
 */
import { affected, type AdvisoryRow } from './advisory-row.ts';

const BULLSEYE = 'Debian:11';
const BOOKWORM = 'Debian:12';
const TRIXIE = 'Debian:13';
const ALL = [BULLSEYE, BOOKWORM, TRIXIE];

function row(
  id: string,
  severity: AdvisoryRow['severity'],
  summary: string,
  rows: AdvisoryRow['affected'],
): AdvisoryRow {
  return { id, severity, summary, url: `https://security-tracker.debian.org/tracker/${id}`, affected: rows };
}

export const DEBIAN_ADVISORIES: readonly AdvisoryRow[] = [
  row(
    'CVE-2023-45853',
    'CRITICAL',
    'zlib: MiniZip overflows a buffer at a long name in a zip. Debian’s zlib package does not build MiniZip, so bookworm leaves it.',
    [...affected([BULLSEYE, BOOKWORM], 'zlib'), ...affected([TRIXIE], 'zlib', '1:1.3.dfsg-2')],
  ),
  row(
    'CVE-2023-50495',
    'MEDIUM',
    'ncurses: a crafted terminal description crashes programs that load it.',
    affected([BOOKWORM], 'ncurses'),
  ),
  row(
    'CVE-2025-5278',
    'MEDIUM',
    'coreutils: sort with a traditional key reads before its buffer.',
    affected([BOOKWORM, TRIXIE], 'coreutils'),
  ),
  row(
    'CVE-2016-2781',
    'LOW',
    'coreutils: a process started by chroot --userspec can type into the terminal of the session it left.',
    affected([BULLSEYE, BOOKWORM], 'coreutils'),
  ),
  row(
    'CVE-2011-3374',
    'LOW',
    'apt: apt-key net-update checks keys in a way that an attacker on the network can pass.',
    affected(ALL, 'apt'),
  ),
  row(
    'CVE-2005-2541',
    'LOW',
    'tar: extracting as root restores setuid bits without a warning, as documented.',
    affected(ALL, 'tar'),
  ),
  row(
    'CVE-2022-0563',
    'LOW',
    'util-linux: chfn and chsh built with readline show parts of files through INPUTRC. Debian builds them without.',
    affected(ALL, 'util-linux'),
  ),
  row(
    'CVE-2022-3219',
    'LOW',
    'GnuPG: a crafted signature keeps it busy for long.',
    affected([BULLSEYE, BOOKWORM], 'gnupg2'),
  ),
  row(
    'CVE-2007-5686',
    'LOW',
    'shadow: the log of failed logins can be read by all where its mode is set so.',
    affected(ALL, 'shadow'),
  ),
  row(
    'CVE-2011-4116',
    'LOW',
    'Perl: File::Temp follows symbolic links in a directory that others may write.',
    affected(ALL, 'perl'),
  ),
  row(
    'CVE-2018-6829',
    'LOW',
    'libgcrypt: ElGamal encryption without padding tells an observer something of the text.',
    affected([BULLSEYE, BOOKWORM], 'libgcrypt20'),
  ),
  row(
    'CVE-2013-4392',
    'LOW',
    'systemd: changing modes of temporary files follows links that a local user puts in their place.',
    affected(ALL, 'systemd'),
  ),
  row('CVE-2018-20796', 'LOW', 'glibc: certain regular expressions recurse without end.', affected(ALL, 'glibc')),
  row(
    'CVE-2010-4756',
    'LOW',
    'glibc: glob expressions of a user take very much time and memory.',
    affected(ALL, 'glibc'),
  ),
  row(
    'CVE-2019-9192',
    'LOW',
    'glibc: certain regular expressions with back references recurse without end.',
    affected(ALL, 'glibc'),
  ),
];
