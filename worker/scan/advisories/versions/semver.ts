/** Semantic versions (semver.org, 2.0.0), as npm's packages and Go's modules have them. What is built in (`+…`) does not count. */

const FORM = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?$/;

/** Negative, zero or positive as `a` is older than, the same as or newer than `b`; undefined where one is no version. */
export function compareSemver(a: string, b: string): number | undefined {
  const [left, right] = [FORM.exec(a.trim()), FORM.exec(b.trim())];
  if (left === null || right === null) return undefined;
  for (const part of [1, 2, 3]) {
    const order = compareDigits(left[part] ?? '0', right[part] ?? '0');
    if (order !== 0) return order;
  }
  return comparePrereleases(left[4], right[4]);
}

/** A prerelease comes before its release. */
function comparePrereleases(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const [left, right] = [a.split('.'), b.split('.')];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const order = compareIdentifiers(left[at], right[at]);
    if (order !== 0) return order;
  }
  return 0;
}

/** Fewer identifiers come first, numbers before texts. */
function compareIdentifiers(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(b === undefined) - Number(a === undefined);
  const [isNumberA, isNumberB] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumberA && isNumberB) return compareDigits(a, b);
  if (isNumberA !== isNumberB) return isNumberA ? -1 : 1;
  return a === b ? 0 : a < b ? -1 : 1;
}

function compareDigits(a: string, b: string): number {
  const [left, right] = [BigInt(a), BigInt(b)];
  return left === right ? 0 : left < right ? -1 : 1;
}
