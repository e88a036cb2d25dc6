/** Parses a program into statements (Python reference, chapters 7 and 8). */
import type { ClassDefinition, ExceptHandler, Expression, FunctionDefinition, Span, Statement } from './ast.ts';
import { parseExpression, parseArguments, parseItem, parseNamed, parseTargets, parseTuple } from './expressions.ts';
import { parseMatch, startsMatch } from './patterns.ts';
import { parseParameters } from './parameters.ts';
import { isSimpleKeyword, parseSimple } from './simple-statements.ts';
import { SyntaxProblem } from './syntax-problem.ts';
import { TokenStream } from './token-stream.ts';
import { tokenize } from './tokenizer.ts';

/** The statements of a program. Throws {@link SyntaxProblem}. */
export function parseProgram(source: string): Statement[] {
  const tokens = new TokenStream(tokenize(source.replace(/\r\n?/g, '\n').replace(/^\ufeff/, '')));
  const statements: Statement[] = [];
  while (tokens.current.kind !== 'end') statements.push(...parseStatement(tokens));
  return statements;
}

/** The one expression of a text, for `eval`. */
export function parseSingleExpression(source: string): Expression {
  const tokens = new TokenStream(tokenize(source.trim()));
  const value = parseTuple(tokens);
  if (tokens.current.kind === 'newline') tokens.next();
  if (tokens.current.kind !== 'end') throw tokens.problem();
  return value;
}

function parseStatement(tokens: TokenStream): Statement[] {
  const { kind, text } = tokens.current;
  if (kind === 'indent') throw new SyntaxProblem('unexpected indent', indented(tokens), 'IndentationError');
  if (kind === 'name' && !isSimpleKeyword(text)) {
    const compound = parseCompound(tokens, text);
    if (compound !== undefined) return [compound];
  }
  if (kind === 'sign' && text === '@') return [parseDecorated(tokens)];
  return parseLine(tokens);
}

/** Where an indentation that nobody expected ends: behind the line's text. */
function indented(tokens: TokenStream): Span {
  const { line, column } = tokens.current;
  return { line, column, endLine: line, endColumn: column };
}

/** Statements of one line, parted by semicolons. */
function parseLine(tokens: TokenStream): Statement[] {
  const statements = [parseSimple(tokens)];
  while (tokens.accept(';')) {
    if (tokens.current.kind === 'newline') break;
    statements.push(parseSimple(tokens));
  }
  if (tokens.current.kind === 'newline') tokens.next();
  else if (tokens.current.kind !== 'end') throw tokens.problem();
  return statements;
}

function parseCompound(tokens: TokenStream, keyword: string): Statement | undefined {
  switch (keyword) {
    case 'if':
      return parseIf(tokens);
    case 'while':
      return parseWhile(tokens);
    case 'for':
      return parseFor(tokens);
    case 'try':
      return parseTry(tokens);
    case 'with':
      return parseWith(tokens, false);
    case 'def':
      return parseFunction(tokens, [], false);
    case 'class':
      return parseClass(tokens, []);
    case 'async':
      return parseAsync(tokens, []);
    case 'match':
      return startsMatch(tokens) ? parseMatch(tokens, parseBlock) : undefined;
    default:
      return undefined;
  }
}

/** What follows a colon: a block of indented lines, or statements of the same line. `of` and `line` name what it belongs to. */
function parseBlock(tokens: TokenStream, of: string, line: number): Statement[] {
  if (tokens.current.kind !== 'newline') return parseLine(tokens);
  tokens.next();
  if (tokens.ahead(0).kind !== 'indent') {
    const { line: at, column } = tokens.current;
    throw new SyntaxProblem(
      `expected an indented block after ${of} on line ${line}`,
      { line: at, column, endLine: at, endColumn: column + 1 },
      'IndentationError',
    );
  }
  tokens.next();
  const statements: Statement[] = [];
  while (!isBlockEnd(tokens)) statements.push(...parseStatement(tokens));
  tokens.next();
  return statements;
}

function parseIf(tokens: TokenStream): Statement {
  const start = tokens.next();
  const test = parseNamed(tokens);
  checkAssignment(tokens, test);
  tokens.expect(':');
  const body = parseBlock(tokens, `'${start.text}' statement`, start.line);
  let otherwise: Statement[] = [];
  if (tokens.is('elif')) otherwise = [parseIf(tokens)];
  else otherwise = parseElse(tokens);
  return { kind: 'if', test, body, otherwise, at: tokens.since(start) };
}

/** `if x = 1` is what Python has a hint for. */
function checkAssignment(tokens: TokenStream, test: Expression): void {
  if (!tokens.is('=')) return;
  tokens.next();
  parseExpression(tokens);
  const at = tokens.since(test.at);
  throw test.kind === 'name'
    ? tokens.problem("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", at)
    : tokens.problem("cannot assign to expression here. Maybe you meant '==' instead of '='?", test.at);
}

function parseElse(tokens: TokenStream): Statement[] {
  if (!tokens.is('else')) return [];
  const { line } = tokens.next();
  tokens.expect(':');
  return parseBlock(tokens, "'else' statement", line);
}

function parseWhile(tokens: TokenStream): Statement {
  const start = tokens.next();
  const test = parseNamed(tokens);
  checkAssignment(tokens, test);
  tokens.expect(':');
  const body = parseBlock(tokens, "'while' statement", start.line);
  return { kind: 'while', test, body, otherwise: parseElse(tokens), at: tokens.since(start) };
}

