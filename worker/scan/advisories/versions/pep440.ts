/** Versions of Python's distributions (PEP 440): `1!2.0rc1.post2.dev3+local.4`, in the order the specification gives them. */

const FORM =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/;
const PRERELEASES: Readonly<Record<string, number>> = {
  alpha: 0,
  a: 0,
  beta: 1,
  b: 1,
  preview: 2,
  pre: 2,
  c: 2,
  rc: 2,
};

/** Where an absent part stands beside those that are there. */
const BEFORE_ALL = -1n;
const AFTER_ALL = 1n << 200n;

interface PythonVersion {
  /** Compared one after the other. */
  readonly key: readonly bigint[];
  readonly release: readonly bigint[];
  readonly local: readonly string[];
}

/** Negative, zero or positive as `a` is older than, the same as or newer than `b`; undefined where one is no version. */
export function comparePythonVersions(a: string, b: string): number | undefined {
  const [left, right] = [parse(a), parse(b)];
  if (left === undefined || right === undefined) return undefined;
  return (
    compareLists(left.key.slice(0, 1), right.key.slice(0, 1)) ||
    compareLists(left.release, right.release) ||
    compareLists(left.key, right.key) ||
    compareLocals(left.local, right.local)
  );
}

function parse(text: string): PythonVersion | undefined {
  const match = FORM.exec(text.trim().toLowerCase());
  if (match === null) return undefined;
  const [, epoch = '0', release = '', preKind, preNumber, implicitPost, postKind, postNumber, dev, devNumber, local] =
    match;
  const hasPost = implicitPost !== undefined || postKind !== undefined;
  // a development version of a release comes before its prereleases
  const prerelease =
    preKind !== undefined
      ? [BigInt(PRERELEASES[preKind] ?? 0), BigInt(preNumber || '0')]
      : [!hasPost && dev !== undefined ? BEFORE_ALL : AFTER_ALL, 0n];
  return {
    key: [
      BigInt(epoch),
      ...prerelease,
      hasPost ? BigInt(implicitPost ?? (postNumber || '0')) : BEFORE_ALL,
      dev === undefined ? AFTER_ALL : BigInt(devNumber || '0'),
    ],
    release: release.split('.').map(BigInt),
    local: local === undefined ? [] : local.split(/[-_.]/),
  };
}

/** What is missing counts as zero: 1.0 is 1.0.0. */
function compareLists(a: readonly bigint[], b: readonly bigint[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const [left, right] = [a[at] ?? 0n, b[at] ?? 0n];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

/** Numbers come after texts, more parts after fewer. */
function compareLocals(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const [left, right] = [a[at], b[at]];
    if (left === undefined || right === undefined) return Number(right === undefined) - Number(left === undefined);
    const [isNumberA, isNumberB] = [/^\d+$/.test(left), /^\d+$/.test(right)];
    if (isNumberA !== isNumberB) return isNumberA ? 1 : -1;
    const order = isNumberA
      ? compareLists([BigInt(left)], [BigInt(right)])
      : left === right
        ? 0
        : left < right
          ? -1
          : 1;
    if (order !== 0) return order;
  }
  return 0;
}
