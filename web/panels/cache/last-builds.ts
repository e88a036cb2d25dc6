/** The last two builds side by side: which steps came from the cache, which did not, and why. */
import type { BuildResult, CacheDifference, CacheVerdict, StepSummary } from '../../../worker/api/types.ts';

/** A step of the last build beside the same step of the build before. */
export interface ComparedStep {
  readonly key: string;
  readonly stage: string;
  readonly instruction: string;
  readonly line: number | undefined;
  readonly now: StepVerdict;
  readonly before: StepVerdict;
  readonly differences: readonly CacheDifference[];
}

/** `none`: it was not in that build, or has no place in the cache. */
export type StepVerdict = 'hit' | 'missed' | 'failed' | 'none';

/** Steps of the last build that have a place in the cache, in order. */
export function compareBuilds(last: BuildResult, previous: BuildResult | undefined): readonly ComparedStep[] {
  const places = numbered(previous?.steps ?? []);
  const before = new Map(places.map(({ key, step }) => [key, step]));
  return numbered(last.steps).flatMap(({ key, step }) =>
    step.cache === undefined && step.failed !== true
      ? []
      : [
          {
            key,
            stage: step.stage,
            instruction: step.instruction,
            line: step.source?.startLine,
            now: verdictOf(step),
            before: verdictOf(before.get(key)),
            differences: step.cache?.differences ?? [],
          },
        ],
  );
}

/** Steps with a name that lasts from build to build: stage, instruction, and which of its kind. */
function numbered(steps: readonly StepSummary[]): readonly { readonly key: string; readonly step: StepSummary }[] {
  const seen = new Map<string, number>();
  return steps.map((step) => {
    const name = `${step.stage} ${step.instruction}`;
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return { key: `${name} ${count}`, step };
  });
}

function verdictOf(step: StepSummary | undefined): StepVerdict {
  if (step?.failed === true) return 'failed';
  if (step?.cache === undefined) return 'none';
  return step.cache.hit ? 'hit' : 'missed';
}

/** `6 of 8 from the cache`. */
export function hitCount(result: BuildResult): { readonly hits: number; readonly steps: number } {
  const verdicts = result.steps.flatMap(({ cache }): CacheVerdict[] => (cache === undefined ? [] : [cache]));
  return { hits: verdicts.filter(({ hit }) => hit).length, steps: verdicts.length };
}

/** One named part of a key, as shown: what it is, what it was, what it is now. */
export interface KeyPartWords {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** A difference in words and short values. */
export function keyPart({ kind, name, before, after }: CacheDifference): KeyPartWords {
  const what: Readonly<Record<CacheDifference['kind'], string>> = {
    'no-record': 'never built here',
    disabled: 'cache turned off',
    parent: 'the step before',
    instruction: 'instruction',
    argument: `ARG ${name}`,
    environment: `ENV ${name}`,
    file: name,
    image: 'base image',
    mount: `mount ${name}`,
    other: name,
  };
  const shown = (value: string | undefined, missing: string): string => (value === undefined ? missing : short(value));
  const valued = before !== undefined || after !== undefined;
  return {
    what: what[kind],
    before: valued ? shown(before, 'not there') : '',
    after: valued ? shown(after, 'gone') : '',
  };
}

/** Digests to a length people compare; the rest as it is. */
function short(value: string): string {
  return value.replace(/\b(sha256(?:-\w+)?:)([0-9a-f]{8})[0-9a-f]+/g, '$2');
}
