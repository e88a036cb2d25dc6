/** The difference of two texts as the lines to show: what went, what came, and a few lines around. */
import { structuredPatch } from 'diff';

export interface DiffRow {
  readonly kind: 'same' | 'removed' | 'added' | 'gap';
  /** Line numbers from 1; undefined on the side that lacks the line. */
  readonly before?: number;
  readonly after?: number;
  readonly text: string;
}

/** Lines shown around a change. */
const CONTEXT_LINES = 3;

/** Rows of a unified diff; empty for equal texts. */
export function diffRows(before: string, after: string): DiffRow[] {
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: CONTEXT_LINES });
  return hunks.flatMap((hunk): DiffRow[] => {
    let [old, now] = [hunk.oldStart, hunk.newStart];
    const head: DiffRow = { kind: 'gap', text: `line ${hunk.newStart}` };
    const rows = hunk.lines.map((line): DiffRow => {
      const text = line.slice(1);
      if (line.startsWith('-')) return { kind: 'removed', before: old++, text };
      if (line.startsWith('+')) return { kind: 'added', after: now++, text };
      if (line.startsWith('\\')) return { kind: 'gap', text: 'no line feed at the end' };
      return { kind: 'same', before: old++, after: now++, text };
    });
    return [head, ...rows];
  });
}
