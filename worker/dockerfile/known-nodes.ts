/** The instructions of a text that was parsed before: an editor's text is parsed at every key, and all of it but one line is as it was. */
import type { SourceRange } from '../base/source.ts';
import type { DockerfileAst, InstructionNode } from './ast.ts';

/** Looked through in the order of the lines. */
export class KnownNodes {
  readonly #nodes: readonly InstructionNode[];
  readonly #escape: string;
  #next = 0;

  constructor({ instructions, escape }: DockerfileAst) {
    this.#nodes = instructions;
    this.#escape = escape;
  }

  /** The node that parsing this would give again; undefined where there is none. One with heredocs has more lines than its text. */
  find(
    text: string,
    escape: string,
    { startLine, endLine }: SourceRange,
    comments: readonly string[],
  ): InstructionNode | undefined {
    let node = this.#nodes[this.#next];
    while (node !== undefined && node.range.startLine < startLine) node = this.#nodes[++this.#next];
    if (node === undefined || escape !== this.#escape || node.heredocs.length > 0) return undefined;
    const { range, original } = node;
    const isSame = range.startLine === startLine && range.endLine === endLine && original === text;
    return isSame && areSame(node.comments, comments) ? node : undefined;
  }
}

function areSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((comment, i) => comment === b[i]);
}
