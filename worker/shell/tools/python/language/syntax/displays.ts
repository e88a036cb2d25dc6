/** Parses displays: what stands in parentheses, brackets and braces (Python reference, 6.2.3 to 6.2.8). */
import { ELLIPSIS } from '../objects/containers.ts';
import type { Comprehension, ComprehensionClause, Expression, Span } from './ast.ts';
import {
  parseBinary,
  parseExpression,
  parseItem,
  parseNamed,
  parseTargets,
  parseYield,
  startsExpression,
  parseOr,
} from './expressions.ts';
import { parseLambda } from './parameters.ts';
import type { TokenStream } from './token-stream.ts';

/** What is in brackets: tuples, lists, sets, dicts, comprehensions. */
export function parseDisplay(tokens: TokenStream): Expression {
  const start = tokens.next();
  switch (start.text) {
    case '...':
      return { kind: 'constant', value: ELLIPSIS, at: start };
    case '(':
      return parseParenthesised(tokens, start);
    case '[': {
      const items = parseItems(tokens, ']', start, 'list');
      return Array.isArray(items) ? { kind: 'list', items, at: tokens.since(start) } : items;
    }
    case '{':
      return parseBraces(tokens, start);
    default:
      tokens.reset(tokens.mark - 1);
      throw tokens.problem();
  }
}

function parseParenthesised(tokens: TokenStream, start: Span): Expression {
  if (tokens.accept(')')) return { kind: 'tuple', items: [], at: tokens.since(start) };
  const first = tokens.is('yield') ? parseYield(tokens) : parseItem(tokens);
  if (startsClauses(tokens)) {
    const clauses = parseClauses(tokens);
    tokens.expect(')');
    return {
      kind: 'comprehension',
      form: 'generator',
      element: first,
      value: undefined,
      clauses,
      at: tokens.since(start),
    };
  }
  if (tokens.accept(')')) {
    if (first.kind === 'starred') throw tokens.problem('cannot use starred expression here', first.at);
    return first;
  }
  if (!tokens.is(',')) throw forgottenComma(tokens, first);
  const items = [first];
  while (tokens.accept(',')) {
    if (tokens.is(')')) break;
    items.push(parseItem(tokens));
  }
  if (!tokens.is(')')) throw forgottenComma(tokens, items.at(-1)!);
  tokens.next();
  return { kind: 'tuple', items, at: tokens.since(start) };
}

function forgottenComma(tokens: TokenStream, before: Expression): Error {
  if (!startsExpression(tokens)) return tokens.problem();
  const { endLine, endColumn } = tokens.current;
  return tokens.problem('invalid syntax. Perhaps you forgot a comma?', { ...before.at, endLine, endColumn });
}

/** Items up to and with the closing bracket, or the comprehension they are. */
function parseItems(
  tokens: TokenStream,
  closing: string,
  start: Span,
  form: 'list' | 'set',
): Expression[] | Comprehension {
  const items: Expression[] = [];
  while (!tokens.accept(closing)) {
    items.push(parseItem(tokens));
    if (items.length === 1 && startsClauses(tokens)) {
      const clauses = parseClauses(tokens);
      tokens.expect(closing);
      return { kind: 'comprehension', form, element: items[0]!, value: undefined, clauses, at: tokens.since(start) };
    }
    if (!tokens.is(closing) && !tokens.accept(',')) throw forgottenComma(tokens, items.at(-1)!);
  }
  return items;
}

function parseBraces(tokens: TokenStream, start: Span): Expression {
  if (tokens.accept('}')) return { kind: 'dict', entries: [], at: tokens.since(start) };
  if (!tokens.is('**')) {
    const mark = tokens.mark;
    const first = parseItem(tokens);
    if (!tokens.is(':') || first.kind === 'starred') {
      tokens.reset(mark);
      const items = parseItems(tokens, '}', start, 'set');
      return Array.isArray(items) ? { kind: 'set', items, at: tokens.since(start) } : items;
    }
    tokens.reset(mark);
  }
  const entries: { key: Expression | undefined; value: Expression }[] = [];
  while (!tokens.accept('}')) {
    if (tokens.accept('**')) entries.push({ key: undefined, value: parseBinary(tokens, 0) });
    else {
      const key = parseExpression(tokens);
      tokens.expect(':', "':' expected after dictionary key");
      const value = parseExpression(tokens);
      entries.push({ key, value });
      if (entries.length === 1 && startsClauses(tokens)) {
        const clauses = parseClauses(tokens);
        tokens.expect('}');
        return { kind: 'comprehension', form: 'dict', element: key, value, clauses, at: tokens.since(start) };
      }
    }
    if (!tokens.is('}') && !tokens.accept(',')) throw forgottenComma(tokens, entries.at(-1)!.value);
  }
  return { kind: 'dict', entries, at: tokens.since(start) };
}

export function startsClauses(tokens: TokenStream): boolean {
  return tokens.is('for') || (tokens.is('async') && tokens.ahead().text === 'for');
}

export function parseClauses(tokens: TokenStream): ComprehensionClause[] {
  const clauses: ComprehensionClause[] = [];
  while (startsClauses(tokens)) {
    if (tokens.is('async')) throw tokens.problem('Strata runs no asynchronous comprehensions');
    tokens.next();
    const target = parseTargets(tokens);
    tokens.expect('in');
    const source = parseOr(tokens);
    const conditions: Expression[] = [];
    while (tokens.accept('if')) conditions.push(parseCondition(tokens));
    clauses.push({ target, source, conditions });
  }
  return clauses;
}

function parseCondition(tokens: TokenStream): Expression {
  if (tokens.isName() && tokens.ahead().text === ':=') return parseNamed(tokens);
  return tokens.is('lambda') ? parseLambda(tokens) : parseOr(tokens);
}
