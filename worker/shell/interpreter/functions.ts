/** Shell functions. */
import type { Function as FunctionNode } from 'unbash';
import type { SourceText } from './source-text.ts';

/** A defined function: its body, and the text it stands in. */
export interface ShellFunction {
  readonly body: FunctionNode['body'];
  readonly source: SourceText;
  /** From the name to the end of the body, as written. */
  readonly text: string;
}
