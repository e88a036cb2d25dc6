/**
 * What a directive is: all that the parser, the planner, the editor and the docs need of it, in one value. Each lives in one
 * file of `directives/`.
 */
import { EngineError } from '../base/errors.ts';
import type { SourceRange } from '../base/source.ts';
import type { ArgumentSyntax } from './arguments.ts';
import type { InstructionNode } from './ast.ts';
import type { FlagSpec } from './flags.ts';
import { trimSpace } from './go-space.ts';
import type { StageBuilder } from './stage-builder.ts';

/** An instruction understood: checked, its parts named, variables not yet expanded. */
export interface Instruction<Data = unknown> {
  readonly directive: Directive;
  readonly node: InstructionNode;
  readonly data: Data;
  /** As BuildKit prints it: the joined line, blanks at its ends removed. */
  readonly code: string;
  readonly range: SourceRange;
  /** Stages (by name or number), images or named contexts whose files it needs, as written. */
  readonly sources: readonly string[];
  /** It counts among the steps of its stage, as in `[build 2/5]`. */
  readonly isStep: boolean;
  /** Does to the stage what the instruction says. Throws `dockerfile`, at its place. */
  lower(stage: StageBuilder): void;
}

/** What an editor offers to write: values of the directive's own, or what is known of the file and of what is around it. */
export type Suggestions = ListedSuggestions | KnownSuggestions;

export interface ListedSuggestions {
  /** The word that is being written, all of the arguments, or the first word behind the flags. */
  readonly place: 'word' | 'arguments' | 'first';
  readonly values: readonly { readonly label: string; readonly insert?: string; readonly detail?: string }[];
}

export interface KnownSuggestions {
  /** What may be built on, paths of the build context, or ARGs above the first FROM. */
  readonly known: 'bases' | 'context paths' | 'global arguments';
}

/** Facts of a directive. */
export interface DirectiveFacts {
  /** Upper case: `FROM`. */
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  /** Its forms, as they would be written. */
  readonly syntax: readonly string[];
  /** Markdown: what it does, and what there is to know. */
  readonly docs: string;
  readonly flags: readonly FlagSpec[];
  readonly argumentSyntax: ArgumentSyntax;
  /** `<<NAME` among its arguments takes the lines below. */
  readonly heredocs?: boolean;
  /** Values that are offered for its arguments. */
  readonly suggestions?: Suggestions;
  /** What the build expands variables in, arguments and flags or the latter alone; a shell may expand others when it runs. */
  readonly expands: 'all' | 'flags' | 'nothing';
}

export interface Directive extends DirectiveFacts {
  /** Understands a node of this directive. Throws `dockerfile`, worded as BuildKit words it, at the node's place. */
  read(node: InstructionNode): Instruction;
}

/** A directive whose instructions' data is known to those who import it. */
export interface TypedDirective<Data> extends Directive {
  read(node: InstructionNode): Instruction<Data>;
  /** Tells this directive's instructions from others. */
  made(instruction: Instruction): instruction is Instruction<Data>;
}

interface Definition<Data> extends DirectiveFacts {
  /** Checks a node and names its parts. Throws `dockerfile` without a place. */
  readonly interpret: (node: InstructionNode) => Data;
  readonly lower: (data: Data, stage: StageBuilder, instruction: Instruction<Data>) => void;
  readonly sources?: (data: Data) => readonly string[];
  readonly isStep?: boolean;
}

/** Makes a directive of its facts and its two steps. */
export function defineDirective<Data>(definition: Definition<Data>): TypedDirective<Data> {
  const { interpret, lower, sources, isStep = false, ...facts } = definition;
  const directive: TypedDirective<Data> = {
    ...facts,
    read: (node) => {
      const data = placed(node.range, () => interpret(node));
      const instruction: Instruction<Data> = {
        directive,
        node,
        data,
        code: trimSpace(node.original),
        range: node.range,
        sources: sources?.(data) ?? [],
        isStep,
        lower: (stage) => {
          placed(node.range, () => {
            lower(data, stage, instruction);
          });
        },
      };
      return instruction;
    },
    made: (instruction): instruction is Instruction<Data> => instruction.directive === directive,
  };
  return directive;
}

/** Runs `work`; an error without a place of its own gets this one. */
function placed<T>(range: SourceRange, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof EngineError ? error.at(range) : error;
  }
}
