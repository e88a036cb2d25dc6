/** Instructions that go over several lines: what a line that ends in the escape character is joined with. */
import { trimSpaceStart } from './go-space.ts';
import { withoutLineEnd, type SourceLines } from './source-lines.ts';

/** A part of a line of the file. */
export interface LineSegment {
  /** Counts from 1. */
  readonly line: number;
  /** Characters of the line before it. */
  readonly offset: number;
  readonly text: string;
}

/** An instruction as its lines have it. */
export interface LogicalLine {
  /** What it is joined of, without the escape characters at line ends. */
  readonly segments: readonly LineSegment[];
  /** Comment lines in between. */
  readonly comments: readonly LineSegment[];
  readonly hasEmptyContinuation: boolean;
}

/** The joined text. */
export function textOf({ segments }: LogicalLine): string {
  return segments.map(({ text }) => text).join('');
}

/** Reads on from an instruction's first line, which was just read from `lines`, to its last. */
export function readLogicalLine(first: string, lines: SourceLines, escape: string): LogicalLine {
  const segments: LineSegment[] = [];
  const comments: LineSegment[] = [];
  let hasEmptyContinuation = false;
  const line = withoutLineEnd(first);
  const start = trimSpaceStart(line);
  let { text, continues } = cutContinuation(start, escape);
  segments.push({ line: lines.line, offset: line.length - start.length, text });
  while (continues) {
    const raw = lines.next();
    if (raw === undefined) break;
    const line = withoutLineEnd(raw);
    const content = trimSpaceStart(line);
    if (content === '') hasEmptyContinuation = true;
    else if (content.startsWith('#')) {
      comments.push({ line: lines.line, offset: line.length - content.length, text: content });
    } else {
      ({ text, continues } = cutContinuation(line, escape));
      segments.push({ line: lines.line, offset: 0, text });
    }
  }
  return { segments, comments, hasEmptyContinuation };
}

/** A line continues where the escape character, itself not escaped, is the last thing but blanks. */
function cutContinuation(line: string, escape: string): { text: string; continues: boolean } {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end--;
  const continues = line[end - 1] === escape && line[end - 2] !== escape;
  return { text: continues ? line.slice(0, end - 1) : line, continues };
}
