/** The base score of a CVSS 3.0 or 3.1 vector (first.org/cvss/v3.1/specification-document, sections 7.1 and 7.4). */

const WEIGHTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  UI: { N: 0.85, R: 0.62 },
  C: { H: 0.56, L: 0.22, N: 0 },
  I: { H: 0.56, L: 0.22, N: 0 },
  A: { H: 0.56, L: 0.22, N: 0 },
};
const PRIVILEGES: Readonly<Record<string, readonly [unchanged: number, changed: number]>> = {
  N: [0.85, 0.85],
  L: [0.62, 0.68],
  H: [0.27, 0.5],
};

/** 0 to 10 with one decimal; undefined for a text that is no such vector. */
export function cvss3Score(vector: string): number | undefined {
  if (!/^CVSS:3\.[01]\//.test(vector)) return undefined;
  const metrics = new Map(vector.split('/').map((part) => [part.replace(/:.*$/, ''), part.replace(/^[^:]*:/, '')]));
  const weight = (name: string): number => WEIGHTS[name]?.[metrics.get(name) ?? ''] ?? NaN;
  const scope = metrics.get('S');
  if (scope !== 'U' && scope !== 'C') return undefined;
  const isChanged = scope === 'C';
  const privileges = PRIVILEGES[metrics.get('PR') ?? '']?.[isChanged ? 1 : 0] ?? NaN;
  const missed = 1 - (1 - weight('C')) * (1 - weight('I')) * (1 - weight('A'));
  const impact = isChanged ? 7.52 * (missed - 0.029) - 3.25 * (missed - 0.02) ** 15 : 6.42 * missed;
  const exploitability = 8.22 * weight('AV') * weight('AC') * privileges * weight('UI');
  const score = impact <= 0 ? 0 : Math.min((isChanged ? 1.08 : 1) * (impact + exploitability), 10);
  return Number.isNaN(impact) || Number.isNaN(exploitability) ? undefined : roundUp(score);
}

/** The next tenth; in whole numbers, since 4.02 is not what a computer makes of it (appendix A). */
function roundUp(score: number): number {
  const hundredThousandths = Math.round(score * 100_000);
  return hundredThousandths % 10_000 === 0
    ? hundredThousandths / 100_000
    : (Math.floor(hundredThousandths / 10_000) + 1) / 10;
}
