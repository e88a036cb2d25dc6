/** The fix every check offers: leave the finding out, and say why. */
import type { QuickFix, TextEdit } from '../../base/source.ts';
import type { Analysis } from '../analysis/analyse.ts';
import type { InstructionNode } from '../ast.ts';
import { placeAt } from './places.ts';
import type { LintRule } from './rule.ts';

const REASON = 'because ...';

/** Skips for one instruction, and for the file; none for experimental rules, which are asked for. */
export function skipFix(rule: LintRule, node: InstructionNode, { lines, ast }: Analysis): readonly QuickFix[] {
  if (rule.experimental === true) return [];
  return [
    {
      title: `Skip ${rule.name} for this instruction`,
      skips: true,
      edits: [skipAbove(rule, node, lines, ast.directives.length)],
    },
    { title: `Skip ${rule.name} in this file`, skips: true, edits: [skipInFile(rule, lines, ast.directives)] },
  ];
}

/** A comment above the instruction; one that is there already is added to. */
function skipAbove(rule: LintRule, node: InstructionNode, lines: readonly string[], directiveCount: number): TextEdit {
  const { startLine } = node.range;
  for (let line = startLine - 1; line >= 1 && (lines[line - 1] ?? '').trimStart().startsWith('#'); line--) {
    const added = addedTo(rule, line, lines[line - 1] ?? '');
    if (added !== undefined) return added;
  }
  const indent = /^\s*/.exec(lines[startLine - 1] ?? '')?.[0] ?? '';
  // Right below the parser directives it would be one of them, and count for the whole file.
  const apart = startLine === directiveCount + 1 ? '\n' : '';
  return { range: placeAt(startLine, 1, 0), text: `${apart}${indent}# check=skip=${rule.name} ${REASON}\n` };
}

function skipInFile(rule: LintRule, lines: readonly string[], directives: Analysis['ast']['directives']): TextEdit {
  const check = directives.find(({ name }) => name === 'check');
  if (check !== undefined) {
    const { startLine } = check.range;
    const text = lines[startLine - 1] ?? '';
    const behind = /^\s*#\s*check\s*=\s*\S*/i.exec(text)?.[0].length ?? text.length;
    return addedTo(rule, startLine, text) ?? { range: placeAt(startLine, behind + 1, 0), text: `;skip=${rule.name}` };
  }
  const last = Math.max(0, ...directives.map(({ range }) => range.endLine));
  return { range: placeAt(last + 1, 1, 0), text: `# check=skip=${rule.name} ${REASON}\n` };
}

/** The rule's name put behind the last of a list of skips. */
function addedTo(rule: LintRule, line: number, text: string): TextEdit | undefined {
  const list = /^\s*#\s*check\s*=(?:[^\s;]*;)*skip=[^\s;]*/i.exec(text);
  if (list === null) return undefined;
  return { range: placeAt(line, list[0].length + 1, 0), text: `,${rule.name}` };
}
