/** All there is to say against a Dockerfile without building it. */
import { EngineError } from '../../base/errors.ts';
import type { Diagnostic } from '../../base/source.ts';
import type { DockerfileAst } from '../ast.ts';
import type { Instruction } from '../directive.ts';
import { from } from '../directives/from.ts';
import { cleanPath } from '../ignore/clean-path.ts';
import { parseDockerfile } from '../parser.ts';
import { readInstructions } from '../stages.ts';
import { DryStage } from './dry-stage.ts';

/**
 * Mistakes and warnings in the order of the file, each with its lines; without errors the file can be planned. `contextPaths` are
 * the files and directories of the build context; what is copied is not looked for where there are none.
 */
export function diagnose(text: string, contextPaths: readonly string[]): readonly Diagnostic[] {
  const { ast, diagnostics } = parseDockerfile(text);
  const found = [...diagnostics, ...dryRun(ast, pathsWithParents(contextPaths))];
  return found.sort((a, b) => a.range.startLine - b.range.startLine);
}

/** What reading the instructions, and lowering them, complains of. */
function dryRun(ast: DockerfileAst, context: ReadonlySet<string>): readonly Diagnostic[] {
  let stage: DryStage | undefined;
  return readInstructions(ast).flatMap((read): Diagnostic[] => {
    if ('problem' in read) return [{ severity: 'error', message: read.problem, range: read.node.range }];
    if (from.made(read.instruction)) stage = new DryStage(ast.escape);
    return stage === undefined ? [] : complaints(stage, read.instruction, context);
  });
}

function complaints(stage: DryStage, instruction: Instruction, context: ReadonlySet<string>): Diagnostic[] {
  const { range } = instruction;
  try {
    stage.lower(instruction);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    // Where a value is not known, only what is wrong with the expansion itself is sure to fail.
    const sure = !stage.uncertain || error.message.startsWith('failed to process');
    return sure ? [{ severity: 'error', message: error.message, range }] : [];
  }
  if (context.size === 0) return [];
  return stage.contextSources
    .map((source) => cleanPath('/' + source))
    .filter((path) => !/[*?[\\]/.test(path) && !context.has(path))
    .map((path) => ({ severity: 'warning', message: `"${path}" is not in the build context`, range }));
}

/** Absolute paths of files and of the directories they lie in. */
function pathsWithParents(paths: readonly string[]): ReadonlySet<string> {
  const known = new Set<string>();
  for (const path of paths) {
    let current = cleanPath('/' + path);
    while (!known.has(current)) {
      known.add(current);
      current = current.slice(0, current.lastIndexOf('/')) || '/';
    }
  }
  return known;
}
