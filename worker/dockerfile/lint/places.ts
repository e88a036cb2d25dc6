/** Where in the text something of an instruction stands, and edits there. */
import type { QuickFix, SourceRange, TextEdit } from '../../base/source.ts';
import type { Analysis } from '../analysis/analyse.ts';
import type { InstructionNode } from '../ast.ts';

/** A range of columns in one line. */
export type Place = Required<SourceRange>;

/** `length` characters of a line; lines and columns count from 1. */
export function placeAt(line: number, startColumn: number, length: number): Place {
  return { startLine: line, endLine: line, startColumn, endColumn: startColumn + length };
}

/** The instruction's keyword. */
export function keywordPlace({ lines }: Pick<Analysis, 'lines'>, { keyword, range }: InstructionNode): Place {
  const text = lines[range.startLine - 1] ?? '';
  return placeAt(range.startLine, Math.max(text.indexOf(keyword), 0) + 1, keyword.length);
}

/** The first place behind the instruction's keyword where a word stands; undefined where continuations break it. */
export function placeOf(
  file: Pick<Analysis, 'lines'>,
  node: InstructionNode,
  word: string,
  isWhole: (before: string, after: string) => boolean = atBlanks,
): Place | undefined {
  if (word === '') return undefined;
  const keyword = keywordPlace(file, node);
  for (let line = node.range.startLine; line <= node.range.endLine; line++) {
    const text = file.lines[line - 1] ?? '';
    if (line > node.range.startLine && text.trimStart().startsWith('#')) continue;
    let at = line === node.range.startLine ? keyword.endColumn - 1 : 0;
    for (at = text.indexOf(word, at); at >= 0; at = text.indexOf(word, at + 1)) {
      if (isWhole(text[at - 1] ?? ' ', text[at + word.length] ?? ' ')) return placeAt(line, at + 1, word.length);
    }
  }
  return undefined;
}

function atBlanks(before: string, after: string): boolean {
  return /\s/.test(before) && /[\s\\`]/.test(after);
}

/** A fix of one edit. */
export function replacing(title: string, range: Place, text: string): QuickFix {
  return { title, edits: [{ range, text }] };
}

/** An edit that takes whole lines out. */
export function withoutLines(first: number, last: number): TextEdit {
  return { range: { startLine: first, endLine: last + 1, startColumn: 1, endColumn: 1 }, text: '' };
}
