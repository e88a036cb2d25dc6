/** What a benchmark is: the same work done by Strata and, where its engine answers, by Docker. */
export interface Benchmark {
  readonly name: string;
  /** What DESIGN asks of it, in words. */
  readonly goal: string;
  /** Called once before the runs; gives what to time. */
  prepare(): Promise<Prepared>;
}

export interface Prepared {
  /** One run of Strata's side; what precedes each run and must not be timed goes to `beforeEach`. */
  readonly strata: () => Promise<void>;
  readonly beforeEach?: () => Promise<void>;
  /** One run of Docker's side; absent where Docker has no such work. */
  readonly docker?: () => Promise<void>;
  /** The program of that side, where it is not docker. */
  readonly beside?: string;
  readonly dockerBeforeEach?: () => Promise<void>;
  /** Bytes the work handles, where memory is measured. */
  readonly dataBytes?: number;
  readonly cleanUp?: () => Promise<void>;
}

export interface Measurement {
  readonly medianMs: number;
  readonly minMs: number;
  readonly maxMs: number;
}

/** Times `runs` runs after one that does not count. */
export async function measure(
  run: () => Promise<void>,
  runs: number,
  before?: () => Promise<void>,
): Promise<Measurement> {
  const times: number[] = [];
  for (let i = 0; i <= runs; i++) {
    await before?.();
    const start = performance.now();
    await run();
    if (i > 0) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { medianMs: times[times.length >> 1] ?? NaN, minMs: times[0] ?? NaN, maxMs: times.at(-1) ?? NaN };
}
