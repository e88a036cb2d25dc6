/** Parses `match` statements and their patterns (Python reference, 8.6). */
import type { Expression, MatchCase, Pattern, Statement } from './ast.ts';
import { parseBinary, parseNamed, parsePrimary, parseTuple } from './expressions.ts';
import { SyntaxProblem } from './syntax-problem.ts';
import type { TokenStream } from './token-stream.ts';

type BlockParser = (tokens: TokenStream, of: string, line: number) => Statement[];

/** `match` is a name like any other unless a subject, a colon and a block with `case` follow. */
export function startsMatch(tokens: TokenStream): boolean {
  const mark = tokens.mark;
  tokens.next();
  try {
    if (tokens.current.kind === 'newline' || tokens.is('=') || tokens.is('.')) return false;
    parseTuple(tokens);
    return (
      tokens.accept(':') &&
      tokens.ahead(0).kind === 'newline' &&
      tokens.ahead(1).kind === 'indent' &&
      tokens.ahead(2).text === 'case'
    );
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    return false;
  } finally {
    tokens.reset(mark);
  }
}

export function parseMatch(tokens: TokenStream, parseBlock: BlockParser): Statement {
  const start = tokens.next();
  const subject = parseTuple(tokens);
  tokens.expect(':');
  tokens.next();
  tokens.next();
  const cases: MatchCase[] = [];
  while (tokens.is('case')) {
    const { line } = tokens.next();
    const pattern = parseOpenPattern(tokens);
    const guard = tokens.accept('if') ? parseNamed(tokens) : undefined;
    tokens.expect(':');
    cases.push({ pattern, guard, body: parseBlock(tokens, "'case' statement", line) });
  }
  if (tokens.current.kind !== 'dedent') throw tokens.problem();
  tokens.next();
  return { kind: 'match', subject, cases, at: tokens.since(start) };
}

/** A pattern, or a sequence of them without brackets. */
function parseOpenPattern(tokens: TokenStream): Pattern {
  const start = tokens.current;
  const first = parsePattern(tokens);
  if (!tokens.is(',')) return first.kind === 'star' ? { kind: 'sequence', patterns: [first], at: first.at } : first;
  const patterns = [first];
  while (tokens.accept(',')) {
    if (tokens.is(':') || tokens.is('if')) break;
    patterns.push(parsePattern(tokens));
  }
  return { kind: 'sequence', patterns, at: tokens.since(start) };
}

function captured(name: string): string | undefined {
  return name === '_' ? undefined : name;
}

function parsePattern(tokens: TokenStream): Pattern {
  const start = tokens.current;
  if (tokens.accept('*')) return { kind: 'star', name: captured(tokens.name()), at: tokens.since(start) };
  const alternatives = [parseClosedPattern(tokens)];
  while (tokens.accept('|')) alternatives.push(parseClosedPattern(tokens));
  const pattern: Pattern =
    alternatives.length === 1 ? alternatives[0]! : { kind: 'or', patterns: alternatives, at: tokens.since(start) };
  return tokens.accept('as') ? { kind: 'as', pattern, name: tokens.name(), at: tokens.since(start) } : pattern;
}

function parseClosedPattern(tokens: TokenStream): Pattern {
  const start = tokens.current;
  if (start.kind === 'sign') {
    if (start.text === '[' || start.text === '(') {
      tokens.next();
      return parseSequence(tokens, start.text === '[' ? ']' : ')');
    }
    if (start.text === '{') return parseMapping(tokens);
  }
  if (start.kind !== 'name' || /^(?:None|True|False)$/.test(start.text)) {
    const value = parseBinary(tokens, 4);
    return { kind: 'value', value, at: tokens.since(start) };
  }
  let callee: Expression = { kind: 'name', name: tokens.name(), at: start };
  if (!tokens.is('.') && !tokens.is('(')) return { kind: 'capture', name: captured(start.text), at: start };
  while (tokens.accept('.'))
    callee = { kind: 'attribute', object: callee, name: tokens.name(), at: tokens.since(start) };
  if (!tokens.accept('(')) return { kind: 'value', value: callee, at: tokens.since(start) };
  const positional: Pattern[] = [];
  const keywords: { name: string; pattern: Pattern }[] = [];
  while (!tokens.accept(')')) {
    if (tokens.isName() && tokens.ahead().text === '=') {
      const name = tokens.name();
      tokens.next();
      keywords.push({ name, pattern: parsePattern(tokens) });
    } else positional.push(parsePattern(tokens));
    if (!tokens.is(')')) tokens.expect(',');
  }
  return { kind: 'class', callee, positional, keywords, at: tokens.since(start) };
}

function parseSequence(tokens: TokenStream, closing: string): Pattern {
  const start = tokens.previous;
  const patterns: Pattern[] = [];
  let isSequence = closing === ']';
  while (!tokens.accept(closing)) {
    patterns.push(parsePattern(tokens));
    if (tokens.accept(',')) isSequence = true;
    else if (!tokens.is(closing)) throw tokens.problem();
  }
  if (!isSequence && patterns.length === 1) return patterns[0]!;
  return { kind: 'sequence', patterns, at: tokens.since(start) };
}

function parseMapping(tokens: TokenStream): Pattern {
  const start = tokens.next();
  const entries: { key: Expression; pattern: Pattern }[] = [];
  let rest: string | undefined;
  while (!tokens.accept('}')) {
    if (tokens.accept('**')) rest = tokens.name();
    else {
      const key = tokens.current.kind === 'name' ? parsePrimary(tokens) : parseBinary(tokens, 4);
      tokens.expect(':');
      entries.push({ key, pattern: parsePattern(tokens) });
    }
    if (!tokens.is('}')) tokens.expect(',');
  }
  return { kind: 'mapping', entries, rest, at: tokens.since(start) };
}
