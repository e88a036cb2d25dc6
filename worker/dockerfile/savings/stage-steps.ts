/** Instructions of one stage around each other: what is asked before one is moved. */
import { resolvePath, type AbsolutePath } from '../../base/path.ts';
import type { Analysis } from '../analysis/analyse.ts';
import type { Instruction } from '../directive.ts';
import { workdir } from '../directives/workdir.ts';

/** The instruction that starts at a line, with those of its stage. */
export interface StagePlace {
  readonly instruction: Instruction;
  readonly siblings: readonly Instruction[];
  readonly index: number;
}

/** Finds an instruction by its first line; undefined above the first FROM, and for a FROM. */
export function placeInStage(analysis: Analysis, line: number): StagePlace | undefined {
  for (const { instructions } of analysis.stages) {
    const index = instructions.findIndex(({ range }) => range.startLine === line);
    const instruction = instructions[index];
    if (instruction !== undefined) return { instruction, siblings: instructions, index };
  }
  return undefined;
}

/** The instructions between two of one stage; undefined when they are of two, or the wrong way round. */
export function between(first: StagePlace, second: StagePlace): readonly Instruction[] | undefined {
  if (first.siblings !== second.siblings || first.index >= second.index) return undefined;
  return first.siblings.slice(first.index + 1, second.index);
}

/** The directory an instruction works in, as far as the stage's own WORKDIRs tell. */
export function directoryAt({ siblings, index }: StagePlace): AbsolutePath {
  return siblings
    .slice(0, index)
    .reduce((path, each) => (workdir.made(each) ? resolvePath(each.data.path, path) : path), resolvePath('/'));
}

/** True where the stage made this directory with WORKDIR before. */
export function isWorkingDirectory({ siblings, index }: StagePlace, path: AbsolutePath): boolean {
  return siblings
    .slice(0, index)
    .some(
      (each, place) => workdir.made(each) && directoryAt({ instruction: each, siblings, index: place + 1 }) === path,
    );
}
