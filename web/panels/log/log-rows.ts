/** The build's progress as rows of equal height: a step, what it moves, what it prints, how it ended. */
import type { StatusItem } from '../../../worker/api/types.ts';
import { stateOf, type BuildProgress, type StepProgress, type StepState } from '../../state/build-progress.ts';
import { linesOf } from '../../state/output.ts';

export type LogRow =
  | {
      readonly kind: 'step';
      readonly step: StepProgress;
      readonly state: StepState;
      readonly open: boolean;
      readonly foldable: boolean;
    }
  | { readonly kind: 'status'; readonly step: number; readonly status: StatusItem }
  | { readonly kind: 'output'; readonly step: number; readonly stream: 1 | 2; readonly text: string }
  | { readonly kind: 'error'; readonly step: number; readonly text: string };

/** All rows. `toggled` holds the steps that were opened or closed by hand, against what they do by themselves. */
export function logRows(progress: BuildProgress, toggled: ReadonlySet<string>): LogRow[] {
  return progress.steps.filter((step) => step.vertex.name !== '').flatMap((step) => rowsOfStep(step, toggled));
}

function rowsOfStep(step: StepProgress, toggled: ReadonlySet<string>): LogRow[] {
  const state = stateOf(step);
  const details: LogRow[] = [
    ...step.statuses.map((status): LogRow => ({ kind: 'status', step: step.number, status })),
    ...linesOf(step.output).map(({ stream, text }): LogRow => ({ kind: 'output', step: step.number, stream, text })),
    ...errorLines(step),
  ];
  const open = opensItself(step, state) !== toggled.has(step.vertex.id);
  const head: LogRow = { kind: 'step', step, state, open, foldable: details.length > 0 };
  return open ? [head, ...details] : [head];
}

/** Steps that say something show it; finished transfers fold away. */
function opensItself(step: StepProgress, state: StepState): boolean {
  if (state === 'running' || state === 'failed') return true;
  return state === 'done' && linesOf(step.output).length > 0;
}

function errorLines(step: StepProgress): LogRow[] {
  const { error } = step.vertex;
  if (error === undefined || error.code === 'cancelled') return [];
  return error.message.split('\n').map((text) => ({ kind: 'error', step: step.number, text }));
}
