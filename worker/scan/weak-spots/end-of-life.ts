/**
 * Until when distributions mend what is found in their releases, for everyone and without a contract. From the release pages of
 * Debian (wiki.debian.org/DebianReleases, LTS included), Ubuntu (ubuntu.com/about/release-cycle), Alpine (alpinelinux.org/releases)
 * and Fedora (docs.fedoraproject.org/en-US/releases/eol), as they stood on {@link END_OF_LIFE_DATE}.
 */

export const END_OF_LIFE_DATE = '2026-02-01';

/** Last day of updates, by ID and release. */
const LAST_DAYS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  debian: {
    '8': '2020-06-30',
    '9': '2022-06-30',
    '10': '2024-06-30',
    '11': '2026-08-31',
    '12': '2028-06-30',
    '13': '2030-06-30',
  },
  ubuntu: {
    '14.04': '2019-04-30',
    '16.04': '2021-04-30',
    '18.04': '2023-05-31',
    '20.04': '2025-05-31',
    '22.04': '2027-05-31',
    '24.04': '2029-05-31',
    '24.10': '2025-07-10',
    '25.04': '2026-01-15',
  },
  alpine: {
    '3.12': '2022-05-01',
    '3.13': '2022-11-01',
    '3.14': '2023-05-01',
    '3.15': '2023-11-01',
    '3.16': '2024-05-23',
    '3.17': '2024-11-22',
    '3.18': '2025-05-09',
    '3.19': '2025-11-01',
    '3.20': '2026-04-01',
    '3.21': '2026-11-01',
    '3.22': '2027-05-01',
    '3.23': '2027-11-01',
  },
  fedora: { '39': '2024-11-26', '40': '2025-05-13', '41': '2025-12-15', '42': '2026-05-13' },
};

/** `YYYY-MM-DD`; undefined for releases that are not known. */
export function lastDayOf(id: string, release: string): string | undefined {
  return LAST_DAYS[id]?.[release];
}
