/** The advisories that Strata brings: a small set, chosen for the bundled images and the packages of the catalogue. */
import { advisorySet, type AdvisorySet } from '../advisory-set.ts';
import { osvDocument } from './advisory-row.ts';
import { ALPINE_ADVISORIES } from './alpine.ts';
import { DEBIAN_ADVISORIES } from './debian.ts';
import { NPM_ADVISORIES } from './npm.ts';
import { PYPI_ADVISORIES } from './pypi.ts';
import { UBUNTU_ADVISORIES } from './ubuntu.ts';

/** What came after this day is not in the rows. */
const DATE = '2026-02-01';

export function bundledAdvisories(): AdvisorySet {
  const rows = [
    ...ALPINE_ADVISORIES,
    ...DEBIAN_ADVISORIES,
    ...UBUNTU_ADVISORIES,
    ...NPM_ADVISORIES,
    ...PYPI_ADVISORIES,
  ];
  return advisorySet(
    { name: 'Strata’s own small set', bundled: true, advisories: rows.length, date: DATE },
    rows.map(osvDocument),
  );
}
