/** What can be folded: stages, instructions of several lines, heredocs, comments. */
import { analyse } from '../analysis/analyse.ts';
import { NO_IMAGES, type KnownImages } from '../analysis/known-images.ts';
import type { InstructionNode } from '../ast.ts';

export interface Fold {
  readonly startLine: number;
  readonly endLine: number;
  readonly kind: 'stage' | 'instruction' | 'comment';
}

/** Folds of two lines and more, in the order of the file. */
export function folds(text: string, images: KnownImages = NO_IMAGES): readonly Fold[] {
  const { stages, instructions, lines } = analyse(text, images);
  const found: Fold[] = [];
  for (const [i, { from }] of stages.entries()) {
    const next = stages[i + 1]?.from;
    const end = next === undefined ? lines.length : next.range.startLine - 1 - commentsAbove(next.node, lines);
    found.push({ startLine: from.range.startLine, endLine: lastWritten(lines, end), kind: 'stage' });
  }
  for (const { node } of instructions) found.push({ ...linesOf(node), kind: 'instruction' });
  found.push(
    ...comments(
      lines,
      instructions.map(({ node }) => node),
    ),
  );
  return found.filter(({ startLine, endLine }) => endLine > startLine).sort((a, b) => a.startLine - b.startLine);
}

function linesOf({ range }: InstructionNode): { startLine: number; endLine: number } {
  return { startLine: range.startLine, endLine: range.endLine };
}

/** Comments right above an instruction belong to it. */
function commentsAbove(node: InstructionNode, lines: readonly string[]): number {
  let count = 0;
  while ((lines[node.range.startLine - 2 - count] ?? '').trimStart().startsWith('#')) count++;
  return count;
}

function lastWritten(lines: readonly string[], line: number): number {
  let last = line;
  while (last > 1 && (lines[last - 1] ?? '').trim() === '') last--;
  return last;
}

/** Comment lines in a row, outside of instructions. */
function comments(lines: readonly string[], nodes: readonly InstructionNode[]): Fold[] {
  const found: Fold[] = [];
  let [next, start] = [0, 0];
  for (let line = 1; line <= lines.length + 1; line++) {
    while ((nodes[next]?.range.endLine ?? Infinity) < line) next++;
    const inside = line >= (nodes[next]?.range.startLine ?? Infinity);
    const isComment = !inside && (lines[line - 1] ?? '').trimStart().startsWith('#');
    if (isComment && start === 0) start = line;
    if (isComment || start === 0) continue;
    found.push({ startLine: start, endLine: line - 1, kind: 'comment' });
    start = 0;
  }
  return found;
}
