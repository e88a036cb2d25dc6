/** Parses expressions (Python reference, chapter 6). */
import type { BinaryOperator, ComparisonOperator, Expression, KeywordArgument, Span } from './ast.ts';
import { parseClauses, parseDisplay, startsClauses } from './displays.ts';
import { parseLambda } from './parameters.ts';
import { numberOf } from './literals.ts';
import { parseTexts } from './texts.ts';
import type { TokenStream } from './token-stream.ts';
import { KEYWORDS } from './token-stream.ts';

/** One expression or, with commas, a tuple of them; items may be starred. */
export function parseTuple(tokens: TokenStream): Expression {
  const start = tokens.current;
  const first = parseItem(tokens);
  if (!tokens.is(',')) return first;
  const items = [first];
  while (tokens.accept(',')) {
    if (!startsExpression(tokens)) break;
    items.push(parseItem(tokens));
  }
  return { kind: 'tuple', items, at: tokens.since(start) };
}

/** A starred expression, an assignment expression, or any other. */
export function parseItem(tokens: TokenStream): Expression {
  if (!tokens.is('*')) return parseNamed(tokens);
  const start = tokens.next();
  const value = parseBinary(tokens, 0);
  return { kind: 'starred', value, at: tokens.since(start) };
}

/** True where the current token may begin an expression. */
export function startsExpression({ current }: TokenStream): boolean {
  switch (current.kind) {
    case 'number':
    case 'text':
      return true;
    case 'name':
      return !KEYWORDS.has(current.text) || /^(?:None|True|False|not|lambda|await|yield)$/.test(current.text);
    case 'sign':
      return /^(?:[-+~([{*]|\.\.\.)$/.test(current.text);
    default:
      return false;
  }
}

export function parseNamed(tokens: TokenStream): Expression {
  if (tokens.isName() && tokens.ahead().text === ':=' && tokens.ahead().kind === 'sign') {
    const start = tokens.current;
    const name = tokens.name();
    tokens.next();
    const value = parseExpression(tokens);
    return { kind: 'walrus', name, value, at: tokens.since(start) };
  }
  return parseExpression(tokens);
}

export function parseExpression(tokens: TokenStream): Expression {
  const start = tokens.current;
  if (tokens.is('lambda')) return parseLambda(tokens);
  if (tokens.is('yield')) return parseYield(tokens);
  const then = parseOr(tokens);
  if (!tokens.is('if')) return then;
  tokens.next();
  const test = parseOr(tokens);
  if (!tokens.is('else')) throw tokens.problem("expected 'else' after 'if' expression", tokens.since(start));
  tokens.next();
  const otherwise = parseExpression(tokens);
  return { kind: 'conditional', test, then, otherwise, at: tokens.since(start) };
}

export function parseYield(tokens: TokenStream): Expression {
  const start = tokens.next();
  if (tokens.accept('from')) {
    const value = parseExpression(tokens);
    return { kind: 'yield from', value, at: tokens.since(start) };
  }
  const value = startsExpression(tokens) ? parseTuple(tokens) : undefined;
  return { kind: 'yield', value, at: tokens.since(start) };
}

export function parseOr(tokens: TokenStream): Expression {
  return parseLogical(tokens, 'or', (inner) => parseLogical(inner, 'and', parseNot));
}

function parseLogical(
  tokens: TokenStream,
  operator: 'and' | 'or',
  parseOperand: (tokens: TokenStream) => Expression,
): Expression {
  const start = tokens.current;
  const first = parseOperand(tokens);
  if (!tokens.is(operator)) return first;
  const values = [first];
  while (tokens.accept(operator)) values.push(parseOperand(tokens));
  return { kind: 'logical', operator, values, at: tokens.since(start) };
}

function parseNot(tokens: TokenStream): Expression {
  if (!tokens.is('not')) return parseComparison(tokens);
  const start = tokens.next();
  const operand = parseNot(tokens);
  return { kind: 'unary', operator: 'not', operand, at: tokens.since(start) };
}

function comparisonOperator(tokens: TokenStream): ComparisonOperator | undefined {
  const { kind, text } = tokens.current;
  if (kind === 'sign' && /^(?:==|!=|<=?|>=?)$/.test(text)) return tokens.next().text as ComparisonOperator;
  if (kind !== 'name') return undefined;
  if (text === 'in') {
    tokens.next();
    return 'in';
  }
  if (text === 'not' && tokens.ahead().text === 'in') {
    tokens.next();
    tokens.next();
    return 'not in';
  }
  if (text !== 'is') return undefined;
  tokens.next();
  return tokens.accept('not') ? 'is not' : 'is';
}

function parseComparison(tokens: TokenStream): Expression {
  const start = tokens.current;
  const left = parseBinary(tokens, 0);
  const rest: { operator: ComparisonOperator; right: Expression }[] = [];
  for (;;) {
    const operator = comparisonOperator(tokens);
    if (operator === undefined) break;
    rest.push({ operator, right: parseBinary(tokens, 0) });
  }
  return rest.length === 0 ? left : { kind: 'comparison', left, rest, at: tokens.since(start) };
}

/** Operators from the loosest to the tightest. */
const LEVELS: readonly (readonly BinaryOperator[])[] = [
  ['|'],
  ['^'],
  ['&'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '//', '%', '@'],
];

export function parseBinary(tokens: TokenStream, level: number): Expression {
  const operators = LEVELS[level];
  if (operators === undefined) return parseUnary(tokens);
  const start = tokens.current;
  let left = parseBinary(tokens, level + 1);
  for (;;) {
    const operator = tokens.current.kind === 'sign' ? operators.find((one) => one === tokens.current.text) : undefined;
    if (operator === undefined) return left;
    tokens.next();
    const right = parseBinary(tokens, level + 1);
    left = { kind: 'binary', operator, left, right, at: tokens.since(start) };
  }
}

function parseUnary(tokens: TokenStream): Expression {
  const { current } = tokens;
  if (current.kind === 'sign' && (current.text === '-' || current.text === '+' || current.text === '~')) {
    const operator = current.text;
    tokens.next();
    const operand = parseUnary(tokens);
    return { kind: 'unary', operator, operand, at: tokens.since(current) };
  }
  const base = parseAwait(tokens);
  if (!tokens.accept('**')) return base;
  const right = parseUnary(tokens);
  return { kind: 'binary', operator: '**', left: base, right, at: tokens.since(current) };
}

function parseAwait(tokens: TokenStream): Expression {
  if (!tokens.is('await')) return parsePrimary(tokens);
  const start = tokens.next();
  const value = parsePrimary(tokens);
  return { kind: 'await', value, at: tokens.since(start) };
}

/** An atom with what follows it: attributes, calls, subscripts. */
export function parsePrimary(tokens: TokenStream): Expression {
  const start = tokens.current;
  let expression = parseAtom(tokens);
  for (;;) {
    if (tokens.current.kind !== 'sign') return expression;
    if (tokens.accept('.')) {
      const name = tokens.name();
      expression = { kind: 'attribute', object: expression, name, at: tokens.since(start) };
    } else if (tokens.accept('(')) {
      const { positional, keywords } = parseArguments(tokens, start);
      expression = { kind: 'call', callee: expression, positional, keywords, at: tokens.since(start) };
    } else if (tokens.accept('[')) {
      const index = parseIndex(tokens);
      tokens.expect(']');
      expression = { kind: 'subscript', object: expression, index, at: tokens.since(start) };
    } else return expression;
  }
}

/** Arguments up to and with the closing parenthesis. */
export function parseArguments(
  tokens: TokenStream,
  call: Span,
): { positional: Expression[]; keywords: KeywordArgument[] } {
  const positional: Expression[] = [];
  const keywords: KeywordArgument[] = [];
  while (!tokens.accept(')')) {
    const start = tokens.current;
    if (tokens.accept('**')) keywords.push({ name: undefined, value: parseExpression(tokens) });
    else if (tokens.isName() && tokens.ahead().text === '=' && tokens.ahead().kind === 'sign') {
      const name = tokens.name();
      tokens.next();
      keywords.push({ name, value: parseExpression(tokens) });
    } else {
      const value = parseItem(tokens);
      if (startsClauses(tokens)) {
        const clauses = parseClauses(tokens);
        // a generator that is the only argument has the parentheses of the call
        const at = tokens.is(')')
          ? {
              ...start,
              line: start.line,
              column: start.column - 1,
              endLine: tokens.current.endLine,
              endColumn: tokens.current.endColumn,
            }
          : tokens.since(start);
        positional.push({ kind: 'comprehension', form: 'generator', element: value, value: undefined, clauses, at });
      } else if (keywords.some(({ name }) => name !== undefined) && value.kind !== 'starred')
        throw tokens.problem('positional argument follows keyword argument', tokens.since(start));
      else positional.push(value);
    }
    if (tokens.is(')')) continue;
    if (!tokens.is(',')) {
      if (startsExpression(tokens))
        throw tokens.problem('invalid syntax. Perhaps you forgot a comma?', {
          ...start,
          endLine: tokens.current.endLine,
          endColumn: tokens.current.endColumn,
        });
      throw tokens.problem('invalid syntax', tokens.current.kind === 'newline' ? call : tokens.current);
    }
    tokens.next();
  }
  return { positional, keywords };
}

function parseIndex(tokens: TokenStream): Expression {
  const start = tokens.current;
  const first = parseSlice(tokens);
  if (!tokens.is(',')) return first.kind === 'starred' ? { kind: 'tuple', items: [first], at: first.at } : first;
  const items = [first];
  while (tokens.accept(',')) if (!tokens.is(']')) items.push(parseSlice(tokens));
  return { kind: 'tuple', items, at: tokens.since(start) };
}

function parseSlice(tokens: TokenStream): Expression {
  const start = tokens.current;
  const first = tokens.is(':') ? undefined : parseItem(tokens);
  if (first !== undefined && !tokens.is(':')) return first;
  tokens.expect(':');
  const stop = tokens.is(':') || tokens.is(']') || tokens.is(',') ? undefined : parseExpression(tokens);
  const step = tokens.accept(':') && !tokens.is(']') && !tokens.is(',') ? parseExpression(tokens) : undefined;
  return { kind: 'slice', start: first, stop, step, at: tokens.since(start) };
}

function parseAtom(tokens: TokenStream): Expression {
  const { current } = tokens;
  switch (current.kind) {
    case 'number':
      tokens.next();
      return { kind: 'constant', value: numberOf(current.text), at: current };
    case 'text':
      return parseTexts(tokens);
    case 'name': {
      if (!KEYWORDS.has(current.text)) {
        tokens.next();
        return { kind: 'name', name: current.text, at: current };
      }
      const value =
        current.text === 'None' ? null : current.text === 'True' ? true : current.text === 'False' ? false : undefined;
      if (value === undefined) throw tokens.problem();
      tokens.next();
      return { kind: 'constant', value, at: current };
    }
    case 'sign':
      return parseDisplay(tokens);
    default:
      throw tokens.problem();
  }
}

/** Targets of `for`: names, attributes, subscripts, and tuples of them, before `in`. */
export function parseTargets(tokens: TokenStream): Expression {
  const start = tokens.current;
  const one = (): Expression => {
    if (!tokens.is('*')) return parseBinary(tokens, 0);
    const star = tokens.next();
    const value = parseBinary(tokens, 0);
    return { kind: 'starred', value, at: tokens.since(star) };
  };
  const items = [one()];
  let isTuple = false;
  while (tokens.accept(',')) {
    isTuple = true;
    if (!startsExpression(tokens)) break;
    items.push(one());
  }
  return isTuple ? { kind: 'tuple', items, at: tokens.since(start) } : items[0]!;
}
