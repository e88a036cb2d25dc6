/**
 * Formatting: keywords in upper case, no blanks at line ends, continued lines indented, one empty line between paragraphs at
 * most. Nothing a build sees changes but blanks between words.
 */
import type { TextEdit } from '../../base/source.ts';
import { analyse, type Analysis } from '../analysis/analyse.ts';
import { NO_IMAGES, type KnownImages } from '../analysis/known-images.ts';
import type { InstructionNode } from '../ast.ts';
import { asPlace } from '../lint/stage-name.ts';

const INDENT = '    ';

/** Edits, at most one a line; none for a file that is formatted, or that cannot be parsed. */
export function format(text: string, images: KnownImages = NO_IMAGES): readonly TextEdit[] {
  const analysis = analyse(text, images);
  // Where an instruction cannot be read, its lines may belong to it or not.
  if (analysis.syntax.some(({ severity }) => severity === 'error')) return [];
  const lines: (string | undefined)[] = [...analysis.lines];
  const inside = new Set<number>();
  for (const { node } of analysis.instructions) {
    for (let line = node.range.startLine; line <= node.range.endLine; line++) inside.add(line);
    formatInstruction(lines, node, analysis);
  }
  formatAround(lines, inside);
  return edits(analysis.lines, lines);
}

function formatInstruction(lines: (string | undefined)[], node: InstructionNode, analysis: Analysis): void {
  const { startLine, endLine } = node.range;
  const bodyLines = node.heredocs.reduce((sum, { content }) => sum + content.split('\n').length, 0);
  const as = node.name === 'from' ? asPlace(analysis, node) : undefined;
  if (as !== undefined) {
    const line = lines[as.startLine - 1] ?? '';
    lines[as.startLine - 1] = line.slice(0, as.startColumn - 1) + 'AS' + line.slice(as.endColumn - 1);
  }
  const first = (lines[startLine - 1] ?? '').trim();
  lines[startLine - 1] = upperKeyword(first, node);
  const { escape } = analysis.ast;
  let before = lines[startLine - 1] ?? '';
  let quote = quoteBehind(before, escape, '');
  for (let line = startLine + 1; line <= endLine - bodyLines; line++) {
    const written = (lines[line - 1] ?? '').trimEnd();
    const isComment = written.trimStart().startsWith('#');
    const mayIndent = quote === '' && before.endsWith(escape) && /\s$/.test(before.slice(0, -1));
    const indented = mayIndent && /^\S/.test(written) ? INDENT + written : written;
    lines[line - 1] = indented;
    if (isComment || written.trim() === '') continue;
    before = indented;
    quote = quoteBehind(indented, escape, quote);
  }
}

function upperKeyword(line: string, node: InstructionNode): string {
  const behind = line.slice(node.keyword.length);
  const child = node.child;
  const nested =
    child === undefined
      ? behind
      : behind.replace(
          /^(\s+)(\S+)/,
          (_, blanks: string, word: string) => blanks + (word === child.keyword ? word.toUpperCase() : word),
        );
  return node.keyword.toUpperCase() + nested;
}

/** The quote that is open behind a continued line, given the one open before it; empty for none. Blanks in quotes count. */
function quoteBehind(line: string, escape: string, open: string): string {
  let quote = open;
  for (let i = 0; i < line.length - 1; i++) {
    const char = line[i] ?? '';
    if (char === escape && quote !== "'") i++;
    else if (char === quote) quote = '';
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
  }
  return quote;
}

/** Lines outside of instructions: comments and empty ones. */
function formatAround(lines: (string | undefined)[], inside: ReadonlySet<number>): void {
  let empty = 1;
  for (let line = 1; line <= lines.length; line++) {
    if (inside.has(line)) {
      empty = 0;
      continue;
    }
    const written = (lines[line - 1] ?? '').trim();
    lines[line - 1] = written;
    empty = written === '' ? empty + 1 : 0;
    // The last one is what stands behind the last line feed.
    if (empty > 1 && line < lines.length) lines[line - 1] = undefined;
  }
  if ((lines.at(-1) ?? '') !== '') lines[lines.length - 1] = `${lines.at(-1) ?? ''}\n`;
}

function edits(before: readonly string[], after: readonly (string | undefined)[]): TextEdit[] {
  return after.flatMap((text, i) => {
    const line = i + 1;
    const length = before[i]?.length ?? 0;
    if (text === before[i]) return [];
    if (text === undefined)
      return [{ range: { startLine: line, startColumn: 1, endLine: line + 1, endColumn: 1 }, text: '' }];
    return [{ range: { startLine: line, startColumn: 1, endLine: line, endColumn: length + 1 }, text }];
  });
}
