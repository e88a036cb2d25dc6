/** Parses the statements that have no block. */
import type { BinaryOperator, Expression, ImportedName, Statement } from './ast.ts';
import { parseExpression, parseTuple, parseYield } from './expressions.ts';
import { SyntaxProblem } from './syntax-problem.ts';
import type { TokenStream } from './token-stream.ts';

const SIMPLE: ReadonlySet<string> = new Set(
  'return del raise global nonlocal pass break continue import from assert'.split(' '),
);

export function isSimpleKeyword(text: string): boolean {
  return SIMPLE.has(text);
}

export function parseSimple(tokens: TokenStream): Statement {
  const start = tokens.current;
  if (start.kind !== 'name' || !SIMPLE.has(start.text)) return parseAssignment(tokens);
  tokens.next();
  switch (start.text) {
    case 'return': {
      const value = isLineEnd(tokens) ? undefined : parseTuple(tokens);
      return { kind: 'return', value, at: tokens.since(start) };
    }
    case 'del': {
      const value = parseTuple(tokens);
      const targets = value.kind === 'tuple' ? value.items : [value];
      for (const target of targets) checkTarget(target, 'delete');
      return { kind: 'delete', targets, at: tokens.since(start) };
    }
    case 'raise': {
      const value = isLineEnd(tokens) ? undefined : parseExpression(tokens);
      const cause = tokens.accept('from') ? parseExpression(tokens) : undefined;
      return { kind: 'raise', value, cause, at: tokens.since(start) };
    }
    case 'global':
    case 'nonlocal': {
      const names = [tokens.name()];
      while (tokens.accept(',')) names.push(tokens.name());
      return { kind: start.text, names, at: tokens.since(start) };
    }
    case 'import': {
      const names = [parseModule(tokens)];
      while (tokens.accept(',')) names.push(parseModule(tokens));
      return { kind: 'import', names, at: tokens.since(start) };
    }
    case 'from':
      return parseFrom(tokens);
    case 'assert': {
      const test = parseExpression(tokens);
      const message = tokens.accept(',') ? parseExpression(tokens) : undefined;
      return { kind: 'assert', test, message, at: tokens.since(start) };
    }
    case 'pass':
    case 'break':
    default:
      return { kind: start.text === 'pass' ? 'pass' : start.text === 'break' ? 'break' : 'continue', at: start };
  }
}

function isLineEnd(tokens: TokenStream): boolean {
  return tokens.current.kind === 'newline' || tokens.current.kind === 'end' || tokens.is(';');
}

function dottedName(tokens: TokenStream): string {
  let name = tokens.name();
  while (tokens.accept('.')) name += `.${tokens.name()}`;
  return name;
}

function parseModule(tokens: TokenStream): ImportedName {
  const name = dottedName(tokens);
  return { name, alias: tokens.accept('as') ? tokens.name() : undefined };
}

function parseFrom(tokens: TokenStream): Statement {
  const start = tokens.previous;
  let level = 0;
  while (tokens.is('.') || tokens.is('...')) level += tokens.next().text.length;
  const module = tokens.is('import') ? '' : dottedName(tokens);
  tokens.expect('import');
  if (tokens.accept('*'))
    return { kind: 'import from', module, level, names: [{ name: '*', alias: undefined }], at: tokens.since(start) };
  const isParenthesised = tokens.accept('(');
  const names: ImportedName[] = [];
  do {
    if (isParenthesised && tokens.is(')')) break;
    const name = tokens.name();
    names.push({ name, alias: tokens.accept('as') ? tokens.name() : undefined });
  } while (tokens.accept(','));
  if (isParenthesised) tokens.expect(')');
  return { kind: 'import from', module, level, names, at: tokens.since(start) };
}

