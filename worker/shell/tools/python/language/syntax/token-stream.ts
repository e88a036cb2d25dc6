/** The tokens of a program while it is parsed. */
import type { Span } from './ast.ts';
import { SyntaxProblem } from './syntax-problem.ts';
import type { Token } from './tokenizer.ts';

export const KEYWORDS: ReadonlySet<string> = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);

export class TokenStream {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get current(): Token {
    return this.#tokens[this.#at]!;
  }

  get previous(): Token {
    return this.#tokens[Math.max(0, this.#at - 1)]!;
  }

  ahead(count = 1): Token {
    return this.#tokens[Math.min(this.#at + count, this.#tokens.length - 1)]!;
  }

  /** A place to come back to with {@link reset}. */
  get mark(): number {
    return this.#at;
  }

  reset(mark: number): void {
    this.#at = mark;
  }

  next(): Token {
    const token = this.current;
    if (this.#at < this.#tokens.length - 1) this.#at++;
    return token;
  }

  /** True where the current token is this sign or keyword. */
  is(text: string): boolean {
    const { kind, text: own } = this.current;
    return own === text && (kind === 'sign' || kind === 'name');
  }

  accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.next();
    return true;
  }

  expect(text: string, message?: string): Token {
    if (!this.is(text)) throw this.problem(message ?? (text === ':' ? "expected ':'" : 'invalid syntax'));
    return this.next();
  }

  isName(): boolean {
    return this.current.kind === 'name' && !KEYWORDS.has(this.current.text);
  }

  name(): string {
    if (!this.isName()) throw this.problem();
    return this.next().text;
  }

  problem(message = 'invalid syntax', at: Span = this.current): SyntaxProblem {
    if (message === 'invalid syntax' && at === this.current && this.current.kind === 'indent')
      return new SyntaxProblem('unexpected indent', at, 'IndentationError');
    return new SyntaxProblem(message, at);
  }

  /** From a token or node to the token before the current one. */
  since(start: Span): Span {
    const { endLine, endColumn } = this.previous;
    return { line: start.line, column: start.column, endLine, endColumn };
  }
}
