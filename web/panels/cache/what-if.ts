/** What a change would rebuild, told before anything is built; and an instruction moved to another place. */
import type { BuildOutline, OutlinedStage, OutlinedStep } from '../../../worker/api/types.ts';

/** An instruction of the plan as the question sees it. */
export interface PlannedLine {
  readonly id: string;
  readonly stage: number;
  readonly step: OutlinedStep;
  /** It would run again. */
  readonly rebuilt: boolean;
  /** It reads the file itself; otherwise something before it does. */
  readonly reads: boolean;
}

/** A stage with its lines in the order that is asked about. */
export interface PlannedStage {
  readonly stage: OutlinedStage;
  readonly lines: readonly PlannedLine[];
}

/** An instruction of a stage moved before another: `to` counts in the stage's instructions as they are now. */
export interface Move {
  readonly stage: number;
  readonly from: number;
  readonly to: number;
}

/** The stages with an instruction moved. */
export function movedStages({ stages }: BuildOutline, move: Move | undefined): readonly OutlinedStage[] {
  if (move === undefined) return stages;
  return stages.map((stage) => (stage.index === move.stage ? { ...stage, steps: movedTo(stage.steps, move) } : stage));
}

function movedTo(steps: readonly OutlinedStep[], { from, to }: Move): readonly OutlinedStep[] {
  const moved = steps[from];
  if (moved === undefined) return steps;
  const rest = steps.filter((_, place) => place !== from);
  const place = to > from ? to - 1 : to;
  return [...rest.slice(0, place), moved, ...rest.slice(place)];
}

/**
 * What would run again when a file of the context changes: each step whose key holds the file, all after it in its stage, and what
 * stands on, or copies from, a stage that changed.
 */
export function whatIf(stages: readonly OutlinedStage[], file: string): readonly PlannedStage[] {
  const changed = new Set<number>();
  return stages.map((stage) => {
    let rebuilt = stage.baseStage !== undefined && changed.has(stage.baseStage);
    const lines = stage.steps.map((step): PlannedLine => {
      const reads = step.reads.includes(file);
      if (step.runs) rebuilt ||= reads || step.fromStages.some((index) => changed.has(index));
      return {
        id: `${stage.index}.${step.source.startLine}`,
        stage: stage.index,
        step,
        reads,
        rebuilt: step.runs && rebuilt && stage.used,
      };
    });
    if (rebuilt) changed.add(stage.index);
    return { stage, lines };
  });
}

/** How many steps would run again. */
export function rebuiltCount(stages: readonly PlannedStage[]): number {
  return stages.reduce((sum, { lines }) => sum + lines.filter(({ rebuilt }) => rebuilt).length, 0);
}

/** The text of the Dockerfile with the move made: an instruction goes with the comment above it. */
export function movedText(text: string, { stages }: BuildOutline, { stage: index, from, to }: Move): string {
  const stage = stages.find((each) => each.index === index);
  const moved = stage?.steps[from];
  if (stage === undefined || moved === undefined) return text;
  const lines = text.split('\n');
  const before = stage.steps[to];
  const target = before?.firstLine ?? (stage.steps.at(-1)?.source.endLine ?? stage.source.endLine) + 1;
  const [first, end] = [moved.firstLine, moved.source.endLine + 1];
  const block = lines.slice(first - 1, end - 1);
  const keep = (start: number, stop: number): string[] => lines.slice(start - 1, stop - 1);
  const last = lines.length + 1;
  const placed =
    target <= first
      ? [...keep(1, target), ...block, ...keep(target, first), ...keep(end, last)]
      : [...keep(1, first), ...keep(end, target), ...block, ...keep(target, last)];
  return placed.join('\n');
}

/** What may mean something else after a move: said, since only a build can tell. */
export function moveWarning(stage: OutlinedStage, { from, to }: Move): string {
  const moved = stage.steps[from];
  if (moved === undefined || from === to || to === from + 1) return '';
  const crossed = to > from ? stage.steps.slice(from + 1, to) : stage.steps.slice(to, from);
  const names = (list: readonly OutlinedStep[]): string =>
    [...new Set(list.map(({ directive }) => directive))].join(', ');
  const setting = ['ARG', 'ENV', 'WORKDIR', 'USER', 'SHELL'];
  if (setting.includes(moved.directive)) {
    return `${moved.directive} counts for what is below it: the ${names(crossed)} it passes would see another value.`;
  }
  const settings = crossed.filter(({ directive }) => setting.includes(directive));
  if (settings.length > 0) return `It passes ${names(settings)}, which it would see changed.`;
  return moved.runs && crossed.some(({ runs }) => runs)
    ? 'Whether these steps need each other’s files only a build can tell.'
    : '';
}

/** The file most asked about first: those that a COPY reads, then the others. */
export function filesToAsk({ files, stages }: BuildOutline): readonly string[] {
  const read = new Set(stages.flatMap(({ steps }) => steps.flatMap(({ reads }) => reads)));
  return [...files.filter((file) => read.has(file)), ...files.filter((file) => !read.has(file))];
}
