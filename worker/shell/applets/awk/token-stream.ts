/** The tokens of a program one at a time, with the look ahead a parser needs. */
import { AwkError } from './ast.ts';
import { Lexer, type Token } from './lexer.ts';

export class TokenStream {
  readonly #lexer: Lexer;
  token: Token;

  constructor(source: string) {
    this.#lexer = new Lexer(source);
    this.token = this.#lexer.next();
  }

  /** Gives the current token and moves on. */
  advance(): Token {
    const { token } = this;
    this.token = this.#lexer.next();
    return token;
  }

  /** The current token is this operator or keyword. */
  is(...texts: readonly string[]): boolean {
    const { kind, text } = this.token;
    return (kind === 'operator' || kind === 'keyword') && texts.includes(text);
  }

  /** Moves behind an operator or keyword where it stands here. */
  accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.advance();
    return true;
  }

  expect(text: string): void {
    if (!this.accept(text)) throw this.unexpected();
  }

  unexpected(): AwkError {
    return new AwkError('Unexpected token', this.token.line);
  }

  skipNewlines(): void {
    while (this.token.kind === 'newline') this.advance();
  }

  skipTerminators(): void {
    while (this.token.kind === 'newline' || this.is(';')) this.advance();
  }

  /** The current token ends a simple statement. */
  get atTerminator(): boolean {
    return this.token.kind === 'newline' || this.token.kind === 'end' || this.is(';', '}');
  }

  /** Reads the regular expression that starts at the current slash, and moves behind it. */
  regex(): string {
    const source = this.#lexer.regex(this.token.at);
    this.token = this.#lexer.next();
    return source;
  }

  /** Moves behind two operators or keywords where both stand here, else stays. */
  acceptSequence(first: string, second: string): boolean {
    const mark = this.#lexer.mark();
    const { token } = this;
    if (this.accept(first) && this.accept(second)) return true;
    this.#lexer.reset(mark);
    this.token = token;
    return false;
  }

  /** Moves behind terminators when this keyword follows them, and behind it; otherwise stays. */
  acceptAfterTerminators(keyword: string): boolean {
    const mark = this.#lexer.mark();
    const { token } = this;
    this.skipTerminators();
    if (this.accept(keyword)) return true;
    this.#lexer.reset(mark);
    this.token = token;
    return false;
  }
}
