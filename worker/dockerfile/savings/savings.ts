/** The edit of a Dockerfile that would keep waste from being made, where one is sure; else what to do about it, in words. */
import type { QuickFix } from '../../base/source.ts';
import { analyse } from '../analysis/analyse.ts';
import { add } from '../directives/add.ts';
import { copy } from '../directives/copy.ts';
import { flagCopies } from './copy-flags.ts';
import { joinRuns, moveRemoval } from './join-runs.ts';
import { placeInStage, type StagePlace } from './stage-steps.ts';

/** Waste of one kind that one instruction caused. */
export interface WasteFacts {
  readonly kind: 'overwritten' | 'deleted' | 'metadata' | 'duplicate';
  /** First line of the instruction that caused it. */
  readonly causeLine: number;
  /** First lines of the instructions whose layers hold it. */
  readonly makerLines: readonly number[];
  /** Some of it lies in the base image. */
  readonly inBase: boolean;
  readonly paths: readonly string[];
  /** What all of the files have become, of `metadata`. */
  readonly owner?: string;
  readonly mode?: number;
}

export interface Saving {
  readonly advice: string;
  readonly fix?: QuickFix;
}

/** How to save it. Never throws. */
export function savingOf(text: string, waste: WasteFacts): Saving {
  const analysis = analyse(text);
  const cause = placeInStage(analysis, waste.causeLine);
  const makers = waste.makerLines.flatMap((line) => placeInStage(analysis, line) ?? []);
  const advice = adviceFor(waste, makers);
  if (cause === undefined || waste.inBase || makers.length < waste.makerLines.length) return { advice };
  const [maker] = makers;
  const fix =
    waste.kind === 'metadata'
      ? (flagCopies(analysis, makers, cause, waste) ?? joined())
      : waste.kind === 'deleted' && makers.length === 1 && maker !== undefined
        ? (moveRemoval(analysis, maker, cause, waste.paths) ?? joined())
        : waste.kind === 'duplicate'
          ? undefined
          : joined();
  return fix === undefined ? { advice } : { advice, fix };

  function joined(): QuickFix | undefined {
    const first = makers.reduce<StagePlace | undefined>(
      (lowest, each) => (lowest === undefined || each.index < lowest.index ? each : lowest),
      undefined,
    );
    return cause === undefined || first === undefined ? undefined : joinRuns(analysis, first, cause);
  }
}

function adviceFor({ kind, inBase }: WasteFacts, makers: readonly StagePlace[]): string {
  const copied = makers.some(({ instruction }) => copy.made(instruction) || add.made(instruction));
  if (kind === 'duplicate') return 'Keep one copy and link to it, or copy once to where both look.';
  if (inBase)
    return 'The bytes lie in the base image, where no later instruction frees them. Start from a smaller base, or copy what is needed into a stage of its own.';
  if (kind === 'metadata')
    return copied
      ? 'Give the owner and the mode while copying: COPY --chown, COPY --chmod.'
      : 'Change owner and mode in the RUN that makes the files.';
  if (kind === 'overwritten')
    return 'Bring only the version that stays: make it in one step, or leave the first one out.';
  return copied
    ? 'Keep it out of the layer: name it in .dockerignore, mount it with RUN --mount=type=bind, or copy what is wanted from another stage.'
    : 'Delete in the RUN that makes the files, or build in another stage and copy only the result.';
}
