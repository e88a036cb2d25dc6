/** Advisories of Ubuntu's packages, by its CVE reports; names are of source packages. Releases out of support get fixes with Ubuntu Pro alone. */
import { affected, type AdvisoryRow } from './advisory-row.ts';

function row(
  id: string,
  severity: AdvisoryRow['severity'],
  summary: string,
  rows: AdvisoryRow['affected'],
): AdvisoryRow {
  return { id, severity, summary, url: `https://ubuntu.com/security/${id}`, affected: rows };
}

export const UBUNTU_ADVISORIES: readonly AdvisoryRow[] = [
  row('CVE-2024-2961', 'MEDIUM', 'glibc: iconv to ISO-2022-CN-EXT writes up to four bytes past its buffer.', [
    ...affected(['Ubuntu:Pro:16.04:LTS'], 'glibc', '2.23-0ubuntu11.3+esm6'),
    ...affected(['Ubuntu:Pro:18.04:LTS'], 'glibc', '2.27-3ubuntu1.6+esm2'),
    ...affected(['Ubuntu:20.04:LTS'], 'glibc', '2.31-0ubuntu9.15'),
    ...affected(['Ubuntu:22.04:LTS'], 'glibc', '2.35-0ubuntu3.7'),
  ]),
  row('CVE-2022-3219', 'LOW', 'GnuPG: a crafted signature keeps it busy for long.', [
    ...affected(['Ubuntu:18.04:LTS', 'Ubuntu:20.04:LTS', 'Ubuntu:22.04:LTS', 'Ubuntu:24.04:LTS'], 'gnupg2'),
  ]),
  row(
    'CVE-2016-2781',
    'LOW',
    'coreutils: a process started by chroot --userspec can type into the terminal of the session it left.',
    [
      ...affected(
        ['Ubuntu:16.04:LTS', 'Ubuntu:18.04:LTS', 'Ubuntu:20.04:LTS', 'Ubuntu:22.04:LTS', 'Ubuntu:24.04:LTS'],
        'coreutils',
      ),
    ],
  ),
];
