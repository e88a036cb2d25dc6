/** What a function, a class body, a comprehension or a module is compiled to: instructions for the machine. */
import type { Machine } from '../machine/machine.ts';
import type { PythonFrame } from '../machine/frames.ts';
import type { Value } from '../objects/values.ts';
import type { Span } from '../syntax/ast.ts';

/** One instruction: works on the frame's stack, with a number whose meaning is its own. */
export type Instruction = (frame: PythonFrame, argument: number, machine: Machine) => void;

/** A span that also tells which operator or subscript a message points at. */
export interface CodeSpan extends Span {
  /** Where the sign between the operands, or the bracket, is; columns of the span's line. */
  readonly anchor?: { readonly start: number; readonly end: number };
}

export interface CodeParameters {
  /** All names: positional, then keyword-only, then `*rest`, then `**keywords`. Their slots are the first locals. */
  readonly names: readonly string[];
  readonly positionalOnly: number;
  /** Those that may be given by position, the positional-only among them. */
  readonly positional: number;
  readonly keywordOnly: number;
  readonly rest: boolean;
  readonly keywords: boolean;
}

export interface Code {
  readonly name: string;
  readonly qualifiedName: string;
  readonly file: string;
  readonly firstLine: number;
  readonly parameters: CodeParameters;
  readonly handlers: readonly Instruction[];
  readonly operands: readonly number[];
  readonly spans: readonly CodeSpan[];
  readonly constants: readonly Value[];
  readonly names: readonly string[];
  /** Code of inner functions. */
  readonly inner: readonly Code[];
  readonly localNames: readonly string[];
  /** Own variables that inner functions share. */
  readonly cellNames: readonly string[];
  /** Parameters that are such: slot, cell. */
  readonly cellParameters: readonly (readonly [slot: number, cell: number])[];
  /** Variables of functions around it; their cells follow its own. */
  readonly freeNames: readonly string[];
  readonly kind: 'module' | 'class' | 'function';
  readonly isGenerator: boolean;
  readonly isCoroutine: boolean;
  readonly doc: string | undefined;
}
