/** Which variables an instruction sees, and what they stand for when the build is given no values. */
import type { AnalysedInstruction, Analysis } from '../analysis/analyse.ts';
import { DryStage, type Variable } from '../analysis/dry-stage.ts';
import { EngineError } from '../../base/errors.ts';
import { from } from '../directives/from.ts';

/** Variables in force before an instruction; those of FROM for a FROM. Without an instruction, those at the end of the last stage above the line. */
export function variablesAt(
  analysis: Analysis,
  at: AnalysedInstruction | undefined,
  line: number,
): ReadonlyMap<string, Variable> {
  const stage = at?.stage ?? analysis.stages.findLast(({ from: { range } }) => range.startLine < line);
  if (stage === undefined || (at?.instruction !== undefined && from.made(at.instruction))) return analysis.globals;
  const replay = new DryStage({
    escape: analysis.ast.escape,
    globals: analysis.globals,
    variables: stage.end.initial,
    knowsImage: false,
  });
  for (const instruction of stage.instructions) {
    if (instruction.range.startLine >= line || instruction === at?.instruction) break;
    lowerAnyhow(replay, instruction);
  }
  return replay.variables;
}

/** What fails to lower sets nothing, and is told elsewhere. */
function lowerAnyhow(stage: DryStage, instruction: NonNullable<AnalysedInstruction['instruction']>): void {
  try {
    stage.lower(instruction);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
  }
}
