/** Commands of RUN, CMD and ENTRYPOINT: the exec form is the words themselves, the shell form a line for the stage's shell. */
import type { InstructionNode } from './ast.ts';
import type { StageBuilder } from './stage-builder.ts';

export interface Command {
  /** Words of the exec form; the line of the shell form (none if it is empty). */
  readonly words: readonly string[];
  readonly form: 'exec' | 'shell';
}

/** The command of a node with the syntax `exec-or-line`. */
export function readCommand(node: InstructionNode): Command {
  return { words: node.args, form: node.json ? 'exec' : 'shell' };
}

/** The words to start. */
export function commandWords(command: Command, stage: StageBuilder): string[] {
  return command.form === 'exec' ? [...command.words] : [...shellOf(stage), command.words.join(' ')];
}

/** The shell in force: of SHELL, or the platform's. */
function shellOf(stage: StageBuilder): readonly string[] {
  if (stage.config.Shell !== undefined && stage.config.Shell.length > 0) return stage.config.Shell;
  return stage.os === 'windows' ? ['cmd', '/S', '/C'] : ['/bin/sh', '-c'];
}
