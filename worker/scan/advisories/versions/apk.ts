/**
 * Versions of Alpine's packages (apk-package(5)): `1.2.3b_rc1_p2-r4`. Numbers by value (behind a leading zero as fractions),
 * one letter, suffixes of which some come before the plain version and some after it, and the revision.
 */

const FORM = /^(\d+(?:\.\d+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)\d*)*)(?:~([0-9a-f]+))?(?:-r(\d+))?$/;
const SUFFIXES = ['alpha', 'beta', 'pre', 'rc', '', 'cvs', 'svn', 'git', 'hg', 'p'];
const NO_SUFFIX = SUFFIXES.indexOf('');

interface ApkVersion {
  readonly numbers: readonly string[];
  readonly letter: string;
  readonly suffixes: readonly (readonly [rank: number, number: bigint])[];
  readonly revision: bigint;
}

/** Negative, zero or positive as `a` is older than, the same as or newer than `b`; undefined where one is no version. */
export function compareApkVersions(a: string, b: string): number | undefined {
  const [left, right] = [parse(a), parse(b)];
  if (left === undefined || right === undefined) return undefined;
  return (
    compareNumbers(left.numbers, right.numbers) ||
    compareText(left.letter, right.letter) ||
    compareSuffixes(left.suffixes, right.suffixes) ||
    compareBig(left.revision, right.revision)
  );
}

function parse(text: string): ApkVersion | undefined {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const [, numbers = '', letter = '', suffixes = '', , revision = '0'] = match;
  return {
    numbers: numbers.split('.'),
    letter,
    suffixes: [...suffixes.matchAll(/_([a-z]+)(\d*)/g)].map(
      ([, name = '', digits = '']) => [SUFFIXES.indexOf(name), BigInt(digits || '0')] as const,
    ),
    revision: BigInt(revision),
  };
}

function compareNumbers(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const [left, right] = [a[at], b[at]];
    if (left === undefined) return -1;
    if (right === undefined) return 1;
    // behind a point 01 is less than 1, as of decimals
    const asText = at > 0 && (left.startsWith('0') || right.startsWith('0'));
    const order = asText ? compareText(left, right) : compareBig(BigInt(left), BigInt(right));
    if (order !== 0) return order;
  }
  return 0;
}

function compareSuffixes(a: ApkVersion['suffixes'], b: ApkVersion['suffixes']): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const [leftRank, leftNumber] = a[at] ?? [NO_SUFFIX, 0n];
    const [rightRank, rightNumber] = b[at] ?? [NO_SUFFIX, 0n];
    const order = leftRank - rightRank || compareBig(leftNumber, rightNumber);
    if (order !== 0) return order;
  }
  return 0;
}

const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
const compareBig = (a: bigint, b: bigint): number => (a === b ? 0 : a < b ? -1 : 1);
