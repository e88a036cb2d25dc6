/** Normal output of `diff` (POSIX): `2,3c2`, and the lines that were and that are. */
import type { Change } from './line-differences.ts';
import { lineText, type LabelledText } from './unified.ts';

export function normalDiff(before: LabelledText, after: LabelledText, changes: readonly Change[]): string {
  return changes.map((change) => changeText(before, after, change)).join('');
}

function changeText(before: LabelledText, after: LabelledText, change: Change): string {
  const { oldStart, oldEnd, newStart, newEnd } = change;
  const letter = oldStart === oldEnd ? 'a' : newStart === newEnd ? 'd' : 'c';
  const removed = linesOf('< ', before, oldStart, oldEnd);
  const added = linesOf('> ', after, newStart, newEnd);
  return `${range(oldStart, oldEnd)}${letter}${range(newStart, newEnd)}\n${removed}${letter === 'c' ? '---\n' : ''}${added}`;
}

function linesOf(mark: string, text: LabelledText, from: number, to: number): string {
  return Array.from({ length: to - from }, (_, index) => lineText(mark, text, from + index)).join('');
}

/** An empty range is named by the line ahead of it. */
function range(start: number, end: number): string {
  return end - start <= 1 ? String(end) : `${start + 1},${end}`;
}
