/** What a step of the graph says of itself. */
import { formatDuration } from '../../ui/format.ts';
import type { GraphStep } from './stage-graph.ts';

/** `cached`, `1.2 s`, `not needed`. */
export function stepState({ state, used, durationMs }: GraphStep): string {
  if (!used) return 'not needed';
  if (state === 'cached') return 'cached';
  if (state === 'failed') return 'failed';
  if (state === 'running') return 'running';
  return durationMs === undefined ? '' : formatDuration(durationMs);
}

/** For screen readers and the title. */
export function stepLabel(step: GraphStep): string {
  const state = stepState(step);
  return [`Line ${step.line}: ${step.label}`, state, step.critical ? 'on the critical path' : '']
    .filter((part) => part !== '')
    .join(', ');
}
