/** Semantic tokens of a Dockerfile: what the editor colours, heredocs included. */
import type { InstructionNode } from '../ast.ts';
import { trimSpaceStart } from '../go-space.ts';
import { readLogicalLine, textOf, type LogicalLine } from '../logical-lines.ts';
import { parseDockerfile } from '../parser.ts';
import { SourceLines, withoutLineEnd } from '../source-lines.ts';
import { instructionSpans } from './instruction-spans.ts';
import { shellSpans, variableSpans, type Span, type TokenType } from './spans.ts';

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
    found.push(...instructionTokens(readLogicalLine(raw, lines, ast.escape)));
    const node = nodes.get(start);
    found.push(...heredocTokens(lines, node, node?.range.endLine ?? faulty.get(start) ?? start));
  }
  return found;
}

function instructionTokens(logical: LogicalLine): Token[] {
  const comments = logical.comments.map(({ line, offset, text }) => ({
    line,
    startColumn: offset + 1,
    length: text.length,
    type: 'comment' as const,
  }));
  const spans = withoutOverlaps(instructionSpans(textOf(logical)));
  const placed = spans.flatMap((span) => placeSpan(span, logical));
  return [...placed, ...comments].sort((a, b) => a.line - b.line || a.startColumn - b.startColumn);
}

/** Heredocs are found apart from the shell's words they stand among, and win over them. */
function withoutOverlaps(spans: readonly Span[]): readonly Span[] {
  const ordered = [...spans].sort((a, b) => a.start - b.start || rank(a) - rank(b));
  let end = 0;
  return ordered.filter((span) => {
    if (span.start < end || span.end <= span.start) return false;
    end = span.end;
    return true;
  });
}

function rank({ type }: Span): number {
  return type === 'heredoc' ? 0 : 1;
}

/** A span of the joined text, cut at the ends of the lines it goes over. */
function placeSpan(span: Span, { segments }: LogicalLine): Token[] {
  const placed: Token[] = [];
  let position = 0;
  for (const { line, offset, text } of segments) {
    const start = Math.max(span.start - position, 0);
    const end = Math.min(span.end - position, text.length);
    if (end > start) placed.push({ line, startColumn: offset + start + 1, length: end - start, type: span.type });
    position += text.length;
    if (position >= span.end) break;
  }
  return placed;
}

/** Tokens of the lines up to `lastLine`, which are an instruction's heredocs with their end marks. */
function heredocTokens(lines: SourceLines, node: InstructionNode | undefined, lastLine: number): Token[] {
  const spansOf = bodyReader(node);
  const found: Token[] = [];
  while (lines.line < lastLine) {
    const raw = lines.next();
    if (raw === undefined) break;
    for (const { start, end, type } of withoutOverlaps(spansOf(withoutLineEnd(raw)))) {
      found.push({ line: lines.line, startColumn: start + 1, length: end - start, type });
    }
  }
  return found;
}

/** How the lines of an instruction's heredocs read, given one after the other. */
function bodyReader(node: InstructionNode | undefined): (line: string) => Span[] {
  const pending = [...(node?.heredocs ?? [])];
  const isScript = (node?.child ?? node)?.name === 'run' && pending[0]?.content.startsWith('#!') !== true;
  return (line) => {
    const current = pending[0];
    const isEnd = current !== undefined && (current.chomp ? line.replace(/^\t+/, '') : line) === current.name;
    if (isEnd) pending.shift();
    if (isScript && !isEnd) return shellSpans(line, 0, line.length);
    if (current?.expand === true && !isEnd) return variableSpans(line, 0, line.length, 'heredoc');
    return [{ start: 0, end: line.length, type: 'heredoc' }];
  };
}
