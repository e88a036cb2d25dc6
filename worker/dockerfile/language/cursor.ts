/** Where in a Dockerfile a cursor is: the instruction, its text before and behind, and the word that is being written. */
import type { AnalysedInstruction, Analysis } from '../analysis/analyse.ts';
import type { Directive } from '../directive.ts';
import { findDirective } from '../directives/index.ts';
import { placeAt, type Place } from '../lint/places.ts';
import { readLogicalLine, textOf, type LogicalLine } from '../logical-lines.ts';
import { SourceLines, withoutLineEnd } from '../source-lines.ts';

/** A place between characters. Lines and columns count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export type Cursor =
  /** In a comment, a parser directive among them. */
  | { readonly kind: 'comment'; readonly before: string }
  /** In the lines of a heredoc. */
  | { readonly kind: 'heredoc'; readonly before: string; readonly instruction: AnalysedInstruction }
  | InstructionCursor;

export interface InstructionCursor {
  readonly kind: 'instruction';
  /** The instruction's joined text up to the cursor; empty on an empty line. */
  readonly before: string;
  readonly after: string;
  /** Absent where it cannot be parsed (yet). */
  readonly instruction?: AnalysedInstruction;
}

/** Where the position is. */
export function cursorAt(analysis: Analysis, { line, column }: Position): Cursor {
  const heredoc = heredocAt(analysis, line);
  const written = (analysis.lines[line - 1] ?? '').slice(0, column - 1);
  if (heredoc !== undefined) return { kind: 'heredoc', before: written, instruction: heredoc };
  const lines = new SourceLines(analysis.text);
  for (let raw = lines.next(); raw !== undefined; raw = lines.next()) {
    const start = lines.line;
    const isComment = withoutLineEnd(raw).trimStart().startsWith('#');
    if (isComment && start === line) return { kind: 'comment', before: written };
    if (!isComment && raw.trim() !== '') {
      const logical = readLogicalLine(raw, lines, analysis.ast.escape);
      if (line >= start && line <= lines.line) return within(analysis, logical, start, { line, column });
      skipHeredocs(analysis, lines, start);
    }
    if (lines.line >= line) break;
  }
  return { kind: 'instruction', before: '', after: '' };
}

function heredocAt(analysis: Analysis, line: number): AnalysedInstruction | undefined {
  const found = instructionAt(analysis, line);
  if (found === undefined || found.node.heredocs.length === 0) return undefined;
  const bodyLines = found.node.heredocs.reduce((sum, { content }) => sum + content.split('\n').length, 0);
  return line > found.node.range.endLine - bodyLines ? found : undefined;
}

/** The instruction a line belongs to. They are in order, and share no lines. */
export function instructionAt({ instructions }: Analysis, line: number): AnalysedInstruction | undefined {
  let [low, high] = [0, instructions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instructions[middle]?.node.range.endLine ?? Infinity) < line) low = middle + 1;
    else high = middle;
  }
  const found = instructions[low];
  return found !== undefined && found.node.range.startLine <= line ? found : undefined;
}

function skipHeredocs(analysis: Analysis, lines: SourceLines, start: number): void {
  const end = instructionAt(analysis, start)?.node.range.endLine ?? start;
  while (lines.line < end && lines.next() !== undefined);
}

function within(analysis: Analysis, logical: LogicalLine, start: number, { line, column }: Position): Cursor {
  const comment = logical.comments.find((segment) => segment.line === line);
  if (comment !== undefined)
    return { kind: 'comment', before: comment.text.slice(0, Math.max(0, column - 1 - comment.offset)) };
  const before = logical.segments
    .filter((segment) => segment.line <= line)
    .map((segment) =>
      segment.line < line ? segment.text : segment.text.slice(0, Math.max(0, column - 1 - segment.offset)),
    )
    .join('');
  const instruction = instructionAt(analysis, start);
  return {
    kind: 'instruction',
    before,
    after: textOf(logical).slice(before.length),
    ...(instruction === undefined ? {} : { instruction }),
  };
}

/** What an instruction's text up to the cursor is made of. */
export interface Written {
  readonly directive: Directive;
  /** Words that are finished, flags among them. */
  readonly words: readonly string[];
  /** The word at the cursor, as far as it is written. */
  readonly current: string;
  /** The text behind the keyword. */
  readonly rest: string;
}

/** Takes the text apart; undefined where the keyword itself is being written, or is none. ONBUILD is looked through. */
export function writtenBefore(before: string): Written | undefined {
  const match = /^\s*(\S+)\s+([^]*)$/.exec(before);
  const directive = findDirective((match?.[1] ?? '').toLowerCase());
  const rest = match?.[2] ?? '';
  if (directive === undefined) return undefined;
  if (directive.argumentSyntax === 'instruction') return writtenBefore(rest);
  const words = rest.split(/\s+/);
  return { directive, words: words.slice(0, -1).filter((word) => word !== ''), current: words.at(-1) ?? '', rest };
}

/** The keyword that is being written, ONBUILD looked through; undefined behind it. */
export function keywordBefore(before: string): string | undefined {
  return /^\s*(?:onbuild\s+)?(\S*)$/i.exec(before)?.[1];
}

/** The place of the last characters before a position. */
export function placeBefore({ line, column }: Position, length: number): Place {
  const shown = Math.min(length, column - 1);
  return placeAt(line, column - shown, shown);
}
