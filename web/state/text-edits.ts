/** Edits of a text, put in place. */
import type { TextEdit } from '../../worker/api/types.ts';

/** The text after edits that do not overlap; places past its end mean its end. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const starts = lineStarts(text);
  const offsetOf = (line: number, column: number): number => {
    const start = starts[line - 1];
    return start === undefined ? text.length : Math.min(start + column - 1, text.length);
  };
  const placed = edits.map(({ range, text: replacement }) => ({
    from: offsetOf(range.startLine, range.startColumn),
    to: offsetOf(range.endLine, range.endColumn),
    replacement,
  }));
  return placed
    .sort((a, b) => b.from - a.from)
    .reduce((edited, { from, to, replacement }) => edited.slice(0, from) + replacement + edited.slice(to), text);
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** A line of two texts laid side by side. */
export interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** Lines of context around a difference. */
const AROUND = 1;

/** What changes from one text to the other: the lines that go and come, those next to them, gaps left out. */
export function changedLines(before: string, after: string): readonly DiffLine[] {
  const all = diffLines(before.split('\n'), after.split('\n'));
  return all.filter((_, place) =>
    all.slice(Math.max(0, place - AROUND), place + AROUND + 1).some(({ sign }) => sign !== ' '),
  );
}

/** Longest common subsequence: a Dockerfile has few lines. */
function diffLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const same = before[i] === after[j];
      lengths[i]![j] = same ? 1 + lengths[i + 1]![j + 1]! : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push({ sign: ' ', text: before[i]! });
      i += 1;
      j += 1;
    } else if (i < before.length && (j === after.length || lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) {
      lines.push({ sign: '-', text: before[i]! });
      i += 1;
    } else {
      lines.push({ sign: '+', text: after[j]! });
      j += 1;
    }
  }
  return lines;
}
