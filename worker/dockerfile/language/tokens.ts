/** Semantic tokens of a Dockerfile: what the editor colours, heredocs included. */
import type { HeredocFile, InstructionNode } from '../ast.ts';
import { trimSpaceStart } from '../go-space.ts';
import { readLogicalLine, textOf, type LineSegment, type LogicalLine } from '../logical-lines.ts';
import { parseDockerfile } from '../parser.ts';
import { SourceLines, withoutLineEnd } from '../source-lines.ts';
import { instructionSpans } from './instruction-spans.ts';
import { ShellColours } from './shell-colours.ts';
import { variableSpans, type Span, type TokenType } from './spans.ts';

/** A token within one line. Lines and columns count from 1. */
export interface Token {
  readonly line: number;
  readonly startColumn: number;
  readonly length: number;
  readonly type: TokenType;
}

/** Tokens in the order of the file; they do not overlap. Never throws. */
export function tokens(text: string): readonly Token[] {
  const { ast, diagnostics } = parseDockerfile(text);
  const directives = new Set(ast.directives.map(({ range }) => range.startLine));
  const nodes = new Map(ast.instructions.map((node) => [node.range.startLine, node]));
  // A heredoc whose end is not written yet has no node, and colours the rest all the same.
  const faulty = new Map(diagnostics.map(({ range }) => [range.startLine, range.endLine]));
  const lines = new SourceLines(text);
  const found: Token[] = [];
  for (let raw = lines.next(); raw !== undefined; raw = lines.next()) {
    const start = lines.line;
    const line = withoutLineEnd(raw);
    const content = trimSpaceStart(line);
    if (content === '') continue;
    if (content.startsWith('#')) {
      const type = directives.has(start) ? 'directive' : 'comment';
      found.push({ line: start, startColumn: line.length - content.length + 1, length: content.length, type });
      continue;
    }
    const logical = readLogicalLine(raw, lines, ast.escape);
    addInstruction(found, logical, textOf(logical));
    const node = nodes.get(start);
    addHeredocs(found, lines, node, node?.range.endLine ?? faulty.get(start) ?? start);
  }
  return found;
}

/** Adds an instruction's tokens and the comments between its lines, in the order of the file. */
function addInstruction(found: Token[], { segments, comments }: LogicalLine, text: string): void {
  const spans = withoutOverlaps(instructionSpans(text));
  let [next, nextComment, position] = [0, 0, 0];
  for (const segment of segments) {
    for (let comment = comments[nextComment]; comment !== undefined && comment.line < segment.line;) {
      found.push(tokenAt(comment, 0, comment.text.length, 'comment'));
      comment = comments[++nextComment];
    }
    const end = position + segment.text.length;
    for (let span = spans[next]; span !== undefined && span.start < end; span = spans[next]) {
      const last = Math.min(span.end, end);
      const first = Math.max(span.start, position);
      if (last > first) found.push(tokenAt(segment, first - position, last - position, span.type));
      // A span that goes on is taken up again in the next segment.
      if (span.end > end) break;
      next++;
    }
    position = end;
  }
  for (const comment of comments.slice(nextComment)) found.push(tokenAt(comment, 0, comment.text.length, 'comment'));
}

function tokenAt({ line, offset }: LineSegment, start: number, end: number, type: TokenType): Token {
  return { line, startColumn: offset + start + 1, length: end - start, type };
}

/** In order; what cannot be placed is left out. */
function withoutOverlaps(spans: readonly Span[]): readonly Span[] {
  const ordered = [...spans].sort((a, b) => a.start - b.start);
  let end = 0;
  return ordered.filter((span) => {
    if (span.start < end || span.end <= span.start) return false;
    end = span.end;
    return true;
  });
}

/** Adds tokens for the lines up to `lastLine`, which are an instruction's heredocs with their end marks. */
function addHeredocs(found: Token[], lines: SourceLines, node: InstructionNode | undefined, lastLine: number): void {
  const spansOf = bodyReader(node);
  while (lines.line < lastLine) {
    const raw = lines.next();
    if (raw === undefined) break;
    for (const { start, end, type } of withoutOverlaps(spansOf(withoutLineEnd(raw)))) {
      found.push({ line: lines.line, startColumn: start + 1, length: end - start, type });
    }
  }
}

/** How the lines of an instruction's heredocs read, given one after the other. */
function bodyReader(node: InstructionNode | undefined): (line: string) => Span[] {
  const pending = [...(node?.heredocs ?? [])];
  const isRun = (node?.child ?? node)?.name === 'run';
  let shell = shellOf(pending[0], isRun);
  return (line) => {
    const current = pending[0];
    const isEnd = current !== undefined && (current.chomp ? line.replace(/^\t+/, '') : line) === current.name;
    if (isEnd) {
      pending.shift();
      shell = shellOf(pending[0], isRun);
    } else if (shell !== undefined) return shell.line(line);
    if (current?.expand === true && !isEnd) return variableSpans(line, 0, line.length, 'heredoc');
    return [{ start: 0, end: line.length, type: 'heredoc' }];
  };
}

/** A heredoc of RUN is shell unless its `#!` line says otherwise; a file that COPY makes is where that line says so. */
function shellOf(heredoc: HeredocFile | undefined, isRun: boolean): ShellColours | undefined {
  const interpreter = /^#!\s*(.*)/.exec(heredoc?.content ?? '')?.[1];
  const isShell = interpreter === undefined ? isRun : /\b(?:sh|bash|ash|dash)\b/.test(interpreter);
  return isShell ? new ShellColours() : undefined;
}