function parseFor(tokens: TokenStream): Statement {
  const start = tokens.next();
  const target = parseTargets(tokens);
  tokens.expect('in');
  const source = parseTuple(tokens);
  tokens.expect(':');
  const body = parseBlock(tokens, "'for' statement", start.line);
  return { kind: 'for', target, source, body, otherwise: parseElse(tokens), at: tokens.since(start) };
}

function parseTry(tokens: TokenStream): Statement {
  const start = tokens.next();
  tokens.expect(':');
  const body = parseBlock(tokens, "'try' statement", start.line);
  const handlers: ExceptHandler[] = [];
  while (tokens.is('except')) handlers.push(parseHandler(tokens));
  const otherwise = handlers.length > 0 ? parseElse(tokens) : [];
  let final: Statement[] = [];
  if (tokens.is('finally')) {
    const { line } = tokens.next();
    tokens.expect(':');
    final = parseBlock(tokens, "'finally' statement", line);
  } else if (handlers.length === 0) throw tokens.problem("expected 'except' or 'finally' block");
  return { kind: 'try', body, handlers, otherwise, final, at: tokens.since(start) };
}

function parseHandler(tokens: TokenStream): ExceptHandler {
  const start = tokens.next();
  if (tokens.is('*')) throw tokens.problem('Strata runs no exception groups (except*)');
  const type = tokens.is(':') ? undefined : parseExpression(tokens);
  if (tokens.is(',')) throw tokens.problem('multiple exception types must be parenthesized', type?.at);
  const name = tokens.accept('as') ? tokens.name() : undefined;
  tokens.expect(':');
  const body = parseBlock(tokens, "'except' statement", start.line);
  return { type, name, body, at: tokens.since(start) };
}

function parseWith(tokens: TokenStream, isAsync: boolean): Statement {
  const start = tokens.next();
  const mark = tokens.mark;
  // parentheses around the items, or around the first of them
  if (tokens.accept('(')) {
    const items = tryParenthesisedItems(tokens);
    if (items !== undefined) {
      const body = parseBlock(tokens, "'with' statement", start.line);
      return { kind: 'with', items, body, isAsync, at: tokens.since(start) };
    }
    tokens.reset(mark);
  }
  const items = [parseWithItem(tokens)];
  while (tokens.accept(',')) items.push(parseWithItem(tokens));
  tokens.expect(':');
  const body = parseBlock(tokens, "'with' statement", start.line);
  return { kind: 'with', items, body, isAsync, at: tokens.since(start) };
}

function parseWithItem(tokens: TokenStream): { context: Expression; target: Expression | undefined } {
  const context = parseExpression(tokens);
  return { context, target: tokens.accept('as') ? parseItemTarget(tokens) : undefined };
}

function parseItemTarget(tokens: TokenStream): Expression {
  return tokens.is('(') ? parseItem(tokens) : parseExpression(tokens);
}

function tryParenthesisedItems(
  tokens: TokenStream,
): { context: Expression; target: Expression | undefined }[] | undefined {
  try {
    const items = [];
    while (!tokens.accept(')')) {
      items.push(parseWithItem(tokens));
      if (!tokens.is(')')) tokens.expect(',');
    }
    return tokens.accept(':') ? items : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    return undefined;
  }
}

function parseDecorated(tokens: TokenStream): Statement {
  const decorators: Expression[] = [];
  while (tokens.accept('@')) {
    decorators.push(parseNamed(tokens));
    if (tokens.current.kind !== 'newline') throw tokens.problem();
    tokens.next();
  }
  if (tokens.is('class')) return parseClass(tokens, decorators);
  if (tokens.is('async')) return parseAsync(tokens, decorators);
  if (!tokens.is('def')) throw tokens.problem();
  return parseFunction(tokens, decorators, false);
}

function parseAsync(tokens: TokenStream, decorators: readonly Expression[]): Statement {
  tokens.next();
  if (tokens.is('def')) return parseFunction(tokens, decorators, true);
  if (tokens.is('with')) return parseWith(tokens, true);
  throw tokens.problem(tokens.is('for') ? 'Strata runs no asynchronous loops (async for)' : undefined);
}

function parseFunction(tokens: TokenStream, decorators: readonly Expression[], isAsync: boolean): FunctionDefinition {
  const start = tokens.next();
  const name = tokens.name();
  skipTypeParameters(tokens);
  tokens.expect('(', "expected '('");
  const parameters = parseParameters(tokens, ')', true);
  const returns = tokens.accept('->') ? parseExpression(tokens) : undefined;
  tokens.expect(':');
  const body = parseBlock(tokens, 'function definition', start.line);
  return { kind: 'function', name, parameters, body, decorators, returns, isAsync, at: tokens.since(start) };
}

function parseClass(tokens: TokenStream, decorators: readonly Expression[]): ClassDefinition {
  const start = tokens.next();
  const name = tokens.name();
  skipTypeParameters(tokens);
  const { positional, keywords } = tokens.accept('(')
    ? parseArguments(tokens, start)
    : { positional: [], keywords: [] };
  tokens.expect(':');
  const body = parseBlock(tokens, 'class definition', start.line);
  return { kind: 'class', name, bases: positional, keywords, body, decorators, at: tokens.since(start) };
}

/** `def first[T](…)` of Python 3.12: what its annotations mean is of no effect on a run. */
function skipTypeParameters(tokens: TokenStream): void {
  if (!tokens.accept('[')) return;
  while (!tokens.accept(']')) tokens.next();
}

function isBlockEnd({ current }: TokenStream): boolean {
  return current.kind === 'dedent' || current.kind === 'end';
}
