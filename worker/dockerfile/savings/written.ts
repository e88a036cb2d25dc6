/** Instructions written anew, and the edits that put them in place. */
import type { TextEdit } from '../../base/source.ts';
import type { Analysis } from '../analysis/analyse.ts';
import type { Instruction } from '../directive.ts';
import { withoutLines } from '../lint/places.ts';
import type { WrittenRun } from './run-commands.ts';

/** A RUN of these commands, one a line. */
export function runText(
  { instruction, flags }: WrittenRun,
  commands: readonly string[],
  { ast }: Pick<Analysis, 'ast'>,
): string {
  const head = [instruction.node.keyword, ...flags].join(' ');
  return `${head} ${commands.join(` ${ast.escape}\n    && `)}`;
}

/** The edit that puts a text in an instruction's place, or takes it out with the comment that belongs to it. */
export function instructionEdit(
  { lines }: Pick<Analysis, 'lines'>,
  { node, range }: Instruction,
  text: string | undefined,
): TextEdit {
  const { startLine, endLine } = range;
  if (text === undefined) return withoutLines(startLine - node.comments.length, endLine);
  const endColumn = (lines[endLine - 1] ?? '').length + 1;
  return { range: { startLine, endLine, startColumn: 1, endColumn }, text };
}

/** `lines 3 to 7`. */
export function lineWords(first: Instruction, last: Instruction): string {
  return `lines ${first.range.startLine} to ${last.range.endLine}`;
}
