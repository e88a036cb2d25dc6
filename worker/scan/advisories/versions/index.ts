/** How versions of an OSV ecosystem are compared. */
import { compareVersions as compareDebianVersions } from '../../../shell/tools/debian/versions.ts';
import { compareApkVersions } from './apk.ts';
import { comparePythonVersions } from './pep440.ts';
import { compareSemver } from './semver.ts';

/** Negative, zero or positive; undefined where one of the two is no version of the ecosystem. */
export type CompareVersions = (a: string, b: string) => number | undefined;

/** No version is longer; what is would only cost time. */
const LONGEST = 256;

/** Debian's own comparison takes any text: what cannot be a version is told apart here (deb-version(7)). */
const compareDebian: CompareVersions = (a, b) =>
  [a, b].every((version) => /^(?:\d+:)?\d[A-Za-z0-9.+~:-]*$/.test(version)) ? compareDebianVersions(a, b) : undefined;

const COMPARISONS: Readonly<Record<string, CompareVersions>> = {
  Debian: compareDebian,
  Ubuntu: compareDebian,
  Alpine: compareApkVersions,
  npm: compareSemver,
  Go: compareSemver,
  'crates.io': compareSemver,
  PyPI: comparePythonVersions,
};

/** `ecosystem` with or without its release: `Debian:12`. Undefined for one that Strata cannot compare. */
export function comparisonOf(ecosystem: string): CompareVersions | undefined {
  const compare = COMPARISONS[ecosystem.split(':')[0] ?? ''];
  return compare && ((a, b) => (a.length > LONGEST || b.length > LONGEST ? undefined : compare(a, b)));
}
