/**
 * The Dockerfile's syntax tree, as BuildKit's parser builds it (frontend/dockerfile/parser): one node an instruction,
 * its arguments as a chain in BuildKit, as a list here.
 */
import type { SourceRange } from '../base/source.ts';

/** A heredoc of an instruction. */
export interface HeredocFile {
  readonly name: string;
  /** Text before tab removal. */
  readonly content: string;
  /** Variables in it are expanded: the word was not quoted. */
  readonly expand: boolean;
  /** `<<-`: leading tabs go. */
  readonly chomp: boolean;
  readonly fileDescriptor: number;
}

/** One instruction. */
export interface InstructionNode {
  /** Lower case: `from`, `run`. Unknown instructions parse. */
  readonly name: string;
  /** The keyword as it was written. */
  readonly keyword: string;
  /** Flags as written, with their dashes: `--from=build`. */
  readonly flags: readonly string[];
  /** The arguments after BuildKit's splitting for this instruction: one string for RUN's shell form, words for COPY, name/value/separator triples flattened for ENV and LABEL. */
  readonly args: readonly string[];
  /** Present for ONBUILD: the nested instruction. */
  readonly child?: InstructionNode;
  /** The exec (JSON) form was used. */
  readonly json: boolean;
  /** The whole instruction as written, continuations joined. */
  readonly original: string;
  readonly heredocs: readonly HeredocFile[];
  /** Comment lines directly above. */
  readonly comments: readonly string[];
  readonly range: SourceRange;
}

/** A parsed Dockerfile. */
export interface DockerfileAst {
  readonly instructions: readonly InstructionNode[];
  /** `\` or a backquote. */
  readonly escape: string;
  /** Parser directives: `syntax`, `escape`, `check`, with their values and lines. */
  readonly directives: readonly { readonly name: string; readonly value: string; readonly range: SourceRange }[];
  readonly range: SourceRange;
}
