/** What the parsers of one template text share: its tokens, its definitions, and the place that errors name. */
import { EngineError, isEngineError } from '../../base/errors.ts';
import { quoteGo } from '../format/go-quote.ts';
import { lexTemplate } from './lexer.ts';
import { isEmptyList, type ListNode } from './node.ts';
import { tokenText, type Token, type TokenKind } from './token.ts';

/** What a text defines: its own list under its name, and those of its `define`s and `block`s. */
export type TemplateLists = ReadonlyMap<string, ListNode>;

/** The tokens of one text, read by the parser of the list at hand, and what was defined so far. */
export class TemplateFile {
  readonly lists = new Map<string, ListNode>();
  readonly hasFunction: (name: string) => boolean;
  readonly #name: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #furthest = 0;
  /** The line of the action that is open; 0 outside. */
  actionLine = 0;

  constructor(name: string, text: string, hasFunction: (name: string) => boolean) {
    this.#name = name;
    this.hasFunction = hasFunction;
    this.#tokens = lexTemplate(text);
  }

  next(): Token {
    const token = this.peek();
    this.#next++;
    return token;
  }

  peek(): Token {
    // after the last token, which is an error or the end, there is only more of it
    const token = this.#tokens[Math.min(this.#next, this.#tokens.length - 1)];
    if (token === undefined) throw new EngineError('internal', 'A template has no tokens.');
    this.#furthest = Math.max(this.#furthest, this.#next);
    return token;
  }

  back(count = 1): void {
    this.#next -= count;
  }

  nextNonSpace(): Token {
    const token = this.next();
    return token.kind === 'space' ? this.next() : token;
  }

  peekNonSpace(): Token {
    const token = this.nextNonSpace();
    this.back();
    return token;
  }

  /** Takes `{{define`, if that is what follows. */
  takeDefine(): boolean {
    const start = this.#next;
    if (this.next().kind === 'left-delimiter' && this.nextNonSpace().kind === 'define') return true;
    this.#next = start;
    return false;
  }

  expect(kind: TokenKind, context: string): Token {
    const token = this.nextNonSpace();
    if (token.kind !== kind) throw this.unexpected(token, context);
    return token;
  }

  unexpected(token: Token, context: string): EngineError {
    if (token.kind !== 'error') return this.failure(`unexpected ${tokenText(token)} in ${context}`);
    const elsewhere = this.actionLine !== 0 && this.actionLine !== token.line;
    const action = token.text.endsWith(' action') ? '' : ' in action';
    const place = elsewhere ? `${action} started at ${this.#name}:${String(this.actionLine)}` : '';
    return this.failure(token.text + place);
  }

  /** An error at the line of the last token read. */
  failure(message: string): EngineError {
    const token = this.#tokens[Math.min(this.#furthest, this.#tokens.length - 1)];
    return new EngineError('invalid-argument', `template: ${this.#name}:${String(token?.line ?? 0)}: ${message}`);
  }

  /** Runs a reader of literals, whose errors do not know the place. */
  located<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw isEngineError(error, 'invalid-argument') ? this.failure(error.message) : error;
    }
  }

  define(name: string, list: ListNode): void {
    const known = this.lists.get(name);
    if (known === undefined || isEmptyList(known)) this.lists.set(name, list);
    else if (!isEmptyList(list)) throw this.failure(`template: multiple definition of template ${quoteGo(name)}`);
  }
}
