/** A text that is no Python, as Python words it. */
import type { Span } from './ast.ts';

export class SyntaxProblem extends Error {
  readonly at: Span;
  readonly type: 'SyntaxError' | 'IndentationError' | 'TabError';

  constructor(message: string, at: Span, type: 'SyntaxError' | 'IndentationError' | 'TabError' = 'SyntaxError') {
    super(message);
    this.at = at;
    this.type = type;
  }
}