function parseAssignment(tokens: TokenStream): Statement {
  const start = tokens.current;
  const first = parseValue(tokens);
  if (tokens.current.kind !== 'sign') return finishExpression(tokens, first);
  const operator = augmentedOperator(tokens.current.text);
  if (operator !== undefined) {
    if (!['name', 'attribute', 'subscript'].includes(first.kind))
      throw new SyntaxProblem(`'${describe(first)}' is an illegal expression for augmented assignment`, first.at);
    tokens.next();
    const value = parseValue(tokens);
    return { kind: 'augmented', target: first, operator, value, at: tokens.since(start) };
  }
  if (tokens.accept(':')) {
    const annotation = parseExpression(tokens);
    const value = tokens.accept('=') ? parseValue(tokens) : undefined;
    return { kind: 'annotated', target: first, annotation, value, at: tokens.since(start) };
  }
  if (!tokens.is('=')) return finishExpression(tokens, first);
  const targets: Expression[] = [];
  let value = first;
  while (tokens.accept('=')) {
    checkTarget(value, 'assign');
    targets.push(value);
    value = parseValue(tokens);
  }
  return { kind: 'assign', targets, value, at: tokens.since(start) };
}

function parseValue(tokens: TokenStream): Expression {
  return tokens.is('yield') ? parseYield(tokens) : parseTuple(tokens);
}

/** An expression as a statement; `print "x"` is what Python has a hint for. */
function finishExpression(tokens: TokenStream, value: Expression): Statement {
  const isOver = isLineEnd(tokens);
  if (!isOver && value.kind === 'name' && (value.name === 'print' || value.name === 'exec')) {
    parseTuple(tokens);
    throw tokens.problem(
      `Missing parentheses in call to '${value.name}'. Did you mean ${value.name}(...)?`,
      tokens.since(value.at),
    );
  }
  return { kind: 'expression', value, at: value.at };
}

/** Throws for what nothing can be assigned to. */
function checkTarget(target: Expression, verb: 'assign' | 'delete'): void {
  switch (target.kind) {
    case 'name':
    case 'attribute':
    case 'subscript':
      return;
    case 'starred':
      if (verb === 'assign') checkTarget(target.value, verb);
      return;
    case 'tuple':
    case 'list':
      for (const item of target.items) checkTarget(item, verb);
      return;
    default: {
      const hint = verb === 'assign' && target.kind !== 'constant' ? "here. Maybe you meant '==' instead of '='?" : '';
      const literal =
        target.kind === 'constant' && typeof target.value !== 'boolean' && target.value !== null
          ? "here. Maybe you meant '==' instead of '='?"
          : hint;
      throw new SyntaxProblem(
        `cannot ${verb}${verb === 'assign' ? ' to' : ''} ${describe(target)}${literal === '' ? '' : ` ${literal}`}`,
        target.at,
      );
    }
  }
}

/** What Python calls a kind of expression in its messages. */
function describe(target: Expression): string {
  switch (target.kind) {
    case 'constant':
      return target.value === null
        ? 'None'
        : target.value === true
          ? 'True'
          : target.value === false
            ? 'False'
            : 'literal';
    case 'call':
      return 'function call';
    case 'comparison':
      return 'comparison';
    case 'conditional':
      return 'conditional expression';
    case 'joined':
      return 'f-string expression';
    case 'lambda':
      return 'lambda';
    case 'dict':
      return 'dict literal';
    case 'set':
      return 'set display';
    case 'tuple':
    case 'list':
      return target.kind;
    case 'comprehension':
      return target.form === 'generator' ? 'generator expression' : `${target.form} comprehension`;
    case 'yield':
    case 'yield from':
      return 'yield expression';
    case 'await':
      return 'await expression';
    default:
      return 'expression';
  }
}

/** The operator of `+=` and the like; undefined for other signs. */
function augmentedOperator(text: string): BinaryOperator | undefined {
  return /^(?:\*\*|\/\/|<<|>>|[-+*/%@&|^])=$/.test(text) ? (text.slice(0, -1) as BinaryOperator) : undefined;
}
