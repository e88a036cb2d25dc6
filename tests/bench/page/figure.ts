/** A figure of the page: what was measured, and what DESIGN asks of it. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'kB' | 'MB' | '';
  /** At most this. */
  readonly goal: number;
}

/** One line a figure: median, range and goal of several runs. */
export function figureLine(runs: readonly Figure[]): string {
  const sorted = runs.map(({ value }) => value).sort((a, b) => a - b);
  const [figure] = runs;
  const median = sorted[sorted.length >> 1];
  if (figure === undefined || median === undefined) return '';
  const show = (value: number): string => `${value.toFixed(value < 10 ? 3 : 0)} ${figure.unit}`.trim();
  const range = `${show(sorted[0] ?? median)} to ${show(sorted.at(-1) ?? median)}`;
  const ratio = `${(median / figure.goal).toFixed(2)} x the goal of ${show(figure.goal)}`;
  return `${figure.name.padEnd(46)} ${show(median).padStart(10)} (${range})  ${ratio}`;
}
