/** The stages of a Dockerfile and what stands in them, for the editor's outline, its folding and its gutter. */
import type { SourceRange } from '../../base/source.ts';
import type { InstructionNode } from '../ast.ts';
import { trimSpace } from '../go-space.ts';
import { parseDockerfile } from '../parser.ts';

export interface OutlineStage {
  /** Lower case; empty for a stage without a name. */
  readonly name: string;
  /** As written: `FROM alpine AS base`. Empty for what stands before the first FROM. */
  readonly label: string;
  /** From its FROM to its last instruction. */
  readonly range: SourceRange;
  readonly instructions: readonly OutlineInstruction[];
}

export interface OutlineInstruction {
  /** Upper case. */
  readonly directive: string;
  readonly label: string;
  readonly range: SourceRange;
}

/** Stages in order; the first may be one without FROM, for global arguments. Never throws. */
export function outline(text: string): readonly OutlineStage[] {
  const stages: { name: string; label: string; instructions: InstructionNode[] }[] = [];
  for (const node of parseDockerfile(text).ast.instructions) {
    const isFrom = node.name === 'from';
    if (isFrom || stages.length === 0) {
      const name = isFrom && node.args[1]?.toLowerCase() === 'as' ? (node.args[2] ?? '') : '';
      stages.push({ name: name.toLowerCase(), label: isFrom ? trimSpace(node.original) : '', instructions: [] });
    }
    stages.at(-1)?.instructions.push(node);
  }
  return stages.map(({ name, label, instructions }) => ({
    name,
    label,
    range: {
      startLine: instructions[0]?.range.startLine ?? 1,
      endLine: instructions.at(-1)?.range.endLine ?? 1,
    },
    instructions: instructions.map((node) => ({
      directive: node.name.toUpperCase(),
      label: trimSpace(node.original),
      range: node.range,
    })),
  }));
}
