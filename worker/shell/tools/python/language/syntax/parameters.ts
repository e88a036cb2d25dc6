/** Parses parameter lists of functions and lambdas. */
import type { Expression, Parameter, Parameters } from './ast.ts';
import { parseExpression } from './expressions.ts';
import type { TokenStream } from './token-stream.ts';

export function parseLambda(tokens: TokenStream): Expression {
  const start = tokens.next();
  const parameters = parseParameters(tokens, ':', false);
  const body = parseExpression(tokens);
  return { kind: 'lambda', parameters, body, at: tokens.since(start) };
}

/** Parameters up to and with the sign that closes them. */
export function parseParameters(tokens: TokenStream, closing: string, isAnnotated: boolean): Parameters {
  let positionalOnly: Parameter[] = [];
  let positional: Parameter[] = [];
  const keywordOnly: Parameter[] = [];
  let rest: Parameter | undefined;
  let keywords: Parameter | undefined;
  let isAfterStar = false;
  const names = new Set<string>();
  const parameter = (): Parameter => {
    const at = tokens.current;
    const name = tokens.name();
    if (names.has(name)) throw tokens.problem(`duplicate argument '${name}' in function definition`, at);
    names.add(name);
    const annotation = isAnnotated && tokens.accept(':') ? parseExpression(tokens) : undefined;
    return { name, annotation, default: tokens.accept('=') ? parseExpression(tokens) : undefined };
  };
  while (!tokens.accept(closing)) {
    if (tokens.accept('**')) keywords = parameter();
    else if (tokens.accept('*')) {
      isAfterStar = true;
      if (!tokens.is(',')) rest = parameter();
    } else if (tokens.accept('/')) {
      positionalOnly = positional;
      positional = [];
    } else {
      const at = tokens.current;
      const one = parameter();
      const before = [...positionalOnly, ...positional];
      if (isAfterStar) keywordOnly.push(one);
      else {
        if (one.default === undefined && before.some((other) => other.default !== undefined))
          throw tokens.problem('non-default argument follows default argument', at);
        positional.push(one);
      }
    }
    if (!tokens.is(closing)) tokens.expect(',');
  }
  return { positionalOnly, positional, rest, keywordOnly, keywords };
}
